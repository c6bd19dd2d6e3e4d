import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrate } from "#db/migrate.ts";
import { bareDatabase, type FreshDatabase, freshDatabase } from "#tests/support/postgres.ts";

let folder: string;
let database: FreshDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "concord-migrations-"));
  database = await bareDatabase();
  write("0000_first.sql", "create table first (id int);\ninsert into first values (1);\n");
  write("0001_second.sql", "alter table first add column name text;\n");
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a migration", () => {
  test("applies every file in the order of its name, once", async () => {
    expect(await migrate(database.url, folder)).toEqual({
      applied: ["0000_first.sql", "0001_second.sql"],
    });
    expect(await migrate(database.url, folder)).toEqual({ applied: [] });
    expect(await query("select id, name from first")).toEqual([{ id: 1, name: null }]);
  });

  test("started by four processes at once is applied once", async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, folder)));

    expect(results.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 0, 2]);
    expect(await query("select id from first")).toEqual([{ id: 1 }]);
  });

  test("that fails leaves nothing of itself, and what came before it", async () => {
    write("0002_broken.sql", "create table half (id int); select nonsense;");

    await expect(migrate(database.url, folder)).rejects.toThrow(
      'Migration 0002_broken.sql failed, and nothing of it was kept: column "nonsense" does not exist',
    );

    expect(await query("select to_regclass('half')::text as half")).toEqual([{ half: null }]);
    expect(await query("select name from schema_migration order by name")).toEqual([
      { name: "0000_first.sql" },
      { name: "0001_second.sql" },
    ]);
  });

  test("is refused when a file it had applied was changed", async () => {
    await migrate(database.url, folder);
    write("0001_second.sql", "alter table first add column title text;\n");

    await expect(migrate(database.url, folder)).rejects.toThrow(
      "Migration 0001_second.sql was changed after it had been applied.",
    );
  });

  test("does not mind line endings that a checkout rewrote", async () => {
    await migrate(database.url, folder);
    write("0001_second.sql", "alter table first add column name text;\r\n");

    expect(await migrate(database.url, folder)).toEqual({ applied: [] });
  });

  test("is refused when the database is newer than the code", async () => {
    write("0002_third.sql", "create table third (id int);");
    await migrate(database.url, folder);
    rmSync(join(folder, "0002_third.sql"));

    await expect(migrate(database.url, folder)).rejects.toThrow(
      "The database is newer than this Concord: it holds migration 0002_third.sql",
    );
  });

  test("is refused when it comes before one that was applied", async () => {
    await migrate(database.url, folder);
    write("0000_late.sql", "create table late (id int);");

    await expect(migrate(database.url, folder)).rejects.toThrow("Migration 0000_late.sql comes before 0001_second.sql");
  });
});

test("a test database is cloned from the migrated template", async () => {
  const fresh = await freshDatabase();

  expect(await migrate(fresh.url)).toEqual({ applied: [] });

  await fresh.drop();
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

async function query(text: string): Promise<postgres.RowList<postgres.Row[]>> {
  const sql = postgres(database.url, { max: 1 });
  const rows = await sql.unsafe(text);
  await sql.end();
  return rows;
}
