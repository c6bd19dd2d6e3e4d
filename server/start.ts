import type { RequestListener, Server } from "node:http";
import type { Application } from "./application.ts";
import { automaticBackups, backupFolder } from "./backups/automatic-backups.ts";
import type { Config } from "./config.ts";
import { createApplication } from "./create-application.ts";
import { makeServer } from "./http/make-server.ts";
import { sendProblemPage } from "./http/problem.ts";
import { createHttp, type HttpOptions } from "./http.ts";
import { makeLog } from "./log.ts";
import { openStore } from "./open-store.ts";
import { attachRealtime } from "./realtime/realtime.ts";

export interface Running {
  readonly app: Application;
  /** Finishes what has begun, then lets go of everything. */
  stop(): Promise<void>;
}

interface Pages extends Pick<HttpOptions, "build" | "vite"> {
  stop?(): Promise<void>;
}

export type PagesFor = (server: Server) => Promise<Pages>;

const graceMs = 20_000;

/**
 * Starts the whole product: port, database, application, HTTP, live channel.
 * @throws Error with one sentence for a person when something it needs is missing
 */
export async function start(config: Config, pagesFor: PagesFor): Promise<Running> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { app: await startParts({ config, pagesFor, undo }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Beginning {
  readonly config: Config;
  readonly pagesFor: PagesFor;
  /** What undoes each step, in the order of the steps. */
  readonly undo: (() => Promise<void>)[];
}

async function startParts({ config, pagesFor, undo }: Beginning): Promise<Application> {
  const server = makeServer(notYet);
  const port = await listen(server, config);
  undo.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const store = await openStore(config);
  undo.push(store.stop);
  const folder = backupFolder(config);
  const backups = folder ? automaticBackups({ url: store.url, folder, log: makeLog(config.logLevel) }) : null;
  // Once nothing is written any more, and before the database is left.
  if (backups) undo.push(backups.stop);
  const app = createApplication({
    config: { ...config, port },
    databaseUrl: store.url,
    publicUrl: addressOf(config.host, port),
    ...(store.home === null ? {} : { room: { folder: store.home } }),
  });
  undo.push(app.close);
  const { stop: stopPages, ...pages } = await pagesFor(server);
  const http = createHttp(app, { ...pages, server });
  undo.push(() => http.stop(graceMs));
  if (stopPages) undo.push(stopPages);
  const realtime = attachRealtime(server, app);
  undo.push(async () => {
    realtime.announceRestart();
    await realtime.stop();
  });
  server.off("request", notYet);
  backups?.start();
  return app;
}

/** The address to offer people on this machine; the wildcard addresses are none that a browser can open. */
function addressOf(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return host.includes(":") ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

const notYet: RequestListener = (_request, response) => {
  sendProblemPage(response, {
    status: 503,
    detail: "Concord is starting. Try again in a moment.",
    retryAfterSeconds: 1,
  });
};

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new Error(listenFault(error, { port, host }))));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

function listenFault(error: Error, at: { port: number; host: string }): string {
  const code = "code" in error ? error.code : "";
  if (code === "EADDRINUSE")
    return `Port ${at.port} on ${at.host} is taken: stop the other program, or set PORT to another number.`;
  if (code === "EACCES") return `This user may not listen on port ${at.port}: set PORT to a number above 1023.`;
  if (code === "EADDRNOTAVAIL") return `${at.host} is not an address of this machine: set HOST to one that is.`;
  return `Listening on ${at.host}, port ${at.port}, failed: ${error.message}.`;
}
