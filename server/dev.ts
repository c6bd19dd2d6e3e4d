import { join } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { createServer } from "vite";
import { projectRoot } from "#db/project-root.ts";
import { type PagesFor, start } from "./start.ts";
import { untilSignal } from "./until-signal.ts";
import { welcome } from "./welcome.ts";

await untilSignal(async (config) => {
  const running = await start(config, pagesFromSources);
  await welcome(running.app);
  return running;
});

/** Pages straight from app/, changed in the browser while it runs: page, reload signal and live channel on one port. */
async function pagesFromSources(server: Parameters<PagesFor>[0]): ReturnType<PagesFor> {
  const vite = await createServer({
    configFile: join(projectRoot(), "server/vite.config.ts"),
    appType: "custom",
    server: { middlewareMode: true, hmr: { server } },
  });
  async function build(): Promise<ServerBuild> {
    const loaded = await vite.ssrLoadModule("virtual:remix/server-build");
    const { mode, entry, routes, assets, basename, publicPath, assetsBuildDirectory, future, isSpaMode } = loaded;
    return { mode, entry, routes, assets, basename, publicPath, assetsBuildDirectory, future, isSpaMode };
  }
  return { build, vite: vite.middlewares, stop: () => vite.close() };
}
