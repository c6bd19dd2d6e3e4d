import { and, asc, eq, sql } from "drizzle-orm";
import type { ReviewState } from "#rubric/round.ts";
import type { Progress } from "#rubric/views.ts";
import { recordedName } from "./members.ts";
import type { Db } from "./open.ts";
import { appUser, member, review, score } from "./schema.ts";

export interface ReviewRow {
  readonly memberId: string;
  readonly state: ReviewState;
  readonly submittedAt: string | null;
  readonly reopenedReason: string | null;
  readonly sawBoard: boolean;
}

const columns = {
  memberId: review.memberId,
  state: review.state,
  submittedAt: review.submittedAt,
  reopenedReason: review.reopenedReason,
  sawBoard: review.sawBoard,
};
const ofRound = (at: { panelId: string; round: number }) =>
  and(eq(review.panelId, at.panelId), eq(review.round, at.round));
const ofMember = (at: { panelId: string; round: number; memberId: string }) =>
  and(ofRound(at), eq(review.memberId, at.memberId));

export async function insertReviews(
  db: Db,
  at: { panelId: string; round: number },
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  await db
    .insert(review)
    .values(memberIds.map((memberId) => ({ ...at, memberId })))
    .onConflictDoNothing();
}

export async function findReview(
  db: Db,
  at: { panelId: string; round: number; memberId: string },
): Promise<ReviewRow | null> {
  const [row] = await db.select(columns).from(review).where(ofMember(at));
  return row ?? null;
}

/** The review, held until this transaction ends, so that its author cannot submit and save at once. */
export async function lockReview(
  db: Db,
  at: { panelId: string; round: number; memberId: string },
): Promise<ReviewRow | null> {
  const [row] = await db.run<ReviewRow>`
    select member_id as "memberId", state, submitted_at as "submittedAt", reopened_reason as "reopenedReason",
      saw_board as "sawBoard"
    from review where panel_id = ${at.panelId} and round = ${at.round} and member_id = ${at.memberId} for update`;
  return row ?? null;
}

/** Submits at the transaction's time. */
export async function markSubmitted(db: Db, at: { panelId: string; round: number; memberId: string }): Promise<void> {
  await db.run`
    update review set state = 'submitted', submitted_at = now()
    where panel_id = ${at.panelId} and round = ${at.round} and member_id = ${at.memberId}`;
}

export async function markReopened(
  db: Db,
  at: { panelId: string; round: number; memberId: string },
  how: { reason: string; sawBoard: boolean },
): Promise<void> {
  await db
    .update(review)
    .set({
      state: "drafting",
      submittedAt: null,
      reopenedReason: how.reason,
      sawBoard: sql`${review.sawBoard} or ${how.sawBoard}`,
    })
    .where(ofMember(at));
}

/** At the reveal: reviewers without submission become absent. Answers how many. */
export async function markAbsent(db: Db, at: { panelId: string; round: number }): Promise<number> {
  const absent = await db
    .update(review)
    .set({ state: "absent" })
    .where(and(ofRound(at), eq(review.state, "drafting")))
    .returning({ memberId: review.memberId });
  return absent.length;
}

/** A draft goes with its author, a submission stays. */
export async function deleteDraftReview(
  db: Db,
  at: { panelId: string; round: number; memberId: string },
): Promise<void> {
  const isOwn = and(eq(score.panelId, at.panelId), eq(score.round, at.round), eq(score.memberId, at.memberId));
  const isDraft = sql`exists (select from review where review.panel_id = ${at.panelId} and review.round = ${at.round} and review.member_id = ${at.memberId} and review.state = 'drafting')`;
  await db.delete(score).where(and(isOwn, isDraft));
  await db.delete(review).where(and(ofMember(at), eq(review.state, "drafting")));
}

/** n of the N who score in the round have submitted. */
export async function readProgress(db: Db, at: { panelId: string; round: number }): Promise<Progress> {
  const [row] = await db
    .select({
      submitted: sql<number>`(count(*) filter (where ${review.state} = 'submitted'))::int`,
      expected: sql<number>`count(*)::int`,
    })
    .from(review)
    .where(ofRound(at));
  return { submitted: row?.submitted ?? 0, expected: row?.expected ?? 0 };
}

/** Every review of a round with how many of its cells have an answer, by name. */
export async function listRoster(
  db: Db,
  at: { panelId: string; round: number },
): Promise<(ReviewRow & { name: string; complete: number })[]> {
  const complete = sql<number>`coalesce(${review.completeInRecord}, (select count(*)::int from ${score} where ${score.panelId} = ${review.panelId} and ${score.round} = ${review.round}
    and ${score.memberId} = ${review.memberId} and (${score.value} is not null or ${score.nonScore} is not null)))`;
  return db
    .select({ ...columns, name: recordedName, complete })
    .from(review)
    .innerJoin(member, and(eq(member.panelId, review.panelId), eq(member.memberId, review.memberId)))
    .innerJoin(appUser, eq(appUser.userId, member.userId))
    .where(ofRound(at))
    .orderBy(asc(recordedName), asc(review.memberId));
}
