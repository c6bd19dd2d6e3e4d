import { z } from "zod";
import { insertReset } from "#db/password-resets.ts";
import { findResettable, findUser } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import { email } from "#rubric/text.ts";
import type { Application } from "../application.ts";
import { count, resetLimits } from "../auth/rates.ts";
import type { Visitor } from "../auth/visitor.ts";
import { randomToken, sha256 } from "../hash.ts";
import { isId, requireAdministrator } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound } from "../refusal.ts";

const resetRequest = z.strictObject({ email });
const resetLifetimeMs = 60 * 60 * 1000;

/**
 * Somebody asks for a link to set their password. The answer is the same for an address that is known here or not: whether
 * there is a mail to send is found out after it has left.
 */
export async function requestReset(app: Application, visitor: Visitor, input: unknown): Promise<void> {
  const request = parse(resetRequest, input);
  await count(app, resetLimits({ visitor, email: request.email }));
  app.mail.later(async () => {
    const person = await findResettable(app.database.pool, request.email);
    return person && resetMail(app, person);
  });
}

/** An administrator sends somebody a link to set their password. */
export async function sendReset(app: Application, administrator: User, input: { userId: string }): Promise<void> {
  requireAdministrator(administrator);
  const person = isId(input.userId) ? await findUser(app.database.pool, input.userId) : null;
  if (!person) throw notFound();
  await app.mail.send(await resetMail(app, person));
}

async function resetMail(app: Application, person: User): Promise<{ to: string; subject: string; body: string }> {
  const token = randomToken();
  const expiresAt = new Date(app.clock().getTime() + resetLifetimeMs).toISOString();
  await insertReset(app.database.pool, { tokenHash: sha256(token), userId: person.userId, expiresAt });
  const body = [
    `${person.name},`,
    `Open this link to set a new password. It works once, within an hour:\n${app.publicUrl}/reset/${token}`,
    "If you did not ask for it, there is nothing to do: your password stays as it is.",
  ];
  return { to: person.email, subject: "Set a new password at Concord", body: `${body.join("\n\n")}\n` };
}
