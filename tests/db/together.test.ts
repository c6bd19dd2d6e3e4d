import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, type Db, openDatabase } from "#db/open.ts";
import { bareDatabase, type FreshDatabase } from "#tests/support/postgres.ts";

let fresh: FreshDatabase;
let database: Database;
let sizes: number[];
beforeEach(async () => {
  fresh = await bareDatabase();
  database = openDatabase(fresh.url, { connections: 3 });
  sizes = [];
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
});

/** A hundred divided by each number. */
async function shares(db: Db, numbers: readonly number[]): Promise<number[]> {
  sizes.push(numbers.length);
  const rows = await db.run<{ share: number }>`
    select 100 / number as share from unnest(${`{${numbers.join(",")}}`}::int[]) with ordinality as asked (number, place)
    order by place`;
  return rows.map(({ share }) => share);
}

test("whoever comes while a question is under way goes with the next, and each gets the own answer", async () => {
  const answers = await Promise.all([1, 2, 4, 5, 10].map((number) => database.together(shares, number)));
  expect(answers).toEqual([100, 50, 25, 20, 10]);
  expect(sizes).toEqual([1, 4]);

  expect(await database.together(shares, 20)).toBe(5);
  expect(sizes).toEqual([1, 4, 1]);
});

test("a question that cannot be answered fails nobody else's", async () => {
  const outcomes = await Promise.allSettled([1, 0, 4].map((number) => database.together(shares, number)));
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : "failed"))).toEqual([
    100,
    "failed",
    25,
  ]);
});

test("after a lost connection nothing is asked a second time", async () => {
  async function cut(db: Db, asked: readonly number[]): Promise<number[]> {
    sizes.push(asked.length);
    await db.run`select pg_terminate_backend(pg_backend_pid())`;
    return [...asked];
  }
  const outcomes = await Promise.allSettled([1, 2, 3].map((number) => database.together(cut, number)));
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(sizes).toEqual([1, 2]);
});

test("groups do not wait for each other", async () => {
  async function lockThenAnswer(db: Db, keys: readonly number[]): Promise<readonly number[]> {
    for (const key of keys) await db.run`select pg_advisory_lock(${key}), pg_advisory_unlock(${key})`;
    return keys;
  }
  await database.write(async (db) => {
    await db.run`select pg_advisory_xact_lock(1)`;
    const held = database.together(lockThenAnswer, 1, "held");
    expect(await database.together(lockThenAnswer, 2, "free")).toBe(2);
    // Only the end of this transaction frees the first group.
    void held.catch(() => {});
  });
  expect(await database.together(lockThenAnswer, 3, "held")).toBe(3);
});
