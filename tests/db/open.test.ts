import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Database, type Db, openDatabase } from "#db/open.ts";
import { bareDatabase, type FreshDatabase } from "#tests/support/postgres.ts";

let fresh: FreshDatabase;
let database: Database;
let other: Database;
beforeEach(async () => {
  fresh = await bareDatabase();
  database = openDatabase(fresh.url, { connections: 3 });
  other = openDatabase(fresh.url, { connections: 1 });
  await other.pool.execute(sql`create table note (text text not null)`);
});
afterEach(async () => {
  await Promise.all([database.close(), other.close()]);
  await fresh.drop();
});

async function notes(): Promise<string[]> {
  const rows = await other.pool.run<{ text: string }>`select text from note order by text`;
  return rows.map(({ text }) => text);
}

async function note(db: Db, text: string): Promise<void> {
  await db.run`insert into note (text) values (${text})`;
}

/** Ends the sessions of the database under test. */
async function cut(): Promise<void> {
  await other.pool.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'concord' and pid <> pg_backend_pid()`);
}

async function sleeping(): Promise<number | undefined> {
  const [row] = await other.pool.run<{ n: number }>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and query like 'select pg_sleep%' and state = 'active'`;
  return row?.n;
}

describe("a transaction", () => {
  test("keeps all or nothing", async () => {
    await database.write((db) => note(db, "kept"));
    const failing = database.write(async (db) => {
      await note(db, "undone");
      throw new Error("no");
    });

    await expect(failing).rejects.toThrow("no");
    expect(await notes()).toEqual(["kept"]);
  });

  test("whose statement failed is not committed, though somebody caught the error", async () => {
    const failing = database.write(async (db) => {
      await note(db, "undone");
      await db.run`select 1 / 0`.catch(() => []);
    });

    await expect(failing).rejects.toThrow("division by zero");
    expect(await notes()).toEqual([]);
  });

  test("sends its statements in the order they are started in", async () => {
    const found = await database.write(async (db) => {
      const [, one, , two] = await Promise.all([
        note(db, "a"),
        db.run<{ n: number }>`select count(*)::int as n from note`,
        note(db, "b"),
        db.run<{ n: number }>`select count(*)::int as n from note`,
      ]);
      return [one[0]?.n, two[0]?.n];
    });

    expect(found).toEqual([1, 2]);
  });

  test("lets no statement through once it has ended", async () => {
    let kept: Db | null = null;
    await database.write(async (db) => {
      kept = db;
      await note(db, "inside");
    });

    await expect(kept === null ? null : note(kept, "outside")).rejects.toThrow("after its transaction had ended");
    expect(await notes()).toEqual(["inside"]);
  });

  test("whose session is cut fails as a whole; what it starts afterwards happens nowhere", async () => {
    const failing = database.write(async (db) => {
      await note(db, "before");
      await cut();
      await note(db, "after").catch(() => {});
      await Promise.all([note(db, "later"), note(db, "latest")]);
    });

    await expect(failing).rejects.toThrow();
    await database.write((db) => note(db, "the next one"));
    expect(await notes()).toEqual(["the next one"]);
  });

  test("whose session is cut in the middle of a statement fails, and the process lives on", async () => {
    const failing = Promise.allSettled([1, 2, 3, 4, 5].map(() => database.write((db) => db.run`select pg_sleep(60)`)));
    // Three at a time have a session; the others follow once these are cut.
    for (const asleep of [3, 2]) {
      await expect.poll(sleeping).toBe(asleep);
      await cut();
    }

    const outcomes = await failing;
    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
    expect(await database.pool.run`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

test("under cuts all the time what is acknowledged is kept, once, and the pool recovers", async () => {
  const acknowledged: string[] = [];
  let isOver = false;
  const cuts = (async () => {
    while (!isOver) {
      await cut();
      await pause(15);
    }
  })();
  async function writer(name: number): Promise<void> {
    for (let count = 1; count <= 60; count += 1) {
      const text = `${name}-${count}`;
      const isKept = await database
        .write((db) => Promise.all([note(db, text), note(db, `${text}+`)]))
        .then(
          () => true,
          () => false,
        );
      if (isKept) acknowledged.push(text, `${text}+`);
      await pause(2);
    }
  }
  await Promise.all([1, 2, 3, 4, 5, 6].map(writer));
  isOver = true;
  await cuts;

  const stored = await notes();
  expect(acknowledged.length).toBeGreaterThan(20);
  expect(acknowledged.filter((text) => !stored.includes(text))).toEqual([]);
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored.filter((text) => !text.endsWith("+")).length).toBe(stored.filter((text) => text.endsWith("+")).length);
  const again = () => Promise.all([1, 2, 3, 4, 5].map(() => database.write((db) => db.run`select 1 as one`)));
  const after = await vi.waitFor(again, { timeout: 5_000 });
  expect(after.flat()).toEqual(Array(5).fill({ one: 1 }));
});
