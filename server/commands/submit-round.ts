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
    await lockPhase(db, member.panelId, "shared");
    const { panel, sheet, review } = await requireReview(db, member);
    if (review.submittedAt !== null) return { submittedAt: review.submittedAt };
    const ruling = maySubmit({ phase: panel.phase, review: review.state });
    if (!ruling.allowed) throw new Refusal(403, ruling.sentence);
    await requireComplete(db, sheet, panel.protocol);
    return { submittedAt: await count(db, sheet, review.sawBoard) };
  });
  app.aggregation.wake();
  return answer;
}

/** The caller's review of the current round, held until this transaction ends. */
async function requireReview(db: Db, { panelId, memberId }: Member) {
  const panel = await findPanel(db, panelId);
  if (!panel) throw notFound();
  if (panel.round === null) throw new Refusal(403, "No round is open.");
  const sheet = { panelId, round: panel.round, memberId };
  const review = await lockReview(db, sheet);
  if (!review) throw new Refusal(403, "You do not score in this round.");
  return { panel, sheet, review };
}

/** From here on the sheet counts: whatever has to follow is queued in the same commit. */
async function count(db: Db, sheet: SheetKey, sawBoard: boolean): Promise<string> {
  await markAfterSight(db, sheet, sawBoard);
  const submittedAt = await markSubmitted(db, sheet);
  await enqueueCells(db, sheet);
  await enqueueAct(db, sheet.panelId);
  await recordEvent(db, { panelId: sheet.panelId, by: "a reviewer" }, { act: "review-submitted", round: sheet.round });
  return submittedAt;
}

async function requireComplete(db: Db, sheet: SheetKey, protocol: Protocol): Promise<void> {
  const scope = await readScope(db, sheet.panelId, sheet.round);
  const incomplete = incompleteIn(
    { scope, scores: await readSheet(db, sheet), earlier: await readEarlierScores(db, sheet) },
    protocol,
  );
  if (incomplete.length === 0) return;
  const count = incomplete.length === 1 ? "1 cell is" : `${incomplete.length} cells are`;
  throw invalid(
    `${count} not complete yet.`,
    incomplete.map((cell) => ({ path: `${cell.policyId}.${cell.criterionId}`, message: cell.sentence })),
  );
}
