import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import postgres from "postgres";
import { startEmbedded } from "#db/embedded/start.ts";
import { migrate } from "#db/migrate.ts";
import type { FreshDatabase } from "./postgres.ts";
import { quickFolder } from "./quick-folder.ts";

/** A PostgreSQL on which databases can be created, with a migrated, empty one to clone them from. */
export interface TestCluster {
  readonly url: string;
  readonly templateName: string;
  stop(): Promise<void>;
}

/**
 * Safe to lose, so quick: nothing in a test run outlives it. No vacuuming by itself: a worker of the server's own owner
 * inside a database keeps its owner from dropping it.
 */
const LOSABLE = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  autovacuum: "off",
  max_connections: "300",
};

export async function startCluster(): Promise<TestCluster> {
  const server = await startServer();
  const templateName = `concord_template_${randomBytes(4).toString("hex")}`;
  await createTemplate(server.url, templateName);
  return {
    url: server.url,
    templateName,
    async stop() {
      await onServer(server.url, (sql) => sql`drop database ${sql(templateName)}`);
      await server.stop();
    },
  };
}

/** A database of its own, cloned from another. */
export async function cloneDatabase(cluster: Pick<TestCluster, "url">, template: string): Promise<FreshDatabase> {
  const url = new URL(cluster.url);
  const name = `test_${randomBytes(8).toString("hex")}`;
  await onServer(cluster.url, (sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`);
  url.pathname = name;
  return {
    url: url.href,
    async drop() {
      await onServer(cluster.url, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.CONCORD_TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  const installed = process.env.CONCORD_TEST_PG_BIN;
  const folder = quickFolder("concord-test-");
  const server = await startEmbedded(folder, { settings: LOSABLE, ...(installed ? { binaries: installed } : {}) });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createTemplate(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, (sql) => sql`create database ${sql(name)}`);
  const template = new URL(serverUrl);
  template.pathname = name;
  await migrate(template.href);
  // A template somebody is connected to cannot be cloned.
  await onServer(serverUrl, (sql) => sql`alter database ${sql(name)} with allow_connections false`);
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
