import { and, asc, eq, isNotNull, or } from "drizzle-orm";
import type { Answer } from "#rubric/bundle-answers.ts";
import type { ScaleRange } from "#rubric/scale.ts";
import type { Db } from "./open.ts";
import { consensus, member, panel, review, score } from "./schema.ts";
import { listWithheld, type WithheldAnswers } from "./withheld.ts";

/**
 * Every reviewer's answer to every cell in a round's scope, cell by cell in rubric order: the submitted ones, and `absent`
 * for those who did not submit. To be asked of revealed rounds only.
 */
export async function listAnswers(db: Db, at: { panelId: string; round: number }): Promise<Answer[]> {
  const [rows, withheld] = await Promise.all([listKnown(db, at), listWithheld(db, at)]);
  const all = [...rows.map(knownAnswer), ...withheld.flatMap(unknownAnswers)];
  return all.sort((left, right) => left.position - right.position).map(({ position: _place, ...answer }) => answer);
}

type PlacedAnswer = Answer & { readonly position: number };

function knownAnswer({ state, ...row }: Awaited<ReturnType<typeof listKnown>>[number]): PlacedAnswer {
  return {
    ...row,
    nonScore: state === "absent" ? "absent" : row.nonScore,
    rationale: row.rationale ?? "",
    afterSight: row.afterSight ?? false,
    version: row.version ?? 0,
  };
}

/** Answers of which an imported record tells nothing but that they were given. */
function unknownAnswers({ n, ...answer }: WithheldAnswers): PlacedAnswer[] {
  const unknown = { memberId: "", code: null, rationale: "", changeReason: null, afterSight: false, version: 0 };
  return Array.from({ length: n }, () => ({ ...answer, ...unknown, submittedAt: null }));
}

function listKnown(db: Db, at: { panelId: string; round: number }) {
  return db
    .select({
      memberId: review.memberId,
      code: member.code,
      state: review.state,
      submittedAt: review.submittedAt,
      position: consensus.position,
      policyId: consensus.policyId,
      criterionId: consensus.criterionId,
      value: score.value,
      nonScore: score.nonScore,
      rationale: score.rationale,
      changeReason: score.changeReason,
      afterSight: score.afterSight,
      version: score.version,
    })
    .from(review)
    .innerJoin(member, and(eq(member.panelId, review.panelId), eq(member.memberId, review.memberId)))
    .innerJoin(consensus, and(eq(consensus.panelId, review.panelId), eq(consensus.round, review.round)))
    .leftJoin(score, answersTheCell)
    .where(
      and(
        eq(review.panelId, at.panelId),
        eq(review.round, at.round),
        or(eq(review.state, "absent"), isNotNull(score.version)),
      ),
    )
    .orderBy(asc(consensus.position), asc(review.memberId));
}

/** A draft that was never submitted is not an answer, whoever asks. */
const answersTheCell = and(
  eq(review.state, "submitted"),
  eq(score.panelId, review.panelId),
  eq(score.round, review.round),
  eq(score.memberId, review.memberId),
  eq(score.policyId, consensus.policyId),
  eq(score.criterionId, consensus.criterionId),
);

/** The levels a panel scores on. */
export async function readScale(db: Db, panelId: string): Promise<ScaleRange | null> {
  const [row] = await db
    .select({ min: panel.scaleMin, max: panel.scaleMax, step: panel.scaleStep })
    .from(panel)
    .where(eq(panel.panelId, panelId));
  return row ?? null;
}
