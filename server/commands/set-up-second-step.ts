import { notifyAccess } from "#db/notify.ts";
import { confirmFactor, findFactor, offerFactor, replaceRecoveryCodes, withdrawOffer } from "#db/second-factors.ts";
import { voidBegun } from "#db/sign-in-steps.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { ownCodeLimits, withinRate } from "../auth/rates.ts";
import { newRecoveryCodes, recoveryCodeHash } from "../auth/recovery-codes.ts";
import { newSecret, stepsOf } from "../auth/totp.ts";
import type { Visitor } from "../auth/visitor.ts";
import { invalidField, Refusal } from "../refusal.ts";
import { confirmPassword } from "./check-password.ts";
import { type Entered, markDevice } from "./enter.ts";
import { tellOwner } from "./tell-owner.ts";

/** An offer is on the page for so long. */
export const offerLifetimeMs = 15 * 60 * 1000;

/** Makes the secret that an authenticator app will share with us. It is in force once the app's first code was typed. */
export async function offerSecondStep(app: Application, user: User, input: { password: string }): Promise<void> {
  await confirmPassword(app, user, { password: input.password, field: "offerPassword" });
  const offer = { userId: user.userId, secret: newSecret(), offeredAt: app.clock().toISOString() };
  if (!(await offerFactor(app.database.pool, offer))) throw new Refusal(409, "Two-step sign-in is on already.");
}

export async function withdrawSecondStep(app: Application, user: User): Promise<void> {
  await withdrawOffer(app.database.pool, user.userId);
}

/**
 * Puts the second step in force by its first code. The person goes on under a new session, and every other one ends.
 * @returns the recovery codes too, to be shown once
 */
export async function confirmSecondStep(
  app: Application,
  { user, visitor }: { user: User; visitor: Visitor },
  input: { code: string },
): Promise<{ entered: Entered; recoveryCodes: string[] }> {
  const { userId } = user;
  const factor = await findFactor(app.database.pool, userId);
  const oldest = app.clock().getTime() - offerLifetimeMs;
  if (!factor || factor.confirmedAt !== null || Date.parse(factor.offeredAt) < oldest) throw startAgain();
  const steps = await withinRate(app, ownCodeLimits(userId), async () => {
    const found = stepsOf(factor.secret, input.code.replaceAll(/\s/g, ""), app.clock());
    return found.length > 0 ? found : null;
  });
  if (steps === null) throw wrongCode();
  const recoveryCodes = newRecoveryCodes();
  const session = await app.database.write(async (db) => {
    const at = app.clock().toISOString();
    const isFirst = await confirmFactor(db, { userId, secret: factor.secret, step: Math.max(...steps), at });
    if (!isFirst) throw startAgain();
    await replaceRecoveryCodes(db, userId, recoveryCodes.map(recoveryCodeHash));
    await voidBegun(db, userId);
    await notifyAccess(db, { userId });
    return app.accounts.startAfresh(db, { userId, browser: visitor.browser });
  });
  tellOwner(app, user, "Two-step sign-in was turned on for your account");
  const deviceToken = await markDevice(app, visitor, userId);
  return { entered: { kind: "in", userId, session, deviceToken }, recoveryCodes };
}

function startAgain(): Refusal {
  return new Refusal(409, "This took too long, or was done in another tab. Start again.");
}

function wrongCode(): Refusal {
  return invalidField("code", "This code is not right. Check the time of your device, and wait for the next code.");
}
