import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import type { Application } from "#server/application.ts";
import { type Config, readConfig } from "#server/config.ts";
import { type ApplicationOptions, createApplication } from "#server/create-application.ts";
import { makeServer } from "#server/http/make-server.ts";
import { createHttp, type HttpOptions } from "#server/http.ts";
import { freshDatabase } from "./postgres.ts";

export interface TestServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly app: Application;
  readonly server: Server;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** Settings that differ from the defaults. */
  readonly config?: Partial<Config>;
  /** Remix's server build, or nothing: then pages answer 404. */
  readonly build?: HttpOptions["build"];
  /** A database to use instead of an empty one of its own; it is left as it is. */
  readonly databaseUrl?: string;
  /** What time it is for this application. Default: the machine's clock. */
  readonly clock?: () => Date;
  readonly application?: Pick<ApplicationOptions, "connections" | "room" | "log">;
}

/** The whole product on a port of its own, over an empty database. Stop it in `afterAll` or `afterEach`. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = makeServer();
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const own = options.databaseUrl === undefined ? await freshDatabase() : null;
  const databaseUrl = options.databaseUrl ?? own?.url ?? "";
  const config = { ...quietConfig(), port, publicUrl: url, ...options.config };
  const app = createApplication({
    config,
    databaseUrl,
    ...(options.clock ? { clock: options.clock } : {}),
    ...options.application,
  });
  const http = createHttp(app, { server, ...(options.build ? { build: options.build } : {}) });
  return {
    url,
    app,
    server,
    databaseUrl,
    async stop() {
      await http.stop(0);
      await app.close();
      await own?.drop();
    },
  };
}

function quietConfig(): Config {
  return readConfig({ LOG_LEVEL: "silent", CONCORD_DEMO: "0", DATA_DIR: tmpdir(), WRITES_PER_SECOND: "1000000" });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(portOf(server.address())));
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The test server listens on no port.");
  return address.port;
}
