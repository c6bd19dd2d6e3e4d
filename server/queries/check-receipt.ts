import type { Db } from "#db/open.ts";
import { findReceipt } from "#db/receipts.ts";
import { readSheet } from "#db/scores.ts";
import { canonical } from "#rubric/canonical.ts";
import type { Member } from "#rubric/member.ts";
import { commitmentLine, receiptSchema } from "#rubric/receipt.ts";
import { cellKey } from "#rubric/rubric.ts";
import { showReceiptCheck } from "#rubric/view.ts";
import type { ReceiptCheckView, Shown } from "#rubric/views.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { type Check, check, firstOf, unless } from "#server/reports/verify-check.ts";
import { heldChecks, isReceipt } from "#server/reports/verify-held.ts";
import { linesOf } from "#server/reports/verify-lines.ts";
import { findBatch } from "#server/reports/verify-receipt.ts";
import type { Application } from "../application.ts";
import { committed } from "../commitments.ts";
import { invalid, notFound } from "../refusal.ts";
import { readPlace } from "./place.ts";

/**
 * Holds a receipt that its owner kept against what is stored now, and against the audit chain.
 * @throws Refusal 422 for a text that is no receipt at all
 */
export async function checkReceipt(app: Application, member: Member, text: string): Promise<Shown<ReceiptCheckView>> {
  const value = parsed(text);
  if (!isReceipt(value))
    throw invalid("This is not a receipt.", [
      { path: "receipt", message: "Paste the whole text of the file that you were given when you submitted." },
    ]);
  const { sight, stored } = await app.database.read(async (db) => ({
    sight: (await readPlace(db, member)).sight,
    stored: await storedCheck(db, member, value),
  }));
  const bundle = await readBundle(app, member);
  const receipt = receiptSchema.safeParse(value).data;
  const held = stored.outcome === "holds" ? heldChecks(bundle, linesOf(bundle.audit), { receipt: value }) : [];
  const shown = showReceiptCheck(sight, {
    round: receipt?.round ?? null,
    checks: [stored, ...held],
    place: receipt && stored.outcome === "holds" ? findBatch(bundle, receipt) : null,
  });
  if (!shown) throw notFound();
  return shown;
}

/** Whether the server still holds the receipt as it was given, and the answers that it tells of. */
async function storedCheck(db: Db, member: Member, value: unknown): Promise<Check> {
  const receipt = receiptSchema.safeParse(value).data;
  const { panelId, memberId } = member;
  const isOwn = receipt?.panelId === panelId && receipt.memberId === memberId;
  if (!receipt || !isOwn)
    return check("stored receipt", "it is not of a submission of yours in this panel, or was altered");
  const sheet = { panelId, memberId, round: receipt.round };
  const stored = await findReceipt(db, sheet);
  const lines = new Map(
    (await readSheet(db, sheet)).map((score) => [
      cellKey(score),
      // Whether others' scores had been seen is marked at the submission, and checked with the answers shown.
      (afterSight: boolean) =>
        commitmentLine(sheet, committed({ ...score, changeReason: score.changeReason?.code ?? null, afterSight })),
    ]),
  );
  const wrong = receipt.commitments.find(
    (answer) => lines.get(cellKey(answer))?.(answer.afterSight) !== commitmentLine(sheet, answer),
  );
  return check(
    "stored receipt",
    firstOf([
      () => unless(stored !== null, "there is none stored for this round: the submission was reopened"),
      () =>
        unless(
          stored === canonical(receipt),
          "the one stored for this round is another: yours is older, or was altered",
        ),
      () =>
        unless(wrong === undefined, `${wrong ? cellKey(wrong) : ""}: the answer stored is not the one you submitted`),
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return null;
  }
}
