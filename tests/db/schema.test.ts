import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as schema from "#db/schema.ts";
import { freshDatabase } from "#tests/support/postgres.ts";

const tables = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map(getTableConfig);
let sql: postgres.Sql;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  sql = postgres(database.url, { max: 1 });
  drop = async () => {
    await sql.end();
    await database.drop();
  };
});
afterAll(() => drop());

describe("the schema and the migrations say the same", () => {
  test.each(tables.map((table) => [table.name, table] as const))("%s", async (name, table) => {
    const stored = await sql`
      select column_name as name, is_nullable = 'NO' as "notNull" from information_schema.columns
      where table_schema = 'public' and table_name = ${name} order by column_name`;
    const declared = table.columns.map((column) => ({ name: column.name, notNull: column.notNull }));
    expect([...stored]).toEqual(declared.sort((left, right) => (left.name < right.name ? -1 : 1)));
  });

  test("there is no table that the schema does not know", async () => {
    const stored =
      await sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
    expect(stored.map((row) => row.name)).toEqual([...tables.map((table) => table.name), "schema_migration"].sort());
  });
});

test("every panel-owned table has panel_id first in its primary key", async () => {
  const keys = await sql`
    select t.relname as table, a.attname as first
    from pg_index i join pg_class t on t.oid = i.indrelid
    join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
    where i.indisprimary and t.relnamespace = 'public'::regnamespace
      and exists (select from pg_attribute p where p.attrelid = t.oid and p.attname = 'panel_id')`;
  expect(keys.filter((key) => key.first !== "panel_id")).toEqual([]);
  expect(keys.length).toBeGreaterThan(12);
});
