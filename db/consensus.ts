import { and, asc, eq, sql } from "drizzle-orm";
import type { CellConsensus, PolicyConsensus } from "#rubric/reconcile.ts";
import type { CellId } from "#rubric/rubric.ts";
import type { Tally } from "#rubric/tally.ts";
import type { Rule } from "#rubric/verdict.ts";
import type { Db } from "./open.ts";
import { consensus, policyConsensus } from "./schema.ts";

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
  await db.execute(
    sql`select 1 from consensus where panel_id = ${at.panelId} and round = ${at.round} order by policy_id, criterion_id for update`,
  );
}

/** The tallies of a round's cells from the submitted reviews, by `policyId-criterionId`; `levels` lowest first. */
export async function readTallies(
  db: Db,
  at: RoundKey,
  levels: readonly number[],
): Promise<Map<string, Tally & CellId>> {
  const rows = await db.execute<
    CellId & { value: number | null; nonScore: string | null; n: number } & Record<string, unknown>
  >(sql`
    select s.policy_id as "policyId", s.criterion_id as "criterionId", s.value, s.non_score as "nonScore", count(*)::int as n
    from score s join review v using (panel_id, round, member_id)
    where s.panel_id = ${at.panelId} and s.round = ${at.round} and v.state = 'submitted'
    group by 1, 2, 3, 4`);
  const [size] = await db.execute<{ reviewers: number; absent: number }>(sql`
    select count(*)::int as reviewers, (count(*) filter (where state = 'absent'))::int as absent
    from review where panel_id = ${at.panelId} and round = ${at.round}`);
  const scope = await readScopeOf(db, at);
  const tallies = new Map(scope.map((cell) => [keyOf(cell), startTally(cell, levels, size)]));
  for (const row of rows) {
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
  size: { reviewers: number; absent: number } | undefined,
): MutableTally {
  return {
    ...cell,
    counts: levels.map(() => 0),
    cannotJudge: 0,
    abstain: 0,
    recused: 0,
    absent: size?.absent ?? 0,
    reviewers: size?.reviewers ?? 0,
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

async function readScopeOf(db: Db, at: RoundKey): Promise<CellId[]> {
  return db
    .select({ policyId: consensus.policyId, criterionId: consensus.criterionId })
    .from(consensus)
    .where(ofRound(at))
    .orderBy(asc(consensus.position));
}

function keyOf(cell: CellId): string {
  return `${cell.policyId}\u0000${cell.criterionId}`;
}

/** Stores a cell's outcome; its version rises only if something in it changed. Answers whether it did. */
export async function storeCell(db: Db, at: RoundKey & { method: string }, cell: CellConsensus): Promise<boolean> {
  const { policyId: _policy, criterionId: _criterion, nonScores, ...figures } = cell;
  const values = { ...figures, ...nonScores, counts: [...cell.counts], method: at.method };
  const hasChanged = sql`(${consensus.eligible}, ${consensus.n}, ${consensus.cannotJudge}, ${consensus.abstain}, ${consensus.recused}, ${consensus.absent},
    ${consensus.counts}, ${consensus.verdict}, ${consensus.method}) is distinct from
    (${cell.eligible}::int, ${cell.n}::int, ${nonScores.cannotJudge}::int, ${nonScores.abstain}::int, ${nonScores.recused}::int, ${nonScores.absent}::int,
    ${sql.param(cell.counts)}::int[], ${cell.verdict}::text, ${at.method}::text)`;
  const updated = await db
    .update(consensus)
    .set({ ...values, version: sql`${consensus.version} + 1`, computedAt: sql`now()` })
    .where(and(ofCell(at, cell), hasChanged))
    .returning({ version: consensus.version });
  return updated.length === 1;
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
  const settled = await listSettledCells(db, panelId);
  return settled.find((one) => keyOf(one) === keyOf(cell)) ?? null;
}

/** For each cell of the panel, its outcome in the latest closed round that had it in scope. */
export async function listSettledCells(db: Db, panelId: string): Promise<StoredCell[]> {
  const rows = await db
    .selectDistinctOn([consensus.policyId, consensus.criterionId])
    .from(consensus)
    .where(
      sql`${consensus.panelId} = ${panelId} and exists (select from round r where r.panel_id = ${consensus.panelId} and r.round = ${consensus.round} and r.closed_at is not null)`,
    )
    .orderBy(asc(consensus.policyId), asc(consensus.criterionId), sql`${consensus.round} desc`);
  return rows.map(asCell);
}

export async function storePolicies(db: Db, at: RoundKey, policies: readonly PolicyConsensus[]): Promise<void> {
  for (const { policyId, perspectives } of policies) {
    const text = sql`excluded.perspectives`;
    await db
      .insert(policyConsensus)
      .values({ ...at, policyId, perspectives })
      .onConflictDoUpdate({
        target: [policyConsensus.panelId, policyConsensus.round, policyConsensus.policyId],
        set: { perspectives: text, version: sql`${policyConsensus.version} + 1` },
        setWhere: sql`${policyConsensus.perspectives} is distinct from ${text}`,
      });
  }
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
