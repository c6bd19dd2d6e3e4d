import { z } from "zod";
import { notifyAccess } from "#db/notify.ts";
import { voidBegun } from "#db/sign-in-steps.ts";
import { updatePassword } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { refuseGuessable } from "../auth/password-rules.ts";
import { newPassword } from "../auth/passwords.ts";
import type { Visitor } from "../auth/visitor.ts";
import { parse } from "../parse.ts";
import { confirmPassword } from "./check-password.ts";
import { type Entered, markDevice } from "./enter.ts";
import { tellOwner } from "./tell-owner.ts";

const changeInput = z.strictObject({ currentPassword: z.string().max(1024), newPassword });

/** Somebody changes their own password: they go on under a new session, and every other one ends. */
export async function changePassword(
  app: Application,
  who: { user: User; visitor: Visitor },
  input: unknown,
): Promise<Entered> {
  const { user, visitor } = who;
  const { currentPassword, newPassword: password } = parse(changeInput, input);
  await confirmPassword(app, user, { password: currentPassword, field: "currentPassword" });
  refuseGuessable(password, user, "newPassword");
  const passwordHash = await app.accounts.passwords.hash(password);
  const session = await app.database.write(async (db) => {
    await updatePassword(db, user.userId, passwordHash);
    await voidBegun(db, user.userId);
    await notifyAccess(db, { userId: user.userId });
    return app.accounts.startAfresh(db, { userId: user.userId, browser: visitor.browser });
  });
  tellOwner(app, user, "Your password was changed");
  return { kind: "in", userId: user.userId, session, deviceToken: await markDevice(app, visitor, user.userId) };
}
