import { and, asc, eq, inArray } from "drizzle-orm";
import type { Answer } from "#rubric/bundle-answers.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { ScaleRange } from "#rubric/scale.ts";
import type { Db } from "./open.ts";
import { consensus, member, panel, review, score } from "./schema.ts";
import { listWithheld, type WithheldAnswers } from "./withheld.ts";

type PlacedAnswer = Answer & { readonly position: number };

/**
 * Every reviewer's answer to every cell in a round's scope, cell by cell in rubric order: the submitted ones, and `absent`
 * for those who did not submit. To be asked of revealed rounds only.
 *
 * Put together here: a planner that does not know yet how many scores were given joins each of them with each of the others.
 */
export async function listAnswers(db: Db, at: { panelId: string; round: number }): Promise<Answer[]> {
  const [cells, authors, withheld] = await Promise.all([listCells(db, at), listAuthors(db, at), listWithheld(db, at)]);
  const submitted = authors.filter(({ state }) => state === "submitted").map(({ memberId }) => memberId);
  const scores = await listScores(db, at, submitted);
  const given = new Map(scores.map((row) => [`${row.memberId} ${cellKey(row)}`, row]));
  const known = authors.flatMap((author) =>
    cells.flatMap((cell) => answerTo({ author, cell, given: given.get(`${author.memberId} ${cellKey(cell)}`) })),
  );
  const all: PlacedAnswer[] = [...known, ...withheld.flatMap(unknownAnswers)];
  return all.sort((left, right) => left.position - right.position).map(({ position: _place, ...answer }) => answer);
}

interface Asked {
  readonly author: Awaited<ReturnType<typeof listAuthors>>[number];
  readonly cell: Awaited<ReturnType<typeof listCells>>[number];
  readonly given: Awaited<ReturnType<typeof listScores>>[number] | undefined;
}

function answerTo({ author: { state, ...author }, cell, given }: Asked): PlacedAnswer[] {
  if (state === "submitted") return given ? [{ ...given, ...author, ...cell }] : [];
  if (state !== "absent") return [];
  const nothing = { value: null, rationale: "", changeReason: null, afterSight: false, version: 0 };
  return [{ ...author, ...cell, ...nothing, nonScore: "absent" }];
}

/** Answers of which an imported record tells nothing but that they were given. */
function unknownAnswers({ n, ...answer }: WithheldAnswers): PlacedAnswer[] {
  const unknown = { memberId: "", code: null, rationale: "", changeReason: null, afterSight: false, version: 0 };
  return Array.from({ length: n }, () => ({ ...answer, ...unknown, submittedAt: null }));
}

function listCells(db: Db, { panelId, round }: { panelId: string; round: number }) {
  return db
    .select({ position: consensus.position, policyId: consensus.policyId, criterionId: consensus.criterionId })
    .from(consensus)
    .where(and(eq(consensus.panelId, panelId), eq(consensus.round, round)));
}

function listAuthors(db: Db, { panelId, round }: { panelId: string; round: number }) {
  return db
    .select({
      memberId: review.memberId,
      code: member.code,
      state: review.state,
      submittedAt: review.submittedAt,
    })
    .from(review)
    .innerJoin(member, and(eq(member.panelId, review.panelId), eq(member.memberId, review.memberId)))
    .where(and(eq(review.panelId, panelId), eq(review.round, round)))
    .orderBy(asc(review.memberId));
}

/** A draft that was never submitted is not an answer, whoever asks: it is not even read. */
function listScores(db: Db, { panelId, round }: { panelId: string; round: number }, submitted: readonly string[]) {
  return db
    .select({
      memberId: score.memberId,
      policyId: score.policyId,
      criterionId: score.criterionId,
      value: score.value,
      nonScore: score.nonScore,
      rationale: score.rationale,
      changeReason: score.changeReason,
      afterSight: score.afterSight,
      version: score.version,
    })
    .from(score)
    .where(and(eq(score.panelId, panelId), eq(score.round, round), inArray(score.memberId, submitted)));
}

/** The levels a panel scores on. */
export async function readScale(db: Db, panelId: string): Promise<ScaleRange | null> {
  const [row] = await db
    .select({ min: panel.scaleMin, max: panel.scaleMax, step: panel.scaleStep })
    .from(panel)
    .where(eq(panel.panelId, panelId));
  return row ?? null;
}
