import { startEmbedded } from "#db/embedded/start.ts";
import { migrate } from "#db/migrate.ts";
import { isUnavailable } from "#db/unavailable.ts";
import type { Config } from "./config.ts";

export interface Store {
  readonly url: string;
  /** The migrations that were missing until now. */
  readonly applied: readonly string[];
  /** Leaves the embedded database; the last process to leave stops it. */
  stop(): Promise<void>;
}

/**
 * The database of this installation, brought forward to this code: the customer's own, or the embedded one, which is
 * joined where it runs and started where it does not.
 *
 * @throws Error with one sentence for a person
 */
export async function openStore(config: Pick<Config, "databaseUrl" | "dataDir">): Promise<Store> {
  if (config.databaseUrl === null) {
    const embedded = await startEmbedded(config.dataDir);
    const { applied } = await migrate(embedded.url).catch(async (error: unknown) => {
      await embedded.stop();
      throw error;
    });
    return { url: embedded.url, applied, stop: embedded.stop };
  }
  const url = config.databaseUrl;
  const { applied } = await migrate(url).catch((error: unknown) => {
    throw isUnavailable(error) ? new Error(unreachable(url, error)) : error;
  });
  return { url, applied, stop: async () => {} };
}

function unreachable(databaseUrl: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  return `The database at ${new URL(databaseUrl).host} cannot be reached${code}: check DATABASE_URL, and that it runs.`;
}
