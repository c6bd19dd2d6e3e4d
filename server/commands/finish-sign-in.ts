import { notifyAccess } from "#db/notify.ts";
import { confirmFactor, findFactor, offerFactor, replaceRecoveryCodes } from "#db/second-factors.ts";
import { deleteSessionsOf } from "#db/sessions.ts";
import { deleteStep, findStep, type SignInStep } from "#db/sign-in-steps.ts";
import type { Application } from "../application.ts";
import { codeLimits, withinRate } from "../auth/rates.ts";
import { newRecoveryCodes, recoveryCodeHash } from "../auth/recovery-codes.ts";
import { stepsOf } from "../auth/totp.ts";
import type { Visitor } from "../auth/visitor.ts";
import { sha256 } from "../hash.ts";
import { invalidField, Refusal } from "../refusal.ts";
import { isCodeRight } from "./check-code.ts";
import { attemptOf } from "./check-password.ts";
import { type Entered, openSession } from "./enter.ts";

/** Where a sign-in that is half done stands; `null` when there is none, or it took too long. */
export async function findOwnStep(app: Application, { stepToken }: Visitor): Promise<SignInStep | null> {
  return stepToken === null ? null : findStep(app.database.pool, sha256(stepToken), app.clock().toISOString());
}

/** The second page of signing in: a code of the app, or a recovery code. */
export async function finishSignIn(app: Application, visitor: Visitor, input: { code: string }): Promise<Entered> {
  const step = await requireStep(app, visitor);
  const factor = await findFactor(app.database.pool, step.userId);
  const isRight =
    factor?.confirmedAt &&
    (await tryCode(app, { visitor, step }, () =>
      isCodeRight(app, { userId: step.userId, secret: factor.secret }, input.code.slice(0, 40)),
    ));
  if (!isRight) throw wrongCode();
  return leaveStep(app, visitor, step);
}

/**
 * Sets up the second step that this person must have, with the first code their app makes.
 * @returns the recovery codes, to be shown once
 */
export async function setUpAtSignIn(
  app: Application,
  visitor: Visitor,
  input: { code: string },
): Promise<{ entered: Entered; recoveryCodes: string[] }> {
  const step = await requireStep(app, visitor);
  const { userId, offeredSecret: secret } = step;
  if (secret === null) throw startAgain();
  const steps = stepsOf(secret, input.code.replaceAll(/\s/g, ""), app.clock());
  if (!(await tryCode(app, { visitor, step }, async () => steps.length > 0))) throw wrongCode();
  const recoveryCodes = newRecoveryCodes();
  const at = app.clock().toISOString();
  await app.database.write(async (db) => {
    const isOffered = await offerFactor(db, { userId, secret, offeredAt: at });
    if (!isOffered || !(await confirmFactor(db, { userId, secret, step: Math.max(...steps), at }))) throw startAgain();
    await replaceRecoveryCodes(db, userId, recoveryCodes.map(recoveryCodeHash));
    await deleteSessionsOf(db, userId);
    await notifyAccess(db, { userId });
  });
  return { entered: await leaveStep(app, visitor, step), recoveryCodes };
}

async function requireStep(app: Application, visitor: Visitor): Promise<SignInStep> {
  const step = await findOwnStep(app, visitor);
  if (step === null) throw startAgain();
  return step;
}

async function tryCode(
  app: Application,
  { visitor, step }: { visitor: Visitor; step: SignInStep },
  isRight: () => Promise<boolean>,
): Promise<boolean> {
  const limits = codeLimits(await attemptOf(app, visitor, step.email));
  return (await withinRate(app, limits, async () => ((await isRight()) ? true : null))) === true;
}

/** A step lets in once. */
async function leaveStep(app: Application, visitor: Visitor, step: SignInStep): Promise<Entered> {
  if (!(await deleteStep(app.database.pool, sha256(visitor.stepToken ?? "")))) throw startAgain();
  return openSession(app, visitor, step.userId);
}

function startAgain(): Refusal {
  return new Refusal(401, "This took too long, or was done already. Sign in again.");
}

function wrongCode(): Refusal {
  return invalidField("code", "This code is not right, or it was used before. Wait for the next one.");
}
