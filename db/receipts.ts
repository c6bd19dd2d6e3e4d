import { and, asc, eq } from "drizzle-orm";
import type { Db } from "./open.ts";
import { receipt, review } from "./schema.ts";
import type { SheetKey } from "./scores.ts";

/** Keeps the exact text that a reviewer is given. */
export async function insertReceipt(db: Db, { panelId, round, memberId }: SheetKey, text: string): Promise<void> {
  await db.run`insert into receipt (panel_id, round, member_id, receipt) values (${panelId}, ${round}, ${memberId}, ${text})`;
}

/** `null` for a review without one: not submitted, or submitted before there were receipts. */
export async function findReceipt(db: Db, sheet: SheetKey): Promise<string | null> {
  const [row] = await db.select({ text: receipt.receipt }).from(receipt).where(ofSheet(sheet));
  return row?.text ?? null;
}

/** The rounds that one member holds a receipt of. */
export async function listReceiptRounds(db: Db, panelId: string, memberId: string): Promise<number[]> {
  const rows = await db
    .select({ round: receipt.round })
    .from(receipt)
    .where(and(eq(receipt.panelId, panelId), eq(receipt.memberId, memberId)))
    .orderBy(asc(receipt.round));
  return rows.map(({ round }) => round);
}

/** A reopened submission's receipt; its commitments never enter the chain. */
export async function deleteReceipt(db: Db, sheet: SheetKey): Promise<void> {
  await db.delete(receipt).where(ofSheet(sheet));
}

/** The receipts of a round's submitted reviews. */
export async function listReceipts(db: Db, at: { panelId: string; round: number }): Promise<string[]> {
  const isOfReview = and(
    eq(review.panelId, receipt.panelId),
    eq(review.round, receipt.round),
    eq(review.memberId, receipt.memberId),
  );
  const rows = await db
    .select({ text: receipt.receipt })
    .from(receipt)
    .innerJoin(review, isOfReview)
    .where(and(eq(receipt.panelId, at.panelId), eq(receipt.round, at.round), eq(review.state, "submitted")));
  return rows.map(({ text }) => text);
}

function ofSheet(sheet: SheetKey) {
  return and(eq(receipt.panelId, sheet.panelId), eq(receipt.round, sheet.round), eq(receipt.memberId, sheet.memberId));
}
