import { giveBack, type Limit, takeAttempt } from "#db/attempts.ts";
import type { Application } from "../application.ts";
import { sha256 } from "../hash.ts";
import { Refusal } from "../refusal.ts";
import type { Visitor } from "./visitor.ts";

const minuteMs = 60_000;

/** Where a sign-in is tried, and for whom. */
export interface Attempt {
  readonly visitor: Visitor;
  readonly email: string;
  /** The device's mark, where this person has signed in on it before. */
  readonly deviceHash: string | null;
}

/**
 * What failures at a password count against: the account and the neighbourhood. A device on which this person signed in
 * before has an allowance of its own, so that nobody can lock them out from elsewhere.
 */
export function passwordLimits({ visitor, email, deviceHash }: Attempt): Limit[] {
  if (deviceHash !== null) return [limit(`device ${deviceHash} ${email}`, 10, 15)];
  return [limit(`account ${email}`, 10, 15), limit(`block ${visitor.addressBlock}`, 50, 15)];
}

/** What failures at a code count against, and every try of one together with a password. */
export function codeLimits({ visitor, email, deviceHash }: Attempt): Limit[] {
  if (deviceHash !== null) return [limit(`device code ${deviceHash} ${email}`, 5, 5)];
  return [limit(`code ${email}`, 5, 5), limit(`block ${visitor.addressBlock}`, 50, 15)];
}

/** The signed-in person's own password, asked again. */
export function ownPasswordLimits(userId: string): Limit[] {
  return [limit(`own password ${userId}`, 10, 15)];
}

/** The first code of an app that is being set up. */
export function ownCodeLimits(userId: string): Limit[] {
  return [limit(`own code ${userId}`, 5, 5)];
}

/** Mails with a link to set a password: every request counts, for an address that is known here or not. */
export function resetLimits({ visitor, email }: { visitor: Visitor; email: string }): Limit[] {
  return [limit(`reset ${email}`, 3, 60), limit(`reset block ${visitor.addressBlock}`, 20, 60)];
}

function limit(what: string, most: number, minutes: number): Limit {
  return { bucket: sha256(what), most, windowMs: minutes * minuteMs };
}

/**
 * Tries something that may fail only so often. An attempt counts from its beginning; it is given back when it succeeds, or
 * when nobody can tell whether it was right.
 *
 * @param tryOnce answers `null` for a failure
 * @throws Refusal 429, the same for an address that is known here or not
 */
export async function withinRate<Result>(
  app: Application,
  limits: readonly Limit[],
  tryOnce: () => Promise<Result | null>,
): Promise<Result | null> {
  const attemptIds = await count(app, limits);
  let isFailure = false;
  try {
    const result = await tryOnce();
    isFailure = result === null;
    return result;
  } finally {
    if (!isFailure) await giveBack(app.database.pool, attemptIds);
  }
}

/**
 * Counts an act against its limits.
 * @throws Refusal 429
 */
export async function count(app: Application, limits: readonly Limit[]): Promise<readonly number[]> {
  const now = app.clock();
  const unique = [...new Map(limits.map((one) => [one.bucket, one])).values()];
  const taken = await app.database.write((db) => takeAttempt(db, unique, now));
  if (taken.isTaken) return taken.attemptIds;
  const seconds = Math.ceil((taken.until.getTime() - now.getTime()) / 1000);
  throw new Refusal(429, `Too many attempts. Try again in ${waitWords(seconds)}.`, { retryAfterSeconds: seconds });
}

function waitWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
