import { and, asc, eq, sql } from "drizzle-orm";
import type { Phase, ReviewState } from "#rubric/round.ts";
import type { CellId } from "#rubric/rubric.ts";
import type { ScaleRange } from "#rubric/scale.ts";
import type { ChangeReason, NonScore, Score } from "#rubric/score.ts";
import type { Db } from "./open.ts";
import { consensus, score } from "./schema.ts";

/** Whose sheet: one member's scores of one round. */
export interface SheetKey {
  readonly panelId: string;
  readonly round: number;
  readonly memberId: string;
}

const columns = {
  policyId: score.policyId,
  criterionId: score.criterionId,
  value: score.value,
  nonScore: score.nonScore,
  rationale: score.rationale,
  changeReason: score.changeReason,
  changeNote: score.changeNote,
  version: score.version,
  savedAt: score.savedAt,
};

/** Where a writer stands, under the lock that phase moves wait for. */
export interface WriterStand {
  readonly phase: Phase;
  readonly round: number | null;
  readonly review: ReviewState | null;
  readonly isInScope: boolean;
  readonly scale: ScaleRange;
}

export interface ScoreWrite extends CellId {
  readonly panelId: string;
  readonly memberId: string;
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
  readonly changeReason: ChangeReason | null;
  /** The version its author last saw, 0 for none. */
  readonly version: number;
}

export interface WriteOutcome {
  readonly stand: WriterStand;
  /** `null` when the stand does not allow the write, or the version seen is not the newest. */
  readonly saved: { readonly version: number; readonly savedAt: string } | null;
}

/**
 * Compare-and-set on the version, with the revision: one statement. Each outcome in the place of its write; `null` where
 * there is no such panel. Rows are locked in one order, so that two nodes cannot wait for each other.
 */
export async function writeScores(db: Db, writes: readonly ScoreWrite[]): Promise<(WriteOutcome | null)[]> {
  const orders = writes.map(({ changeReason, ...write }, place) => ({
    ...write,
    place,
    reason: changeReason?.code ?? null,
    note: changeReason?.note ?? null,
  }));
  const rows = await db.run<OutcomeRow>`
    select place, phase, round, review, is_in_scope as "isInScope", min, max, step, kept.version, saved_at as "savedAt"
    from (
      select * from jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) as wanted (place int, "panelId" uuid,
        "memberId" uuid, "policyId" text, "criterionId" text, version int, value bigint, "nonScore" text, rationale text,
        reason text, note text)
      order by "panelId", "memberId", "policyId", "criterionId", place
    ) wanted, record_score("panelId", "memberId", "policyId", "criterionId", wanted.version, value, "nonScore", rationale,
      reason, note) kept`;
  const outcomes = new Map(rows.map((row) => [row.place, outcomeOf(row)]));
  return writes.map((_write, place) => outcomes.get(place) ?? null);
}

function outcomeOf({ phase, round, review, isInScope, min, max, step, version, savedAt }: OutcomeRow): WriteOutcome {
  const saved = version === null || savedAt === null ? null : { version, savedAt };
  return { stand: { phase, round, review, isInScope, scale: { min, max, step } }, saved };
}

interface OutcomeRow extends Omit<WriterStand, "scale">, ScaleRange {
  readonly place: number;
  readonly version: number | null;
  readonly savedAt: string | null;
}

export async function findScore(db: Db, sheet: SheetKey, cell: CellId): Promise<Score | null> {
  const [row] = await db
    .select(columns)
    .from(score)
    .where(and(ofSheet(sheet), ofCell(cell)));
  return row ? asScore(row) : null;
}

/** One member's own scores of one round, in rubric order. */
export async function readSheet(db: Db, sheet: SheetKey): Promise<Score[]> {
  const rows = await db
    .select(columns)
    .from(score)
    .innerJoin(consensus, sameCell)
    .where(ofSheet(sheet))
    .orderBy(asc(consensus.position));
  return rows.map(asScore);
}

/** For each cell, the member's own submitted score of the latest earlier round that had it in scope. */
export async function readEarlierScores(db: Db, sheet: SheetKey): Promise<(Score & { round: number })[]> {
  const rows = await db
    .selectDistinctOn([score.policyId, score.criterionId], { ...columns, round: score.round })
    .from(score)
    .where(sql`${score.panelId} = ${sheet.panelId} and ${score.memberId} = ${sheet.memberId} and ${score.round} < ${sheet.round}
      and exists (select from review v where v.panel_id = ${score.panelId} and v.round = ${score.round} and v.member_id = ${score.memberId} and v.state = 'submitted')`)
    .orderBy(asc(score.policyId), asc(score.criterionId), sql`${score.round} desc`);
  return rows.map((row) => ({ ...asScore(row), round: row.round }));
}

