import { and, asc, eq, sql } from "drizzle-orm";
import type { CellConsensus, PolicyConsensus } from "#rubric/reconcile.ts";
import type { CellId } from "#rubric/rubric.ts";
import type { Tally } from "#rubric/tally.ts";
import type { Rule } from "#rubric/verdict.ts";
import type { Db } from "./open.ts";
import { consensus, policyConsensus } from "./schema.ts";
import { listWithheld } from "./withheld.ts";

export interface RoundKey {
  readonly panelId: string;
  readonly round: number;
}

export interface StoredCell extends CellConsensus {
  readonly round: number;
  readonly computedAt: string | null;
}

const ofRound = (at: RoundKey) => and(eq(consensus.panelId, at.panelId), eq(consensus.round, at.round));
const ofCell = (at: RoundKey, cell: CellId) =>
  and(ofRound(at), eq(consensus.policyId, cell.policyId), eq(consensus.criterionId, cell.criterionId));

/** A row for each cell in the round's scope, in rubric order, before the first score arrives. */
export async function openCells(db: Db, at: RoundKey, cells: readonly CellId[]): Promise<void> {
  const rows = cells.map(({ policyId, criterionId }, position) => ({ ...at, policyId, criterionId, position }));
  for (let start = 0; start < rows.length; start += 1000)
    await db.insert(consensus).values(rows.slice(start, start + 1000));
}

/** Holds the round's consensus rows in order. Lock before reading a tally: whoever holds it later reads a newer snapshot. */
export async function lockCells(db: Db, at: RoundKey): Promise<void> {
  await db.run`
    select 1 from consensus where panel_id = ${at.panelId} and round = ${at.round} order by policy_id, criterion_id for update`;
}

/** What is counted of a round; `talliesByCell` sorts it by cell and level. */
export interface RoundCounts {
  readonly scope: readonly CellId[];
  readonly reviewers: number;
  readonly absent: number;
  readonly answers: readonly (CellId & { value: number | null; nonScore: string | null; n: number })[];
}

/** Counts the submitted answers to each cell of a round. */
export async function readCounts(db: Db, at: RoundKey): Promise<RoundCounts> {
  const [answers, withheld, [size], scope] = await Promise.all([
    // As an array the planner takes the reviews for a few keys; as a join it may compare everything with everything
    // while a round is too young for statistics.
    db.run<RoundCounts["answers"][number]>`
      select policy_id as "policyId", criterion_id as "criterionId", value, non_score as "nonScore", count(*)::int as n
      from score
      where panel_id = ${at.panelId} and round = ${at.round} and member_id = any(array(
        select member_id from review where panel_id = ${at.panelId} and round = ${at.round} and state = 'submitted'))
      group by 1, 2, 3, 4`,
    listWithheld(db, at),
    db.run<{ reviewers: number; absent: number }>`
      select count(*)::int as reviewers, (count(*) filter (where state = 'absent'))::int as absent
      from review where panel_id = ${at.panelId} and round = ${at.round}`,
    db.run<CellId>`
      select policy_id as "policyId", criterion_id as "criterionId" from consensus
      where panel_id = ${at.panelId} and round = ${at.round} order by position`,
  ]);
  return { scope, answers: [...answers, ...withheld], reviewers: size?.reviewers ?? 0, absent: size?.absent ?? 0 };
}

/** The tallies of a round's cells, by `policyId-criterionId`, in rubric order; `levels` lowest first. */
export function talliesByCell(counts: RoundCounts, levels: readonly number[]): Map<string, Tally & CellId> {
  const tallies = new Map(counts.scope.map((cell) => [keyOf(cell), startTally(cell, levels, counts)]));
  for (const row of counts.answers) {
    const tally = tallies.get(keyOf(row));
    if (tally) addTo(tally, levels, row);
  }
  return tallies;
}

interface MutableTally extends CellId {
  counts: number[];
  cannotJudge: number;
  abstain: number;
  recused: number;
  absent: number;
  reviewers: number;
}

function startTally(
  cell: CellId,
  levels: readonly number[],
  size: { reviewers: number; absent: number },
): MutableTally {
  return {
    ...cell,
    counts: levels.map(() => 0),
    cannotJudge: 0,
    abstain: 0,
    recused: 0,
    absent: size.absent,
    reviewers: size.reviewers,
  };
}

function addTo(
  tally: MutableTally,
  levels: readonly number[],
  row: { value: number | null; nonScore: string | null; n: number },
): void {
  if (row.value !== null) {
    const index = levels.indexOf(row.value);
    tally.counts[index] = (tally.counts[index] ?? 0) + row.n;
  }
  if (row.nonScore === "cannot-judge") tally.cannotJudge += row.n;
  if (row.nonScore === "abstain") tally.abstain += row.n;
  if (row.nonScore === "recused") tally.recused += row.n;
}

