import { z } from "zod";
import { notifyAccess } from "#db/notify.ts";
import { updatePassword } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { newPassword } from "../auth/passwords.ts";
import { isId, requireAdministrator } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound } from "../refusal.ts";

const passwordInput = z.strictObject({ userId: z.string(), password: newPassword });

/** An administrator gives someone a password; that person's sessions end. */
export async function setPassword(app: Application, administrator: User, input: unknown): Promise<void> {
  requireAdministrator(administrator);
  const { userId, password } = parse(passwordInput, input);
  const passwordHash = await app.accounts.passwords.hash(password);
  if (!isId(userId) || !(await updatePassword(app.database.pool, userId, passwordHash))) throw notFound();
  await app.accounts.closeSessionsOf(userId);
  await notifyAccess(app.database.pool, { userId });
}
