import type { Logger } from "pino";
import type { Database } from "#db/open.ts";
import type { Analyst } from "./aggregation/analyst.ts";
import type { Aggregation } from "./aggregation/service.ts";
import type { Accounts } from "./auth/accounts.ts";
import type { Chance } from "./chance.ts";
import type { Config } from "./config.ts";
import type { Mail } from "./mail.ts";
import type { Metrics } from "./metrics.ts";
import type { Rate } from "./rates.ts";
import type { Room } from "./room.ts";

/**
 * The whole product in one value: everything that lives as long as the process. No module holds state, so several
 * applications can run side by side in one process.
 */
export interface Application {
  readonly config: Config;
  /** The address people use, without a trailing slash. */
  readonly publicUrl: string;
  readonly database: Database;
  readonly room: Room;
  readonly aggregation: Aggregation;
  readonly analyst: Analyst;
  readonly accounts: Accounts;
  readonly mail: Mail;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** How often each user may write. */
  readonly writes: Rate;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly chance: Chance;
  /** The request being done, if it carries an idempotency key. */
  readonly once: RequestKey | null;
}

/** Makes a repeated write answer what the first one answered. */
export interface RequestKey {
  readonly key: string;
  /** SHA-256 of method, route and body. */
  readonly requestHash: string;
}
