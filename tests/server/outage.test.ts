import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeCircuit } from "#db/circuit.ts";
import { lockPhase } from "#db/rounds.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { aCrowd } from "#tests/support/crowd.ts";
import { aDoorTo, type Door } from "#tests/support/door.ts";
import { aPanel, done, give, type TestPanel, twoCells } from "#tests/support/panels.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/postgres.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { onDatabase, untilWaiting } from "#tests/support/tables.ts";
import { lostAndDoubled, startWriters, type Writers } from "#tests/support/writers.ts";

let database: FreshDatabase;
let door: Door;
beforeAll(async () => {
  database = await freshDatabase();
  door = await aDoorTo(database.url);
});
afterAll(async () => {
  await door.shut();
  await database.drop();
});

const statusOf = (url: string) => fetch(url).then(({ status }) => status);

describe("under eight writers", { timeout: 120_000 }, () => {
  let server: TestServer;
  let panel: TestPanel;
  let writers: Writers;
  beforeEach(async () => {
    server = await startServer({ databaseUrl: door.url });
    panel = await aCrowd(server, { reviewers: 8 });
    writers = startWriters({
      url: () => server.url,
      panelId: panel.panelId,
      tokens: panel.reviewers.map(({ token }) => token),
      cells: twoCells,
      writers: 8,
      chance: Math.random,
    });
    await moreAcknowledged(40);
  });
  afterEach(async () => {
    await door.open();
    await writers.stop();
    await server.stop();
  });

  async function moreAcknowledged(more: number): Promise<void> {
    const enough = writers.acknowledged.size + more;
    await expect.poll(() => writers.acknowledged.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(enough);
  }

  async function expectNothingLost(): Promise<void> {
    await writers.stop();
    const { acknowledged, statuses, withoutRetryAfter } = writers;
    expect([...statuses.keys()].filter((status) => ![200, 409, 503].includes(status))).toEqual([]);
    expect(withoutRetryAfter).toBe(0);
    expect(await lostAndDoubled(database.url, panel.panelId, acknowledged)).toEqual({ lost: [], doubled: [] });
    expect((await rebuildConsensus(server.app, null)).differences).toEqual([]);
  }

  test("a database that is away is said to be away, and back within five seconds, with nothing lost", async () => {
    await door.shut();
    const before = writers.statuses.get(503) ?? 0;
    await expect.poll(() => statusOf(`${server.url}/readyz`), { timeout: 3_000 }).toBe(503);
    const reads = await Promise.all([1, 2, 3].map(() => panel.facilitator.call("GET", `/panels/${panel.panelId}`)));
    expect(reads.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(reads.map(({ headers }) => headers.get("retry-after"))).toEqual(["2", "2", "2"]);
    expect(await statusOf(`${server.url}/healthz`)).toBe(200);
    await expect.poll(() => writers.statuses.get(503) ?? 0, { timeout: 10_000 }).toBeGreaterThan(before + 40);

    await door.open();
    const opened = performance.now();
    await moreAcknowledged(1);
    await expect.poll(() => statusOf(`${server.url}/readyz`), { timeout: 5_000 }).toBe(200);
    expect(performance.now() - opened).toBeLessThan(5_000);
    await expectNothingLost();
  });

  test("sessions that are ended four times a second cost answers, and nothing that was acknowledged", async () => {
    for (let cuts = 1; cuts <= 12; cuts += 1) {
      await onDatabase(
        database.url,
        (sql) => sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await pause(250);
    }
    await moreAcknowledged(20);
    expect(writers.statuses.get(503)).toBeGreaterThan(0);
    await expectNothingLost();
  });
});

describe("a database that is slow", { timeout: 60_000 }, () => {
  let server: TestServer;
  let panel: TestPanel;
  beforeEach(async () => {
    server = await startServer({ databaseUrl: door.url, application: { connections: 3 } });
    panel = await aPanel(server, { reviewers: 2 });
  });
  afterEach(() => server.stop());

  /** What a piece of work does while somebody else holds a table. */
  async function whileLocked<Result>(table: string, work: () => Promise<Result>): Promise<Result> {
    return onDatabase(database.url, async (sql) => {
      let result: { value: Result } | null = null;
      await sql.begin(async (db) => {
        await db`lock table ${db(table)} in access exclusive mode`;
        result = { value: await work() };
      });
      if (result === null) throw new Error("nothing was done");
      return (result as { value: Result }).value;
    });
  }

  test("keeps no writer waiting for a lock longer than three seconds", async () => {
    const [reviewer] = panel.reviewers;
    const path = `/panels/${panel.panelId}/scores/P1/I1`;
    const { answer, ms } = await whileLocked("score_revision", async () => {
      const began = performance.now();
      const answer = await reviewer!.call("PUT", path, { value: 1, rationale: "", version: 0 });
      return { answer, ms: performance.now() - began };
    });
    expect({ status: answer.status, retryAfter: answer.headers.get("retry-after") }).toEqual({
      status: 503,
      retryAfter: "2",
    });
    expect(ms).toBeGreaterThan(2_900);
    expect(ms).toBeLessThan(5_000);
    await give(panel, reviewer!, { policyId: "P1", criterionId: "I1", value: 1 });
  });

  test("whose sessions are all busy refuses within two seconds, and works again when they are free", async () => {
    const [reviewer] = panel.reviewers;
    const outcomes = await whileLocked("panel", async () => {
      const busy = Array.from({ length: 3 }, () => reviewer!.call("GET", `/panels/${panel.panelId}`));
      await onDatabase(database.url, (sql) => untilWaiting(sql, 3));
      const began = performance.now();
      const late = await reviewer!.call("GET", "/panels");
      return {
        late: late.status,
        ms: performance.now() - began,
        busy: (await Promise.all(busy)).map(({ status }) => status),
      };
    });
    expect(outcomes).toMatchObject({ late: 503, busy: [503, 503, 503] });
    expect(outcomes.ms).toBeLessThan(2_900);
    expect((await reviewer!.call("GET", `/panels/${panel.panelId}`)).status).toBe(200);
  });

  test("lets a phase move wait longer, for the writers that came before it", async () => {
    const { version } = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}`), 200);
    const step = { to: "discussion", expectedVersion: version, reason: "Enough." };
    const { moved } = await onDatabase(database.url, (sql) =>
      sql.begin(async (db) => {
        await db`select pg_advisory_xact_lock_shared(hashtextextended(${`phase/${panel.panelId}`}, 0))`;
        const moving = panel.facilitator.call("POST", `/panels/${panel.panelId}/transitions`, step);
        await onDatabase(database.url, (other) => untilWaiting(other, 1));
        await pause(3_500);
        return { moved: moving };
      }),
    );
    expect((await moved).status).toBe(200);
  });

  test("is asked under the limits of every session", async () => {
    const shown = () => server.app.database.pool.run<{ name: string; setting: string }>`
      select name, setting from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`;
    expect((await shown()).map(({ setting }) => Number(setting))).toEqual([10_000, 3_000, 5_000]);
    const longer = await server.app.database.write(async (db) => {
      await lockPhase(db, panel.panelId, "exclusive");
      return db.run<{ setting: string }>`
        select setting from pg_settings where name in ('statement_timeout', 'lock_timeout') order by name`;
    });
    expect(longer.map(({ setting }) => Number(setting))).toEqual([10_000, 11_000]);
    expect((await shown()).map(({ setting }) => Number(setting))).toEqual([10_000, 3_000, 5_000]);
  });
});

test("after a second of failures nobody tries for another, and one success closes the circuit", () => {
  const clock = { now: 0 };
  const circuit = makeCircuit(() => clock.now);
  const fail = (times: number) => {
    for (let time = 1; time <= times; time += 1) circuit.note(false);
  };
  fail(50);
  expect(() => circuit.requireClosed(), "all sessions were cut at once").not.toThrow();
  clock.now = 1_500;
  circuit.note(true);
  fail(4);
  clock.now = 2_500;
  expect(() => circuit.requireClosed()).not.toThrow();
  fail(1);
  expect(() => circuit.requireClosed()).toThrow("could not be reached a moment ago");
  clock.now = 3_499;
  expect(() => circuit.requireClosed()).toThrow();
  clock.now = 3_500;
  expect(() => circuit.requireClosed()).not.toThrow();
  circuit.note(true);
  fail(50);
  expect(() => circuit.requireClosed()).not.toThrow();
});

test("a full disk stops writing before PostgreSQL stops, and reading goes on", { timeout: 60_000 }, async () => {
  const before = await startServer({ databaseUrl: door.url });
  const panel = await aPanel(before, { reviewers: 1 });
  const [reviewer] = panel.reviewers;
  await before.stop();

  // More than any disk has: here the disk is full.
  const room = { folder: tmpdir(), leastFreeBytes: Number.MAX_SAFE_INTEGER };
  const server = await startServer({ databaseUrl: door.url, application: { room } });
  const call = (method: string, path: string, body?: unknown, token = panel.facilitator.token) =>
    fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const refused = await call("PATCH", `/panels/${panel.panelId}`, { title: "Another" });
  const { version } = await (await call("GET", `/panels/${panel.panelId}`)).json();
  const step = await call("POST", `/panels/${panel.panelId}/transitions`, {
    to: "discussion",
    expectedVersion: version,
  });
  expect({ step: step.status, retryAfter: step.headers.get("retry-after"), refused: refused.ok }).toEqual({
    step: 503,
    retryAfter: "30",
    refused: false,
  });
  expect((await step.json()).detail).toMatch(/^The server's disk is full, so nothing is written/);
  const draft = await call("PUT", `/panels/${panel.panelId}/scores/P1/I1`, { value: 2, version: 0 }, reviewer?.token);
  expect({ draft: draft.status, retryAfter: draft.headers.get("retry-after") }).toEqual({
    draft: 503,
    retryAfter: "30",
  });
  expect((await call("GET", `/panels/${panel.panelId}/board`)).status).toBe(200);
  const ready = await fetch(`${server.url}/readyz`);
  expect({ status: ready.status, checks: (await ready.json()).checks }).toEqual({
    status: 503,
    checks: { stopping: false, room: false, database: true, migrations: true, aggregation: true },
  });
  await vi.waitFor(async () => expect(await statusOf(`${server.url}/healthz`)).toBe(200));
  await server.stop();
});
