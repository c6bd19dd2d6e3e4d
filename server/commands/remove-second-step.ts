import { notifyAccess } from "#db/notify.ts";
import type { Db } from "#db/open.ts";
import { deleteFactor, findFactor, replaceRecoveryCodes } from "#db/second-factors.ts";
import { deleteSessionsOf } from "#db/sessions.ts";
import { voidBegun } from "#db/sign-in-steps.ts";
import { findUser } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { newRecoveryCodes, recoveryCodeHash } from "../auth/recovery-codes.ts";
import type { Visitor } from "../auth/visitor.ts";
import { isId, requireAdministrator } from "../membership.ts";
import { notFound, Refusal } from "../refusal.ts";
import { confirmPassword } from "./check-password.ts";
import { type Entered, markDevice } from "./enter.ts";
import { tellOwner } from "./tell-owner.ts";

/** Somebody turns their own second step off, with their password. Every other session ends. */
export async function removeSecondStep(
  app: Application,
  { user, visitor }: { user: User; visitor: Visitor },
  input: { password: string },
): Promise<Entered> {
  const { userId } = user;
  await confirmPassword(app, user, { password: input.password, field: "removePassword" });
  const session = await app.database.write(async (db) => {
    await endFactor(db, userId);
    return app.accounts.startAfresh(db, { userId, browser: visitor.browser });
  });
  tellOwner(app, user, "Two-step sign-in was turned off for your account");
  return { kind: "in", userId, session, deviceToken: await markDevice(app, visitor, userId) };
}

/** An administrator helps somebody who has lost the app and the recovery codes. That person's sessions end. */
export async function removeSecondStepOf(
  app: Application,
  administrator: User,
  input: { userId: string; password: string },
): Promise<void> {
  requireAdministrator(administrator);
  const person = isId(input.userId) ? await findUser(app.database.pool, input.userId) : null;
  if (!person) throw notFound();
  await confirmPassword(app, administrator, { password: input.password, field: "ownPassword" });
  await app.database.write(async (db) => {
    await endFactor(db, person.userId);
    await deleteSessionsOf(db, person.userId);
  });
  tellOwner(app, person, "An administrator turned two-step sign-in off for your account");
}

async function endFactor(db: Db, userId: string): Promise<void> {
  if (!(await deleteFactor(db, userId))) throw new Refusal(409, "Two-step sign-in is off already.");
  await voidBegun(db, userId);
  await notifyAccess(db, { userId });
}

/** Ten new recovery codes, to be shown once; the ones from before are worth nothing any more. */
export async function renewRecoveryCodes(
  app: Application,
  user: User,
  input: { password: string },
): Promise<{ recoveryCodes: string[] }> {
  await confirmPassword(app, user, { password: input.password, field: "codesPassword" });
  const factor = await findFactor(app.database.pool, user.userId);
  if (!factor?.confirmedAt) throw new Refusal(409, "Two-step sign-in is off. Turn it on first.");
  const recoveryCodes = newRecoveryCodes();
  await app.database.write((db) => replaceRecoveryCodes(db, user.userId, recoveryCodes.map(recoveryCodeHash)));
  return { recoveryCodes };
}
