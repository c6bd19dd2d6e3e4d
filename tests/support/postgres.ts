import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

export interface FreshDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of the test's own. */
export function freshDatabase(): Promise<FreshDatabase> {
  return createDatabase(inject("templateName"));
}

/** A database without even Concord's tables. */
export function bareDatabase(): Promise<FreshDatabase> {
  return createDatabase("template0");
}

async function createDatabase(template: string): Promise<FreshDatabase> {
  const url = new URL(inject("postgresUrl"));
  const name = `test_${randomBytes(8).toString("hex")}`;
  await onServer((sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`);
  url.pathname = name;
  return {
    url: url.href,
    async drop() {
      await onServer((sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

async function onServer(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
