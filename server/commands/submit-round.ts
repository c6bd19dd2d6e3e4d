import { readChainEnd, readNow } from "#db/audit.ts";
import type { Db } from "#db/open.ts";
import { findPanel } from "#db/panels.ts";
import { enqueueAct, enqueueCells } from "#db/pending.ts";
import { findReceipt, insertReceipt } from "#db/receipts.ts";
import { lockReview, markSubmitted } from "#db/reviews.ts";
import { lockPhase, readScope } from "#db/rounds.ts";
import { markAfterSight, readEarlierScores, readSheet } from "#db/scores.ts";
import { canonical } from "#rubric/canonical.ts";
import { checkpointText } from "#rubric/checkpoint.ts";
import type { Member } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import { type Receipt, receiptSchema } from "#rubric/receipt.ts";
import { maySubmit } from "#rubric/round.ts";
import { cellKey } from "#rubric/rubric.ts";
import { incompleteIn } from "#rubric/sheet.ts";
import type { Application } from "../application.ts";
import { recordEvent } from "../audit.ts";
import { committed, makeReceipt } from "../commitments.ts";
import { hexOf } from "../hash.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { write } from "./write.ts";

/**
 * Locks the caller's own scores of the current round. From now on they count, so the cells' pending rows are written in
 * the same commit. The receipt commits both sides to them: its commitments enter the audit chain at the reveal.
 * Submitting again answers what the first submission answered.
 *
 * @throws Refusal 422 listing each incomplete cell; 403 when the phase or the review does not allow it
 */
export async function submitRound(app: Application, member: Member): Promise<Submitted> {
  const answer = await write(app, member.userId, async (db) => {
    const { panel, review, ...submission } = await requireReview(db, member);
    if (review.submittedAt !== null) return submittedBefore(db, submission.sheet, review.submittedAt);
    const ruling = maySubmit({ phase: panel.phase, review: review.state });
    if (!ruling.allowed) throw new Refusal(403, ruling.sentence);
    requireComplete(submission.own, panel.protocol);
    const secret = hexOf(app.chance.bytes(32));
    const receipt = await count(db, { ...submission, secret }, review.sawBoard);
    return { submittedAt: submission.now, receipt };
  });
  app.aggregation.wake();
  return answer;
}

interface Submitted {
  readonly submittedAt: string;
  /** Absent for a submission from before there were receipts. */
  readonly receipt?: Receipt;
}

type Submission = Omit<Awaited<ReturnType<typeof requireReview>>, "panel" | "review">;

async function submittedBefore(db: Db, sheet: Submission["sheet"], submittedAt: string): Promise<Submitted> {
  const text = await findReceipt(db, sheet);
  return text === null ? { submittedAt } : { submittedAt, receipt: receiptSchema.parse(JSON.parse(text)) };
}

/** The caller's review of the current round, held until this transaction ends, and what is in it. */
async function requireReview(db: Db, { panelId, memberId }: Member) {
  // Sent together and done in this order: what is read is newer than the locks.
  const [, panel, now] = await Promise.all([lockPhase(db, panelId, "shared"), findPanel(db, panelId), readNow(db)]);
  if (!panel) throw notFound();
  const { round } = panel;
  if (round === null) throw new Refusal(403, "No round is open.");
  const sheet = { panelId, round, memberId };
  const [review, scope, scores, earlier, end] = await Promise.all([
    lockReview(db, sheet),
    readScope(db, panelId, round),
    readSheet(db, sheet),
    round === 1 ? [] : readEarlierScores(db, sheet),
    readChainEnd(db, panelId),
  ]);
  if (!review) throw new Refusal(403, "You do not score in this round.");
  return { panel, sheet, review, now, own: { scope, scores, earlier }, end };
}

/** From here on the sheet counts: whatever has to follow is queued in the same commit. */
async function count(
  db: Db,
  { sheet, now, own, end, secret }: Submission & { secret: string },
  sawBoard: boolean,
): Promise<Receipt> {
  const { panelId, round } = sheet;
  const [seen] = await Promise.all([
    // In a first round nobody has seen anything, unless it was reopened.
    round > 1 || sawBoard ? markAfterSight(db, sheet, sawBoard) : [],
    markSubmitted(db, sheet),
    enqueueCells(db, sheet),
    enqueueAct(db, panelId),
    recordEvent(db, { panelId, by: "a reviewer", at: now }, { act: "review-submitted", round }),
  ]);
  const seenCells = new Set(seen.map(cellKey));
  const answers = own.scores.map((score) =>
    committed({ ...score, changeReason: score.changeReason?.code ?? null, afterSight: seenCells.has(cellKey(score)) }),
  );
  const checkpoint = checkpointText({ panelId, ...end });
  const receipt = makeReceipt({ ...sheet, submittedAt: now, checkpoint, secret }, answers);
  await insertReceipt(db, sheet, canonical(receipt));
  return receipt;
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
