import { readNow } from "#db/audit.ts";
import type { Db } from "#db/open.ts";
import { findPanel } from "#db/panels.ts";
import { enqueueAct, enqueueCells } from "#db/pending.ts";
import { lockReview, markSubmitted } from "#db/reviews.ts";
import { lockPhase, readScope } from "#db/rounds.ts";
import { markAfterSight, readEarlierScores, readSheet, type SheetKey } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import { maySubmit } from "#rubric/round.ts";
import { incompleteIn } from "#rubric/sheet.ts";
import type { Application } from "../application.ts";
import { recordEvent } from "../audit.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { write } from "./write.ts";

/**
 * Locks the caller's own scores of the current round. From now on they count, so the cells' pending rows are written in
 * the same commit. Submitting again answers what the first submission answered.
 *
 * @throws Refusal 422 listing each incomplete cell; 403 when the phase or the review does not allow it
 */
export async function submitRound(app: Application, member: Member): Promise<{ submittedAt: string }> {
  const answer = await write(app, member.userId, async (db) => {
    const { panel, sheet, review, now, own } = await requireReview(db, member);
    if (review.submittedAt !== null) return { submittedAt: review.submittedAt };
    const ruling = maySubmit({ phase: panel.phase, review: review.state });
    if (!ruling.allowed) throw new Refusal(403, ruling.sentence);
    requireComplete(own, panel.protocol);
    await count(db, { sheet, now }, review.sawBoard);
    return { submittedAt: now };
  });
  app.aggregation.wake();
  return answer;
}

/** The caller's review of the current round, held until this transaction ends, and what is in it. */
async function requireReview(db: Db, { panelId, memberId }: Member) {
  // Sent together and done in this order: what is read is newer than the locks.
  const [, panel, now] = await Promise.all([lockPhase(db, panelId, "shared"), findPanel(db, panelId), readNow(db)]);
  if (!panel) throw notFound();
  const { round } = panel;
  if (round === null) throw new Refusal(403, "No round is open.");
  const sheet = { panelId, round, memberId };
  const [review, scope, scores, earlier] = await Promise.all([
    lockReview(db, sheet),
    readScope(db, panelId, round),
    readSheet(db, sheet),
    round === 1 ? [] : readEarlierScores(db, sheet),
  ]);
  if (!review) throw new Refusal(403, "You do not score in this round.");
  return { panel, sheet, review, now, own: { scope, scores, earlier } };
}

/** From here on the sheet counts: whatever has to follow is queued in the same commit. */
async function count(db: Db, { sheet, now }: { sheet: SheetKey; now: string }, sawBoard: boolean): Promise<void> {
  const { panelId, round } = sheet;
  await Promise.all([
    markSubmitted(db, sheet),
    // In a first round nobody has seen anything, unless it was reopened.
    round > 1 || sawBoard ? markAfterSight(db, sheet, sawBoard) : null,
    enqueueCells(db, sheet),
    enqueueAct(db, panelId),
    recordEvent(db, { panelId, by: "a reviewer", at: now }, { act: "review-submitted", round }),
  ]);
}

function requireComplete(own: Parameters<typeof incompleteIn>[0], protocol: Protocol): void {
  const incomplete = incompleteIn(own, protocol);
  if (incomplete.length === 0) return;
  const count = incomplete.length === 1 ? "1 cell is" : `${incomplete.length} cells are`;
  throw invalid(
    `${count} not complete yet.`,
    incomplete.map((cell) => ({ path: `${cell.policyId}.${cell.criterionId}`, message: cell.sentence })),
  );
}
