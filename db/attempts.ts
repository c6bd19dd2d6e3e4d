import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { attempt } from "./schema.ts";

export interface Limit {
  /** What is counted: a hash, the same on every node. */
  readonly bucket: string;
  readonly most: number;
  readonly windowMs: number;
}

export type Taken =
  | { readonly isTaken: true; readonly attemptIds: readonly number[] }
  /** When the next attempt is possible. */
  | { readonly isTaken: false; readonly until: Date };

/**
 * Counts one attempt against every limit, or against none where one is used up. Whoever comes at the same moment waits,
 * on whichever node: so a hundred guesses at once are no more than a hundred in a row.
 */
export async function takeAttempt(db: Db, limits: readonly Limit[], at: Date): Promise<Taken> {
  const inOrder = [...limits].sort((left, right) => (left.bucket < right.bucket ? -1 : 1));
  for (const { bucket } of inOrder)
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`attempt/${bucket}`}, 0))`);
  const ends = await Promise.all(inOrder.map((limit) => endOfWait(db, limit, at)));
  const until = Math.max(...ends);
  if (until > at.getTime()) return { isTaken: false, until: new Date(until) };
  const rows = await db
    .insert(attempt)
    .values(inOrder.map(({ bucket }) => ({ bucket, madeAt: at.toISOString() })))
    .returning({ attemptId: attempt.attemptId });
  return { isTaken: true, attemptIds: rows.map(({ attemptId }) => attemptId) };
}

/** When the oldest of the attempts that use a limit up leaves its window; 0 while there is room. */
async function endOfWait(db: Db, { bucket, most, windowMs }: Limit, at: Date): Promise<number> {
  const since = new Date(at.getTime() - windowMs).toISOString();
  const [decisive] = await db
    .select({ madeAt: attempt.madeAt })
    .from(attempt)
    .where(and(eq(attempt.bucket, bucket), gt(attempt.madeAt, since)))
    .orderBy(desc(attempt.madeAt))
    .offset(most - 1)
    .limit(1);
  return decisive ? Date.parse(decisive.madeAt) + windowMs : 0;
}

/** What was no failure does not count. */
export async function giveBack(db: Db, attemptIds: readonly number[]): Promise<void> {
  await db.delete(attempt).where(inArray(attempt.attemptId, [...attemptIds]));
}

/** No window is longer than a day. */
export async function forgetOldAttempts(db: Db): Promise<void> {
  await db.delete(attempt).where(sql`${attempt.madeAt} < now() - interval '1 day'`);
}