function keyOf(cell: CellId): string {
  return `${cell.policyId}\u0000${cell.criterionId}`;
}

/**
 * Stores the outcomes of cells, all in one statement. A cell's version rises only if something in it changed.
 *
 * @returns the cells in which something did
 */
export async function storeCells(
  db: Db,
  at: RoundKey & { method: string },
  cells: readonly CellConsensus[],
): Promise<CellId[]> {
  const rows = cells.map(({ nonScores, ...cell }) => ({ ...cell, ...nonScores }));
  return db.run<CellId>`
    update consensus old set eligible = new.eligible, n = new.n, cannot_judge = new."cannotJudge", abstain = new.abstain,
      recused = new.recused, absent = new.absent, counts = new.counts, median = new.median, iqr = new.iqr,
      disagreement = new.disagreement, verdict = new.verdict, direction = new.direction, rule = new.rule,
      method = ${at.method}, version = old.version + 1, computed_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new("policyId" text, "criterionId" text, eligible int, n int,
      "cannotJudge" int, abstain int, recused int, absent int, counts int[], median numeric, iqr numeric,
      disagreement text, verdict text, direction text, rule jsonb)
    where old.panel_id = ${at.panelId} and old.round = ${at.round}
      and old.policy_id = new."policyId" and old.criterion_id = new."criterionId"
      and (old.eligible, old.n, old.cannot_judge, old.abstain, old.recused, old.absent, old.counts, old.verdict, old.method)
        is distinct from (new.eligible, new.n, new."cannotJudge", new.abstain, new.recused, new.absent, new.counts,
          new.verdict, ${at.method}::text)
    returning old.policy_id as "policyId", old.criterion_id as "criterionId"`;
}

/** The stored consensus of a round's cells, in rubric order. */
export async function listCells(db: Db, at: RoundKey): Promise<StoredCell[]> {
  const rows = await db.select().from(consensus).where(ofRound(at)).orderBy(asc(consensus.position));
  return rows.map(asCell);
}

export async function findCell(db: Db, at: RoundKey, cell: CellId): Promise<StoredCell | null> {
  const [row] = await db.select().from(consensus).where(ofCell(at, cell));
  return row ? asCell(row) : null;
}

/** A cell's outcome in the latest closed round that had it in scope. */
export async function findSettledCell(db: Db, panelId: string, cell: CellId): Promise<StoredCell | null> {
  const closed = await listClosedCells(db, panelId);
  return closed.findLast((one) => keyOf(one) === keyOf(cell)) ?? null;
}

/** For each cell of the panel, its outcome in the latest closed round that had it in scope. */
export async function listSettledCells(db: Db, panelId: string): Promise<StoredCell[]> {
  const closed = await listClosedCells(db, panelId);
  return [...new Map(closed.map((cell) => [keyOf(cell), cell])).values()];
}

/** Every cell of every closed round, round after round. */
export async function listClosedCells(db: Db, panelId: string): Promise<StoredCell[]> {
  const rows = await db
    .select()
    .from(consensus)
    .where(
      sql`${consensus.panelId} = ${panelId} and exists (select from round r where r.panel_id = ${consensus.panelId} and r.round = ${consensus.round} and r.closed_at is not null)`,
    )
    .orderBy(asc(consensus.round), asc(consensus.position));
  return rows.map(asCell);
}

export async function storePolicies(db: Db, at: RoundKey, policies: readonly PolicyConsensus[]): Promise<void> {
  if (policies.length === 0) return;
  const text = sql`excluded.perspectives`;
  await db
    .insert(policyConsensus)
    .values(policies.map(({ policyId, perspectives }) => ({ ...at, policyId, perspectives })))
    .onConflictDoUpdate({
      target: [policyConsensus.panelId, policyConsensus.round, policyConsensus.policyId],
      set: { perspectives: text, version: sql`${policyConsensus.version} + 1` },
      setWhere: sql`${policyConsensus.perspectives} is distinct from ${text}`,
    });
}

function asCell(row: typeof consensus.$inferSelect): StoredCell {
  const {
    policyId,
    criterionId,
    round,
    eligible,
    n,
    counts,
    median,
    iqr,
    disagreement,
    verdict,
    direction,
    computedAt,
  } = row;
  const { cannotJudge, abstain, recused, absent } = row;
  const rule: Rule = row.rule ?? { id: "ipras", minScores: 0, arithmetic: null };
  return {
    policyId,
    criterionId,
    round,
    eligible,
    n,
    nonScores: { cannotJudge, abstain, recused, absent },
    counts,
    median,
    iqr,
    disagreement,
    verdict,
    direction,
    rule,
    computedAt,
  };
}
