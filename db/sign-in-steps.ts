import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { appUser, passwordReset, signInStep } from "./schema.ts";

/** Somebody who has given the right password and is not in yet. */
export interface SignInStep {
  readonly userId: string;
  readonly email: string;
  /** For who has to set up the second step first; `null` for who owes a code. */
  readonly offeredSecret: Uint8Array | null;
}

export async function insertStep(
  db: Db,
  step: { stepHash: string; userId: string; offeredSecret: Uint8Array | null; expiresAt: string },
): Promise<void> {
  await db.insert(signInStep).values(step);
}

/** `null` for a step that has expired or was finished, and for a disabled account. */
export async function findStep(db: Db, stepHash: string, at: string): Promise<SignInStep | null> {
  const [row] = await db
    .select({ userId: signInStep.userId, email: appUser.email, offeredSecret: signInStep.offeredSecret })
    .from(signInStep)
    .innerJoin(appUser, eq(appUser.userId, signInStep.userId))
    .where(and(eq(signInStep.stepHash, stepHash), gt(signInStep.expiresAt, at), sql`${appUser.disabledAt} is null`));
  return row ?? null;
}

/** `false` where it was finished before. */
export async function deleteStep(db: Db, stepHash: string): Promise<boolean> {
  const deleted = await db
    .delete(signInStep)
    .where(eq(signInStep.stepHash, stepHash))
    .returning({ stepHash: signInStep.stepHash });
  return deleted.length === 1;
}

/** What was begun under the old password or factor ends with it: links to set a password, and half-done sign-ins. */
export async function voidBegun(db: Db, userId: string): Promise<void> {
  await db.delete(passwordReset).where(eq(passwordReset.userId, userId));
  await db.delete(signInStep).where(eq(signInStep.userId, userId));
}

export async function deleteExpiredSteps(db: Db): Promise<void> {
  await db.delete(signInStep).where(lt(signInStep.expiresAt, sql`now()`));
  await db.delete(passwordReset).where(lt(passwordReset.expiresAt, sql`now()`));
}
