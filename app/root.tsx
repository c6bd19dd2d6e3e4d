import "@fontsource-variable/public-sans/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";
import sans from "@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2?url";
import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useContext } from "react";
import { ErrorPage } from "./components/error-page.tsx";
import { heldIn } from "./components/held-form.tsx";
import { Nonce } from "./components/nonce.ts";
import { titleOf } from "./components/page-title.tsx";

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "preload", href: sans, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
];

/** Only what the page for unexpected errors shows; this route protects nothing. */
export function loader({ context }: LoaderFunctionArgs) {
  return { requestId: context.requestId };
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(Nonce);
  const scripts = nonce === undefined ? {} : { nonce };
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration {...scripts} />
        <Scripts {...scripts} />
      </body>
    </html>
  );
}

export function meta({ error }: { error?: unknown }) {
  if (error === undefined) return titleOf("");
  if (!isRouteErrorResponse(error) || error.status >= 500) return titleOf("Something broke");
  return titleOf(error.status === 404 ? "Nothing here" : "This could not be done");
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData<typeof loader>("root");
  if (!isRouteErrorResponse(error)) return <ErrorPage status={500} sentence="" requestId={root?.requestId ?? ""} />;
  const { sentence, requestId } = textsOf(error.data);
  return (
    <ErrorPage
      status={error.status}
      sentence={sentence}
      requestId={requestId || (root?.requestId ?? "")}
      held={heldIn(error.data)}
    />
  );
}

/** What `app/request.server.ts` puts into the errors it throws. */
function textsOf(thrown: unknown): { sentence: string; requestId: string } {
  const isOurs = typeof thrown === "object" && thrown !== null && "sentence" in thrown && "requestId" in thrown;
  return isOurs
    ? { sentence: String(thrown.sentence), requestId: String(thrown.requestId) }
    : { sentence: "", requestId: "" };
}
