import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "#db/embedded/start.ts";
import { migrate } from "#db/migrate.ts";
import { quickFolder } from "./quick-folder.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which the tests may create databases. */
    postgresUrl: string;
    /** The migrated, empty database that each test's own is cloned from. */
    templateName: string;
  }
}

/** Safe to lose, so quick: nothing in a test run outlives it. */
const LOSABLE = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "300" };

/** One server for the whole test run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const templateName = `concord_template_${randomBytes(4).toString("hex")}`;
  await createTemplate(server.url, templateName);
  project.provide("postgresUrl", server.url);
  project.provide("templateName", templateName);
  return async () => {
    await onServer(server.url, (sql) => sql`drop database ${sql(templateName)}`);
    await server.stop();
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
  const sql = postgres(url, { max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
