import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { forgetOldAttempts } from "#db/attempts.ts";
import { forgetOldKeys } from "#db/idempotency.ts";
import { forgetOldDevices } from "#db/known-devices.ts";
import { type Database, openDatabase } from "#db/open.ts";
import { deleteExpiredSessions } from "#db/sessions.ts";
import { deleteExpiredSteps } from "#db/sign-in-steps.ts";
import { makeAggregation } from "./aggregation/service.ts";
import type { Application } from "./application.ts";
import { makeAccounts } from "./auth/accounts.ts";
import type { Config } from "./config.ts";
import { makeLog } from "./log.ts";
import { makeMail } from "./mail.ts";

export interface ApplicationOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  /** Where people reach it, when the settings leave that to the address listened on. */
  readonly publicUrl?: string;
  readonly clock?: () => Date;
  readonly connections?: number;
}

export interface RunningApplication extends Application {
  /** Stops the aggregation and closes the database, after what is under way. */
  close(): Promise<void>;
}

/** The whole product, ready to serve; the database has its migrations. Tests build it too. */
export function createApplication(options: ApplicationOptions): RunningApplication {
  const { config, databaseUrl } = options;
  const clock = options.clock ?? (() => new Date());
  const publicUrl = config.publicUrl ?? options.publicUrl ?? `http://${config.host}:${config.port}`;
  const log = makeLog(config.logLevel);
  const database = openDatabase(
    databaseUrl,
    options.connections === undefined ? {} : { connections: options.connections },
  );
  const aggregation = makeAggregation(database, log);
  const mail = makeMail({ database, config, newId: randomUUID, log });
  aggregation.start();
  const upkeep = setInterval(() => void tidy(database, log), hourMs);
  return {
    config,
    publicUrl,
    database,
    aggregation,
    accounts: makeAccounts({ database, publicUrl, clock }),
    mail,
    log,
    clock,
    newId: randomUUID,
    once: null,
    async close() {
      clearInterval(upkeep);
      await aggregation.stop();
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
