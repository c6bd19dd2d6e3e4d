import { and, eq, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { idempotency } from "./schema.ts";

/** Claims a key inside the transaction it makes repeatable; a concurrent twin waits here. `null` when the claim is new. */
export async function claimKey(
  db: Db,
  claim: { userId: string; keyHash: string; requestHash: string },
): Promise<{ requestHash: string; answer: Uint8Array | null } | null> {
  const claimed = await db
    .insert(idempotency)
    .values(claim)
    .onConflictDoNothing()
    .returning({ keyHash: idempotency.keyHash });
  if (claimed.length === 1) return null;
  const [held] = await db
    .select({ requestHash: idempotency.requestHash, answer: idempotency.answer })
    .from(idempotency)
    .where(and(eq(idempotency.userId, claim.userId), eq(idempotency.keyHash, claim.keyHash)));
  return held ?? null;
}

export async function storeAnswer(
  db: Db,
  claim: { userId: string; keyHash: string },
  answer: Uint8Array,
): Promise<void> {
  await db
    .update(idempotency)
    .set({ answer })
    .where(and(eq(idempotency.userId, claim.userId), eq(idempotency.keyHash, claim.keyHash)));
}

/** Answers are kept for seven days. */
export async function forgetOldKeys(db: Db): Promise<void> {
  await db.delete(idempotency).where(sql`${idempotency.createdAt} < now() - interval '7 days'`);
}
