import type { AppLoadContext, EntryContext, ServerBuild } from "@remix-run/node";

/** The smallest build Remix serves: one page that tells what its loader was given. */
export async function aPage(): Promise<ServerBuild> {
  const tell = ({ context }: { context: AppLoadContext }) => ({
    name: context.identity?.user.name ?? null,
    nonce: context.nonce,
    requestId: context.requestId,
  });
  const route = { id: "root", path: "", module: { default: () => null, loader: tell, action: () => ({ done: true }) } };
  const parts = {
    hasLoader: true,
    hasAction: true,
    hasClientAction: false,
    hasClientLoader: false,
    hasErrorBoundary: false,
  };
  return {
    mode: "production",
    entry: {
      module: {
        default: (_request: Request, status: number, headers: Headers, context: EntryContext) =>
          new Response(JSON.stringify(context.staticHandlerContext.loaderData), { status, headers }),
      },
    },
    routes: { root: route },
    assets: {
      entry: { imports: [], module: "" },
      routes: { root: { id: "root", path: "", ...parts, module: "" } },
      url: "",
      version: "1",
    },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: true,
      v3_lazyRouteDiscovery: true,
    },
    isSpaMode: false,
  };
}
