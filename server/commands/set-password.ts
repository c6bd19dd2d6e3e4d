import { z } from "zod";
import { findUser } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { refuseGuessable } from "../auth/password-rules.ts";
import { newPassword } from "../auth/passwords.ts";
import { isId, requireAdministrator } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound } from "../refusal.ts";
import { replacePassword } from "./replace-password.ts";
import { tellOwner } from "./tell-owner.ts";

const passwordInput = z.strictObject({ userId: z.string(), password: newPassword });

/** An administrator gives someone a password; everything opened under the old one ends. */
export async function setPassword(app: Application, administrator: User, input: unknown): Promise<void> {
  requireAdministrator(administrator);
  const { userId, password } = parse(passwordInput, input);
  const person = isId(userId) ? await findUser(app.database.pool, userId) : null;
  if (!person) throw notFound();
  refuseGuessable(password, person);
  const passwordHash = await app.accounts.passwords.hash(password);
  await app.database.write((db) => replacePassword(db, { userId, passwordHash }));
  tellOwner(app, person, "An administrator gave you a new password");
}
