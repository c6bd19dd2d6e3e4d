import { readdirSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { projectRoot } from "./project-root.ts";

export interface DatabaseState {
  /** As the server tells it, such as "18.4". */
  readonly version: string;
  /** Its first number. */
  readonly major: number;
  /** Migrations of this code that the database lacks. */
  readonly missing: readonly string[];
  /** Migrations of the database that this code does not know: it is older than the database. */
  readonly unknown: readonly string[];
  /** For whom a second step is asked at sign-in; `null` before the migration that brings it. */
  readonly secondStep: string | null;
}

/** Looks at a database without changing it. */
export async function inspectDatabase(url: string): Promise<DatabaseState> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [server] = await sql<{ version: string; major: number }[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major`;
    const applied = await readApplied(sql);
    const known = readdirSync(join(projectRoot(), "migrations")).filter((name) => name.endsWith(".sql"));
    return {
      version: server?.version ?? "",
      major: server?.major ?? 0,
      missing: known.filter((name) => !applied.includes(name)).sort(),
      unknown: applied.filter((name) => !known.includes(name)),
      secondStep: applied.includes("0005_sign_in.sql") ? await readRule(sql) : null,
    };
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function readRule(sql: postgres.Sql): Promise<string | null> {
  const [row] = await sql<{ rule: string }[]>`select second_step as rule from installation`;
  return row?.rule ?? null;
}

async function readApplied(sql: postgres.Sql): Promise<string[]> {
  const [there] = await sql<{ exists: boolean }[]>`select to_regclass('schema_migration') is not null as exists`;
  if (!there?.exists) return [];
  const rows = await sql<{ name: string }[]>`select name from schema_migration order by name`;
  return rows.map(({ name }) => name);
}
