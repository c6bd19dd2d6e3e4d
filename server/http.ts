import type { Server } from "node:http";
import type { ServerBuild } from "@remix-run/node";
import express, { type RequestHandler } from "express";
import { createApi } from "./api/api.ts";
import type { Application } from "./application.ts";
import { addressFault } from "./http/address.ts";
import { assets } from "./http/assets.ts";
import { dropForged } from "./http/forwarded.ts";
import { securityHeaders } from "./http/headers.ts";
import { healthz, onlyRead, readyz } from "./http/health.ts";
import { makeServer } from "./http/make-server.ts";
import { boundManifest } from "./http/manifest.ts";
import { metrics } from "./http/metrics.ts";
import { ownOrigins } from "./http/own-origins.ts";
import { pages } from "./http/pages.ts";
import { type Problem, problemOf, sendProblem, sendProblemPage } from "./http/problem.ts";
import { isFromOwnPage } from "./http/same-origin.ts";
import { stopListening } from "./http/stop.ts";
import { type Reply, receive, type Step } from "./http/visit.ts";

export interface HttpOptions {
  /** A server that listens already; otherwise one is made. */
  readonly server?: Server;
  /** Remix's server build. Without it there are no pages. */
  readonly build?: () => Promise<ServerBuild>;
  /** Vite's handlers, which serve the sources instead of the built files. */
  readonly vite?: RequestHandler;
}

export interface Http {
  readonly server: Server;
  /** Says "not ready", finishes running requests, and answers when none is left or the grace is over. */
  stop(graceMs: number): Promise<void>;
}

/** Everything that speaks HTTP, in the order a request meets it. */
export function createHttp(app: Application, options: HttpOptions = {}): Http {
  const server = options.server ?? makeServer();
  let isStopping = false;
  const web = express();
  web.disable("x-powered-by").set("etag", false).set("query parser", false).set("case sensitive routing", true);
  web.set("trust proxy", app.config.trustProxy ?? false);
  web.use(receive(app), dropForged(web), securityHeaders(app), refuseUnsound(), refuseForeignPages(app));
  web.use("/api/v1", createApi(app));
  web.get("/healthz", healthz());
  web.get(
    "/readyz",
    readyz(app, () => isStopping),
  );
  web.get("/metrics", metrics(app));
  web.all(["/healthz", "/readyz"], onlyRead());
  web.use(boundManifest(), options.vite ?? assets());
  if (options.build) web.use(pages(app, { build: options.build, isDevelopment: options.vite !== undefined }));
  web.use((_request: unknown, response: Reply) => sendProblemPage(response, nothingHere));
  web.use(lastResort(app));
  server.on("request", web);
  return {
    server,
    async stop(graceMs) {
      isStopping = true;
      await stopListening(server, graceMs);
    },
  };
}

const nothingHere: Problem = { status: 404, detail: "There is nothing at this address." };

function refuseUnsound(): Step {
  return (request, response, next) => {
    const fault = addressFault(request);
    if (fault === null) next();
    else refuse(response, request.originalUrl, fault);
  };
}

function refuseForeignPages(app: Application): Step {
  const origins = ownOrigins(app);
  return (request, response, next) => {
    if (isFromOwnPage(request, origins)) next();
    else refuse(response, request.originalUrl, foreignPage);
  };
}

const foreignPage: Problem = {
  status: 403,
  detail: "This request comes from another site's page, so it was not carried out. Open Concord itself and try again.",
};

/** What no handler dealt with itself. */
function lastResort(app: Application) {
  // Express knows an error handler by its four parameters.
  // biome-ignore lint/complexity/useMaxParams: the shape is Express's
  return (error: unknown, request: express.Request, response: Reply, _next: express.NextFunction): void => {
    const problem = problemOf(error, response.locals.visit.requestId);
    if (problem.status >= 500)
      app.log.error({ err: error, request: response.locals.visit.requestId }, "a request failed");
    refuse(response, request.originalUrl, problem);
  };
}

function refuse(response: Reply, url: string, problem: Problem): void {
  if (url.startsWith("/api/")) sendProblem(response, problem);
  else sendProblemPage(response, problem);
}
