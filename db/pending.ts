import { sql } from "drizzle-orm";
import type { CellId } from "#rubric/rubric.ts";
import type { Db } from "./open.ts";

export interface RoundCell extends CellId {
  readonly panelId: string;
  readonly round: number;
}

/** An act that counts leaves a row for each cell of the round, in the act's own commit. */
export async function enqueueCells(db: Db, at: { panelId: string; round: number }): Promise<void> {
  await db.run`
    insert into pending_cell (panel_id, round, policy_id, criterion_id)
    select panel_id, round, policy_id, criterion_id from consensus where panel_id = ${at.panelId} and round = ${at.round}`;
}

/** An act that all members may know of raises the panel's version when it is drained. */
export async function enqueueAct(db: Db, panelId: string): Promise<void> {
  await db.run`insert into pending_act (panel_id) values (${panelId})`;
}

/** Takes pending cells nobody else is draining; they are gone when this transaction commits, and back if it does not. */
export async function takePendingCells(db: Db, most: number): Promise<RoundCell[]> {
  return db.run<RoundCell>`
    delete from pending_cell where id in (select id from pending_cell order by id limit ${most} for update skip locked)
    returning panel_id as "panelId", round, policy_id as "policyId", criterion_id as "criterionId"`;
}

/** Takes pending acts; answers how many for each panel. */
export async function takePendingActs(db: Db, most: number): Promise<Map<string, number>> {
  const rows = await db.run<{ panel_id: string }>`
    delete from pending_act where id in (select id from pending_act order by id limit ${most} for update skip locked)
    returning panel_id`;
  const acts = new Map<string, number>();
  for (const { panel_id } of rows) acts.set(panel_id, (acts.get(panel_id) ?? 0) + 1);
  return acts;
}

/** Removes a round's pending cells, waiting for whoever is draining them: a phase move computes every cell itself. */
export async function takeRound(db: Db, at: { panelId: string; round: number }): Promise<void> {
  await db.execute(sql`delete from pending_cell where panel_id = ${at.panelId} and round = ${at.round}`);
}

/** Seconds since the oldest act that is not drained yet was committed; 0 when nothing waits. */
export async function readLag(db: Db): Promise<number> {
  const [row] = await db.execute<{ lag: number }>(sql`
    select coalesce(extract(epoch from now() - least(
      (select min(enqueued_at) from pending_cell), (select min(enqueued_at) from pending_act))), 0)::float8 as lag`);
  return row?.lag ?? 0;
}
