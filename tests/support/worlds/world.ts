import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import type { ServerBuild } from "@remix-run/node";
import type { Analyst } from "#server/aggregation/analyst.ts";
import { prepareRound } from "#server/aggregation/prepare-round.ts";
import type { Application } from "#server/application.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { createHttp } from "#server/http.ts";
import { makeLog } from "#server/log.ts";
import { attachRealtime } from "#server/realtime/realtime.ts";
import type { TestServer } from "../server.ts";
import { cloneDatabase, type TestCluster } from "../test-cluster.ts";
import { stopClock } from "./database-clock.ts";
import { type Fate, makeFate } from "./fate.ts";

/** The whole product, pages and live channel included, whose clock, chance and ids are ours. */
export interface World extends TestServer {
  readonly app: Application;
  readonly fate: Fate;
  /** Every line it has logged. */
  readonly log: readonly string[];
  /** It is this many seconds after the beginning, for application and database. */
  setTime(seconds: number): Promise<void>;
}

/** The one address that all worlds give themselves in pages, mails and policies. */
export const publicUrl = "http://127.0.0.1:3000";
const beginning = Date.parse("2026-03-02T09:00:00.000Z");

export async function openWorld(
  cluster: Pick<TestCluster, "url" | "templateName">,
  build: ServerBuild,
): Promise<World> {
  const database = await cloneDatabase(cluster, cluster.templateName);
  const clock = await stopClock(database.url, new Date(beginning));
  let now = new Date(beginning);
  const fate = makeFate();
  const log: string[] = [];
  const whole = createApplication({
    config: { ...readConfig({ CONCORD_DEMO: "0", DATA_DIR: tmpdir() }), publicUrl },
    databaseUrl: database.url,
    clock: () => now,
    newId: fate.newId,
    chance: fate.chance,
    log: makeLog("debug", { write: (line) => void log.push(line) }),
  });
  const app = { ...whole, analyst: makeAnalyst(whole) };
  const server = createServer();
  const http = createHttp(app, { server, build: async () => build });
  const realtime = attachRealtime(server, app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    app,
    server,
    databaseUrl: database.url,
    fate,
    log,
    async setTime(seconds) {
      now = new Date(beginning + seconds * 1000);
      await clock.set(now);
    },
    async stop() {
      await realtime.stop();
      await http.stop(0);
      await app.close();
      await clock.close();
      await database.drop();
    },
  };
}

/** Computes in this thread: one of its own for each world would take longer to start than most worlds live. */
function makeAnalyst({ database }: Pick<Application, "database">): Analyst {
  const jobs = new Map<string, Promise<boolean>>();
  return {
    prepare(at) {
      const key = `${at.panelId}/${at.round}`;
      const job = jobs.get(key) ?? prepareRound(database, at).then((figures) => figures !== null);
      jobs.set(key, job);
      return job;
    },
    progressOf: () => null,
    stop: async () => {},
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The world listens on no port.");
  return address.port;
}
