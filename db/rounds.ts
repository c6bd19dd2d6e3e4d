import { and, asc, eq, sql } from "drizzle-orm";
import type { CellId } from "#rubric/rubric.ts";
import type { RoundView } from "#rubric/views.ts";
import type { Db } from "./open.ts";
import { round } from "./schema.ts";

export async function insertRound(
  db: Db,
  row: { panelId: string; round: number; rubricVersion: number },
): Promise<void> {
  await db.insert(round).values(row);
}

export async function listRounds(db: Db, panelId: string): Promise<RoundView[]> {
  return db
    .select({
      round: round.round,
      rubricVersion: round.rubricVersion,
      openedAt: round.openedAt,
      revealedAt: round.revealedAt,
      closedAt: round.closedAt,
    })
    .from(round)
    .where(eq(round.panelId, panelId))
    .orderBy(asc(round.round));
}

export async function markRevealed(db: Db, panelId: string, number: number): Promise<void> {
  await db
    .update(round)
    .set({ revealedAt: sql`now()` })
    .where(and(eq(round.panelId, panelId), eq(round.round, number)));
}

export async function markClosed(db: Db, panelId: string, number: number): Promise<void> {
  await db
    .update(round)
    .set({ closedAt: sql`now()` })
    .where(and(eq(round.panelId, panelId), eq(round.round, number)));
}

/** The cells in a round's scope, in rubric order. */
export async function readScope(db: Db, panelId: string, number: number): Promise<CellId[]> {
  return db.run<CellId>`
    select policy_id as "policyId", criterion_id as "criterionId" from consensus
    where panel_id = ${panelId} and round = ${number} order by position`;
}

/**
 * The lock between a panel's writers (shared: they never wait for each other) and its phase moves (exclusive).
 * What it guards must be read by a later statement, whose snapshot is taken once the lock is held. A phase move, which has
 * many writers to wait for, waits longer than they do: ten seconds for a lock, eleven for a statement.
 */
export async function lockPhase(db: Db, panelId: string, mode: "shared" | "exclusive"): Promise<void> {
  const key = `phase/${panelId}`;
  if (mode === "shared") {
    await db.run`select pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`;
    return;
  }
  await db.run`select set_config('lock_timeout', '10s', true), set_config('statement_timeout', '11s', true)`;
  await db.run`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
