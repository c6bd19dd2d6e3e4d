import { startEmbedded } from "#db/embedded/start.ts";
import { inspectDatabase } from "#db/inspect.ts";
import { migrate } from "#db/migrate.ts";
import { bePresent } from "#db/presence.ts";
import { isUnavailable } from "#db/unavailable.ts";
import { backUpIfChanged, backupFolder } from "./backups/automatic-backups.ts";
import type { Config } from "./config.ts";

type Place = Pick<Config, "databaseUrl" | "dataDir">;

/** A PostgreSQL that runs. */
export interface Ground {
  readonly url: string;
  /** Where an embedded database stands on the disk; `null` for the customer's own. */
  readonly home: string | null;
  /** Leaves the embedded database; the last process to leave stops it. */
  stop(): Promise<void>;
}

export interface Store extends Ground {
  /** The migrations that were missing until now. */
  readonly applied: readonly string[];
}

/** The customer's own PostgreSQL, or the embedded one, which is joined where it runs and started where it does not. */
export async function openGround({ databaseUrl, dataDir }: Place): Promise<Ground> {
  return databaseUrl === null ? startEmbedded(dataDir) : { url: databaseUrl, home: null, stop: async () => {} };
}

/**
 * The database of this installation, brought forward to this code. As long as it is open nobody restores a backup over it.
 *
 * @throws Error with one sentence for a person
 */
export async function openStore(place: Place): Promise<Store> {
  const ground = await openGround(place);
  try {
    await backUpBeforeMigration(ground.url, place);
    const { applied } = await migrate(ground.url);
    const presence = await bePresent(ground.url);
    const stop = async () => {
      await presence.leave();
      await ground.stop();
    };
    return { url: ground.url, home: ground.home, applied, stop };
  } catch (error) {
    await ground.stop();
    throw isUnavailable(error) ? new Error(unreachable(ground.url, error)) : error;
  }
}

/** Whatever a migration does to an embedded database, its state before is kept. */
async function backUpBeforeMigration(url: string, place: Place): Promise<void> {
  const folder = backupFolder(place);
  if (folder === null || (await inspectDatabase(url)).missing.length === 0) return;
  await backUpIfChanged({ url, folder });
}

function unreachable(databaseUrl: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  return `The database at ${new URL(databaseUrl).host} cannot be reached${code}: check DATABASE_URL, and that it runs.`;
}
