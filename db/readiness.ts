import { readdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { projectRoot } from "./project-root.ts";

/** Whether the database answers and has been brought forward to this code. */
export async function isMigrated(db: Db): Promise<boolean> {
  const rows = await db.execute<{ name: string }>(sql`select name from schema_migration`);
  const applied = new Set(rows.map(({ name }) => name));
  return migrationNames().every((name) => applied.has(name));
}

function migrationNames(): string[] {
  return readdirSync(join(projectRoot(), "migrations")).filter((name) => name.endsWith(".sql"));
}
