import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "#db/embedded/start.ts";
import { migrate } from "#db/migrate.ts";
import { createTemporaryDatabase } from "#db/temporary.ts";
import type { Application } from "#server/application.ts";
import type { Config } from "#server/config.ts";
import type { Comparison } from "./report.ts";

/** Where a benchmark takes place: a database that may be filled, and the product over it to prepare what is needed. */
interface Ground {
  readonly app: Application;
  readonly databaseUrl: string;
  readonly told: (progress: string) => void;
}

export type Bench = (ground: Ground) => Promise<Comparison>;

export interface Arena {
  readonly databaseUrl: string;
  readonly engine: string;
  close(): Promise<void>;
}

/** A database that a benchmark may fill: on the installation's own server, or an embedded one in a folder that goes. */
export async function openArena(config: Config): Promise<Arena> {
  const arena = config.databaseUrl === null ? await embedded() : await beside(config.databaseUrl);
  await migrate(arena.databaseUrl);
  return arena;
}

async function embedded(): Promise<Arena> {
  const folder = await mkdtemp(join(tmpdir(), "concord-bench-"));
  // PostgreSQL's own user passes through; otherwise the cluster would be put elsewhere, and left there.
  await chmod(folder, 0o711);
  const server = await startEmbedded(folder);
  return {
    databaseUrl: server.url,
    engine: "embedded PostgreSQL",
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function beside(url: string): Promise<Arena> {
  const database = await createTemporaryDatabase(url);
  return { databaseUrl: database.url, engine: "PostgreSQL of DATABASE_URL", close: database.drop };
}
