import { rememberDevice } from "#db/known-devices.ts";
import { findFactor, owesSecondStep } from "#db/second-factors.ts";
import { insertStep } from "#db/sign-in-steps.ts";
import type { Application } from "../application.ts";
import type { OpenedSession } from "../auth/accounts.ts";
import { newSecret } from "../auth/totp.ts";
import type { Visitor } from "../auth/visitor.ts";
import { randomToken, sha256 } from "../hash.ts";

/** Somebody is in. */
export interface Entered {
  readonly kind: "in";
  readonly userId: string;
  readonly session: OpenedSession;
  readonly deviceToken: string;
}

/** Somebody has shown the first half of who they are, and owes a code or, first, an app that makes codes. */
interface HalfWay {
  readonly kind: "code" | "set-up";
  readonly stepToken: string;
}

export type Entry = Entered | HalfWay;

const stepLifetimeMs = 10 * 60 * 1000;

/** Lets in whoever has just proved to be this person, or leads them to the second step. */
export async function enter(app: Application, visitor: Visitor, userId: string): Promise<Entry> {
  const { pool } = app.database;
  const factor = await findFactor(pool, userId);
  if (factor?.confirmedAt) return halfWay(app, { kind: "code", userId });
  if (await owesSecondStep(pool, userId)) return halfWay(app, { kind: "set-up", userId });
  return openSession(app, visitor, userId);
}

/** A new session, under an id nobody knew before, in place of the one this browser may have had. */
export async function openSession(app: Application, visitor: Visitor, userId: string): Promise<Entered> {
  if (visitor.formerSessionId !== null) await app.accounts.closeSession(visitor.formerSessionId);
  const session = await app.accounts.openSession(userId, visitor.browser);
  return { kind: "in", userId, session, deviceToken: await markDevice(app, visitor, userId) };
}

/** The device is known from now on, by a new mark. */
export async function markDevice(app: Application, { deviceToken }: Visitor, userId: string): Promise<string> {
  const token = randomToken();
  const oldHash = deviceToken === null ? null : sha256(deviceToken);
  const device = { userId, oldHash, newHash: sha256(token), at: app.clock().toISOString() };
  await app.database.write((db) => rememberDevice(db, device));
  return token;
}

async function halfWay(app: Application, step: { kind: HalfWay["kind"]; userId: string }): Promise<HalfWay> {
  const stepToken = randomToken();
  await insertStep(app.database.pool, {
    stepHash: sha256(stepToken),
    userId: step.userId,
    offeredSecret: step.kind === "set-up" ? newSecret() : null,
    expiresAt: new Date(app.clock().getTime() + stepLifetimeMs).toISOString(),
  });
  return { kind: step.kind, stepToken };
}

/** What the browser of whoever comes in, or has come half-way, keeps. */
export function cookiesOf({ accounts }: Application, entry: Entry): string[] {
  if (entry.kind !== "in") return [accounts.cookies.step(entry.stepToken)];
  return [
    accounts.sessionCookie(entry.session.sessionId),
    accounts.cookies.device(entry.deviceToken),
    accounts.cookies.blankStep(),
  ];
}
