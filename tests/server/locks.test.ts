import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { findPanel } from "#db/panels.ts";
import { takePendingCells } from "#db/pending.ts";
import { lockPhase, markRevealed } from "#db/rounds.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { refreshRound } from "#server/aggregation/refresh.ts";
import { aPanel, done, give, type PanelPerson, type TestPanel, twoCells } from "#tests/support/panels.ts";
import type { Answer } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

// Orders of events that a race meets once in a thousand times, each brought about on purpose: the test holds what the
// next step needs, and lets go when the other one has come.

let server: TestServer;
let panel: TestPanel;
let first: PanelPerson;
let second: PanelPerson;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  panel = await aPanel(server);
  [first, second] = panel.reviewers as [PanelPerson, PanelPerson];
  for (const who of [first, second]) for (const cell of twoCells) await give(panel, who, { ...cell, value: 1 });
  await server.app.aggregation.drain();
});

function submitAs(who: PanelPerson): Promise<Answer> {
  return who.call("POST", `/panels/${panel.panelId}/submission`, {});
}

async function sheetOf(who: PanelPerson) {
  return done(await who.call("GET", `/panels/${panel.panelId}/scores`), 200);
}

async function valuesOf(who: PanelPerson): Promise<number[]> {
  return (await sheetOf(who)).scores.map(({ value }: { value: number }) => value);
}

/** How many sessions of this database wait for somebody's lock. */
async function waiting(): Promise<number | undefined> {
  const [row] = await server.app.database.pool.execute<{ count: number }>(sql`
    select count(distinct l.pid)::int from pg_locks l join pg_stat_activity a using (pid)
    where not l.granted and a.datname = current_database()`);
  return row?.count;
}

/** Starts something, and answers as soon as it waits for a lock, or is over although it should. */
async function untilHeldUp<Outcome>(work: () => Promise<Outcome>, others = 0): Promise<{ outcome: Promise<Outcome> }> {
  let isOver = false;
  const outcome = work().finally(() => {
    isOver = true;
  });
  await expect.poll(async () => isOver || ((await waiting()) ?? 0) > others).toBe(true);
  return { outcome };
}

describe("while a reveal is under way", () => {
  /** The reveal has its lock, and moves the phase once what comes now waits for it. */
  async function duringReveal(work: () => Promise<Answer>): Promise<Answer> {
    const { outcome } = await server.app.database.write(async (db) => {
      await lockPhase(db, panel.panelId, "exclusive");
      const late = await untilHeldUp(work);
      await markRevealed(db, panel.panelId, 1);
      await db.execute(sql`update panel set phase = 'discussion' where panel_id = ${panel.panelId}`);
      return late;
    });
    return outcome;
  }

  test("a save waits for it, and is refused", async () => {
    const save = { value: 2, rationale: "Just in time?", version: 1 };
    const path = `/panels/${panel.panelId}/scores/P1/I1`;
    expect((await duringReveal(() => first.call("PUT", path, save))).status).toBe(403);
    expect(await valuesOf(first)).toEqual([1, 1]);
  });

  test("a submission waits for it, and is refused", async () => {
    expect((await duringReveal(() => submitAs(first))).status).toBe(403);
    expect((await sheetOf(first)).submitted).toBe(false);
  });
});

test("a save that comes while its author submits waits for it, and is refused", async () => {
  const path = `/panels/${panel.panelId}/scores/P1/I1`;
  const held = await server.app.database.write(async (db) => {
    // The last thing that a submission writes.
    await db.execute(sql`lock table receipt in share mode`);
    const submission = await untilHeldUp(() => submitAs(first));
    const save = await untilHeldUp(() => first.call("PUT", path, { value: 2, rationale: "Later.", version: 1 }), 1);
    return { submission, save };
  });
  expect((await held.submission.outcome).status).toBe(200);
  expect((await held.save.outcome).status).toBe(403);
  expect(await valuesOf(first)).toEqual([1, 1]);
});

describe("a drain", () => {
  /** What a drain on another node holds, so that this one's has to wait. Acts go on. */
  async function holdRound(db: Db): Promise<void> {
    await db.execute(sql`select from panel where panel_id = ${panel.panelId} for no key update`);
    await db.execute(sql`select from consensus where panel_id = ${panel.panelId} for no key update`);
  }

  async function areGone(pids: readonly number[]): Promise<boolean> {
    const [row] = await server.app.database.pool.execute<{ count: number }>(sql`
      select count(*)::int from pg_stat_activity where pid in ${pids}`);
    return pids.length > 0 && row?.count === 0;
  }

  async function expectTrueFigures(n: number): Promise<void> {
    await server.app.aggregation.drain();
    const { differences } = await rebuildConsensus(server.app, panel.panelId);
    expect(differences).toEqual([]);
    const { cells } = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/board`), 200);
    expect(cells.map((cell: { n: number }) => cell.n)).toEqual([n, n]);
  }

  test("that had to wait counts what was submitted meanwhile", async () => {
    await server.app.database.write(async (db) => {
      await holdRound(db);
      done(await submitAs(first), 200);
      await untilHeldUp(() => server.app.aggregation.drain());
      done(await submitAs(second), 200);
      expect(await takePendingCells(db, 500)).toHaveLength(2);
      const row = await findPanel(db, panel.panelId);
      if (row === null) throw new Error("the panel is gone");
      await refreshRound(db, row, 1);
    });
    await expectTrueFigures(2);
  });

  test("that is cut off in the middle leaves its work to the next", async () => {
    await server.app.database.write(async (db) => {
      await holdRound(db);
      done(await submitAs(first), 200);
      await expect.poll(waiting).toBe(1);
      const cut = await db.execute<{ pid: number }>(sql`
        select pid from pg_stat_activity
        where datname = current_database() and usename = current_user and wait_event_type = 'Lock'`);
      for (const { pid } of cut) await db.execute(sql`select pg_terminate_backend(${pid})`);
      await expect.poll(() => areGone(cut.map(({ pid }) => pid))).toBe(true);
    });
    await expectTrueFigures(1);
  });
});
