import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { forgetOldAttempts } from "#db/attempts.ts";
import { forgetOldKeys } from "#db/idempotency.ts";
import { forgetOldDevices } from "#db/known-devices.ts";
import { type Database, openDatabase } from "#db/open.ts";
import { deleteExpiredSessions } from "#db/sessions.ts";
import { deleteExpiredSteps } from "#db/sign-in-steps.ts";
import { makeAnalyst } from "./aggregation/analyst.ts";
import { makeAggregation } from "./aggregation/service.ts";
import { startThread } from "./aggregation/start-thread.ts";
import type { Application } from "./application.ts";
import { makeAccounts } from "./auth/accounts.ts";
import { type Chance, trueChance } from "./chance.ts";
import type { Config } from "./config.ts";
import { makeLog } from "./log.ts";
import { makeMail } from "./mail.ts";
import { makeMetrics } from "./metrics.ts";
import { makeRate } from "./rates.ts";
import { alwaysRoom, type RoomOptions, watchRoom } from "./room.ts";

export interface ApplicationOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  /** Where people reach it, when the settings leave that to the address listened on. */
  readonly publicUrl?: string;
  readonly clock?: () => Date;
  readonly newId?: () => string;
  readonly chance?: Chance;
  readonly log?: Logger;
  readonly connections?: number;
  /** Where an embedded database stands; nothing is said of the customer's own. */
  readonly room?: RoomOptions;
}

export interface RunningApplication extends Application {
  /** Stops the aggregation and closes the database, after what is under way. */
  close(): Promise<void>;
}

/** The whole product, ready to serve; the database has its migrations. Tests build it too. */
export function createApplication(options: ApplicationOptions): RunningApplication {
  const { config, databaseUrl, clock = () => new Date(), newId = randomUUID, chance = trueChance } = options;
  const publicUrl = config.publicUrl ?? options.publicUrl ?? `http://${config.host}:${config.port}`;
  const log = options.log ?? makeLog(config.logLevel);
  const room = options.room ? watchRoom(options.room, log) : alwaysRoom;
  const database = openDatabase(databaseUrl, {
    ...(options.connections === undefined ? {} : { connections: options.connections }),
    mayWrite: room.isLeft,
  });
  const aggregation = makeAggregation(database, log);
  const mail = makeMail({ database, config, newId, log });
  const analyst = makeAnalyst(database, { databaseUrl, start: startThread });
  const metrics = makeMetrics();
  aggregation.start();
  const upkeep = setInterval(() => void tidy(database, log), hourMs);
  return {
    config,
    publicUrl,
    database,
    room,
    aggregation,
    analyst,
    accounts: makeAccounts({ database, publicUrl, clock }),
    mail,
    metrics,
    writes: makeRate({
      perSecond: config.writesPerSecond,
      burst: 5 * config.writesPerSecond,
      sentence: "You are writing faster than this server takes it. Wait a moment, then send this again.",
    }),
    log,
    clock,
    newId,
    chance,
    once: null,
    async close() {
      clearInterval(upkeep);
      metrics.stop();
      room.stop();
      await aggregation.stop();
      await analyst.stop();
      await mail.settle();
      await database.close();
    },
  };
}

const hourMs = 60 * 60 * 1000;

async function tidy(database: Database, log: Logger): Promise<void> {
  try {
    await forgetOldKeys(database.pool);
    await deleteExpiredSessions(database.pool);
    await deleteExpiredSteps(database.pool);
    await forgetOldAttempts(database.pool);
    await forgetOldDevices(database.pool);
  } catch (error) {
    log.warn({ err: error }, "the hourly tidying failed and will be tried again");
  }
}
