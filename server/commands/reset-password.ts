import { z } from "zod";
import { findReset, spendReset } from "#db/password-resets.ts";
import type { Application } from "../application.ts";
import { refuseGuessable } from "../auth/password-rules.ts";
import { newPassword } from "../auth/passwords.ts";
import { sha256 } from "../hash.ts";
import { parse } from "../parse.ts";
import { Refusal } from "../refusal.ts";
import { replacePassword } from "./replace-password.ts";
import { tellOwner } from "./tell-owner.ts";

const resetInput = z.strictObject({ newPassword });

/** Whose password a link sets. Looking uses nothing up. */
export async function readReset(app: Application, token: string): Promise<{ email: string }> {
  const { email } = await requireReset(app, token);
  return { email };
}

/**
 * Sets a new password by a mailed link. Everything that was opened under the old one ends: sessions, personal tokens,
 * half-done sign-ins, other links. The person then signs in, with the second step if they have one.
 */
export async function resetPassword(app: Application, token: string, input: unknown): Promise<void> {
  const { userId, ...person } = await requireReset(app, token);
  const { newPassword: password } = parse(resetInput, input);
  refuseGuessable(password, person, "newPassword");
  const passwordHash = await app.accounts.passwords.hash(password);
  await app.database.write(async (db) => {
    if (!(await spendReset(db, sha256(token)))) throw deadLink();
    await replacePassword(db, { userId, passwordHash });
  });
  tellOwner(app, person, "Your password was changed");
}

async function requireReset(app: Application, token: string) {
  const reset = await findReset(app.database.pool, sha256(token), app.clock().toISOString());
  if (!reset) throw deadLink();
  return reset;
}

/** The same for a link that was used, has expired, or never was. */
function deadLink(): Refusal {
  return new Refusal(409, "This link has been used or has expired. Ask for a new one on the sign-in page.");
}
