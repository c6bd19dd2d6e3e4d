import { findReceipt, listReceiptRounds } from "#db/receipts.ts";
import type { Member } from "#rubric/member.ts";
import { type Receipt, receiptSchema } from "#rubric/receipt.ts";
import { showReceipt } from "#rubric/view.ts";
import type { Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";
import { notFound } from "../refusal.ts";
import { readPlace } from "./place.ts";

/**
 * The receipt of the caller's own submission, as it was given then; of the current round unless another is named.
 * @throws Refusal 404 where the caller has none
 */
export async function readReceipt(
  app: Application,
  member: Member,
  asked: { round: number | null },
): Promise<Shown<Receipt>> {
  return app.database.read(async (db) => {
    const { panel, sight } = await readPlace(db, member);
    const round = asked.round ?? panel.round;
    const isRound = round !== null && Number.isInteger(round) && round >= 1 && round <= 1000;
    const { panelId, memberId } = member;
    const text = isRound && sight.ownScores === "full" ? await findReceipt(db, { panelId, round, memberId }) : null;
    const shown = text === null ? null : showReceipt(sight, receiptSchema.parse(JSON.parse(text)));
    if (shown === null) throw notFound();
    return shown;
  });
}

/** The rounds of which the caller can have a receipt. */
export async function readReceiptRounds(app: Application, member: Member): Promise<number[]> {
  return app.database.read(async (db) => {
    const { sight } = await readPlace(db, member);
    return sight.ownScores === "full" ? listReceiptRounds(db, member.panelId, member.memberId) : [];
  });
}