/** A recusal carries into later rounds: it opens as a draft of the new round. */
export async function carryRecusals(db: Db, at: { panelId: string; round: number }): Promise<void> {
  await db.execute(sql`
    with carried as (
      insert into score (panel_id, round, member_id, policy_id, criterion_id, non_score, rationale, version)
      select s.panel_id, ${at.round}::int, s.member_id, s.policy_id, s.criterion_id, s.non_score, s.rationale, 1
      from score s
      join consensus c on c.panel_id = s.panel_id and c.round = ${at.round} and c.policy_id = s.policy_id and c.criterion_id = s.criterion_id
      join review v on v.panel_id = s.panel_id and v.round = ${at.round} and v.member_id = s.member_id
      where s.panel_id = ${at.panelId} and s.non_score = 'recused'
        and s.round = (select max(e.round) from score e where e.panel_id = s.panel_id and e.member_id = s.member_id
          and e.policy_id = s.policy_id and e.criterion_id = s.criterion_id and e.round < ${at.round})
      returning *
    )
    insert into score_revision (panel_id, round, member_id, policy_id, criterion_id, version, non_score, rationale)
    select panel_id, round, member_id, policy_id, criterion_id, version, non_score, rationale from carried`);
}

/**
 * At submission: scores whose author could see others' before are marked so, in every later figure and export; whoever only
 * gave a non-score before the reveal now gives a first score. Answers which.
 */
export async function markAfterSight(db: Db, sheet: SheetKey, sawBoard: boolean): Promise<CellId[]> {
  const rows = await db.execute<{ policyId: string; criterionId: string; afterSight: boolean }>(sql`
    update score s set after_sight = ${sawBoard} or (s.round > 1 and not exists (
      select from score e join review v using (panel_id, round, member_id)
      where e.panel_id = s.panel_id and e.member_id = s.member_id and e.policy_id = s.policy_id
        and e.criterion_id = s.criterion_id and e.round < s.round and v.state = 'submitted'
        and (e.value is not null or s.value is null)))
    where s.panel_id = ${sheet.panelId} and s.round = ${sheet.round} and s.member_id = ${sheet.memberId}
    returning policy_id as "policyId", criterion_id as "criterionId", after_sight as "afterSight"`);
  return rows.filter(({ afterSight }) => afterSight);
}

/** The cells this member is recused from in a round, drafts included. */
export async function readOwnRecusals(db: Db, sheet: SheetKey): Promise<CellId[]> {
  return db
    .select({ policyId: score.policyId, criterionId: score.criterionId })
    .from(score)
    .where(and(ofSheet(sheet), eq(score.nonScore, "recused")));
}

/** One submitted answer to a cell, or the absence of a reviewer who did not submit. */
export interface CellAnswer {
  readonly memberId: string;
  readonly name: string;
  readonly code: string | null;
  readonly value: number | null;
  readonly nonScore: NonScore | "absent" | null;
  readonly rationale: string;
  readonly changeReason: string | null;
  readonly afterSight: boolean;
}

export async function listCellAnswers(
  db: Db,
  at: { panelId: string; round: number },
  cell: CellId,
): Promise<CellAnswer[]> {
  return db.execute<CellAnswer & Record<string, unknown>>(sql`
    select v.member_id as "memberId", coalesce(m.record_name, u.name) as name, m.code, s.value,
      case when v.state = 'absent' then 'absent' else s.non_score end as "nonScore",
      coalesce(s.rationale, '') as rationale, s.change_reason as "changeReason", coalesce(s.after_sight, false) as "afterSight"
    from review v
    join member m using (panel_id, member_id)
    join app_user u on u.user_id = m.user_id
    left join score s on v.state = 'submitted' and s.panel_id = v.panel_id and s.round = v.round and s.member_id = v.member_id
      and s.policy_id = ${cell.policyId} and s.criterion_id = ${cell.criterionId}
    where v.panel_id = ${at.panelId} and v.round = ${at.round} and v.state <> 'drafting'
    order by name, v.member_id`);
}

const sameCell = and(
  eq(consensus.panelId, score.panelId),
  eq(consensus.round, score.round),
  eq(consensus.policyId, score.policyId),
  eq(consensus.criterionId, score.criterionId),
);

function ofSheet(sheet: SheetKey) {
  return and(eq(score.panelId, sheet.panelId), eq(score.round, sheet.round), eq(score.memberId, sheet.memberId));
}

function ofCell(cell: CellId) {
  return and(eq(score.policyId, cell.policyId), eq(score.criterionId, cell.criterionId));
}

type ScoreRow = Pick<typeof score.$inferSelect, keyof typeof columns>;

function asScore(row: ScoreRow): Score {
  const { policyId, criterionId, value, nonScore, rationale, version, savedAt } = row;
  const changeReason = row.changeReason && {
    code: row.changeReason,
    ...(row.changeNote === null ? {} : { note: row.changeNote }),
  };
  return { policyId, criterionId, value, nonScore, rationale, changeReason, version, savedAt };
}
