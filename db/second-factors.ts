import { and, count, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { installation, recoveryCode, secondFactor } from "./schema.ts";

export interface SecondFactor {
  readonly secret: Uint8Array;
  readonly offeredAt: string;
  /** `null` until its first code was typed. */
  readonly confirmedAt: string | null;
}

export type SecondStepRule = "off" | "facilitators" | "everyone";

export async function readSecondStepRule(db: Db): Promise<SecondStepRule> {
  const [row] = await db.select({ rule: installation.secondStep }).from(installation);
  return row?.rule ?? "off";
}

export async function storeSecondStepRule(db: Db, rule: SecondStepRule): Promise<void> {
  await db.update(installation).set({ secondStep: rule });
}

/** Whether somebody has to have a second step and has none. */
export async function owesSecondStep(db: Db, userId: string): Promise<boolean> {
  const rows = await db.run<{ userId: string }>`
    select user_id as "userId" from owes_second_step where user_id = ${userId}`;
  return rows.length > 0;
}

/** Whether somebody who is made a facilitator would then have to have a second step, and has none. */
export async function wouldOweSecondStep(db: Db, userId: string): Promise<boolean> {
  const rows = await db.run<{ userId: string }>`
    select u.user_id as "userId"
    from app_user u, installation i
    where u.user_id = ${userId} and i.second_step <> 'off' and not (u.is_demonstration and u.password_hash is null)
      and not exists (select from second_factor f where f.user_id = u.user_id and f.confirmed_at is not null)`;
  return rows.length > 0;
}

export async function findFactor(db: Db, userId: string): Promise<SecondFactor | null> {
  const [row] = await db
    .select({
      secret: secondFactor.secret,
      offeredAt: secondFactor.offeredAt,
      confirmedAt: secondFactor.confirmedAt,
    })
    .from(secondFactor)
    .where(eq(secondFactor.userId, userId));
  return row ?? null;
}

/** Puts a secret before its owner; an older offer is void. `false` where a factor is in force already. */
export async function offerFactor(
  db: Db,
  offer: { userId: string; secret: Uint8Array; offeredAt: string },
): Promise<boolean> {
  const offered = await db
    .insert(secondFactor)
    .values(offer)
    .onConflictDoUpdate({
      target: secondFactor.userId,
      set: { secret: offer.secret, offeredAt: offer.offeredAt, lastStep: 0 },
      setWhere: isNull(secondFactor.confirmedAt),
    })
    .returning({ userId: secondFactor.userId });
  return offered.length === 1;
}

/** Puts an offered factor in force; the step whose code confirmed it is used. `false` where another one came first. */
export async function confirmFactor(
  db: Db,
  factor: { userId: string; secret: Uint8Array; step: number; at: string },
): Promise<boolean> {
  const confirmed = await db
    .update(secondFactor)
    .set({ confirmedAt: factor.at, lastStep: factor.step })
    .where(
      and(
        eq(secondFactor.userId, factor.userId),
        eq(secondFactor.secret, factor.secret),
        isNull(secondFactor.confirmedAt),
      ),
    )
    .returning({ userId: secondFactor.userId });
  return confirmed.length === 1;
}

export async function deleteFactor(db: Db, userId: string): Promise<boolean> {
  await db.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  const deleted = await db
    .delete(secondFactor)
    .where(eq(secondFactor.userId, userId))
    .returning({ userId: secondFactor.userId });
  return deleted.length === 1;
}

/** Uses a time step up. `false` where it, or a later one, was used before. */
export async function spendStep(db: Db, userId: string, step: number): Promise<boolean> {
  const used = await db
    .update(secondFactor)
    .set({ lastStep: step })
    .where(and(eq(secondFactor.userId, userId), isNotNull(secondFactor.confirmedAt), lt(secondFactor.lastStep, step)))
    .returning({ userId: secondFactor.userId });
  return used.length === 1;
}

/** Uses a recovery code up. `false` where there is none like it. */
export async function spendRecoveryCode(db: Db, userId: string, codeHash: string): Promise<boolean> {
  const used = await db
    .delete(recoveryCode)
    .where(and(eq(recoveryCode.userId, userId), eq(recoveryCode.codeHash, codeHash)))
    .returning({ userId: recoveryCode.userId });
  return used.length === 1;
}

/** The codes from before are worth nothing any more. */
export async function replaceRecoveryCodes(db: Db, userId: string, codeHashes: readonly string[]): Promise<void> {
  await db.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  await db.insert(recoveryCode).values(codeHashes.map((codeHash) => ({ userId, codeHash })));
}

export async function countRecoveryCodes(db: Db, userId: string): Promise<number> {
  const [row] = await db.select({ left: count() }).from(recoveryCode).where(eq(recoveryCode.userId, userId));
  return row?.left ?? 0;
}

/** Takes an offer back that was not confirmed. */
export async function withdrawOffer(db: Db, userId: string): Promise<void> {
  await db.delete(secondFactor).where(and(eq(secondFactor.userId, userId), sql`${secondFactor.confirmedAt} is null`));
}
