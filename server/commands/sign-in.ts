import { z } from "zod";
import { findAccount, listDemonstrationUsers } from "#db/users.ts";
import type { Application } from "../application.ts";
import { isLoopback } from "../config.ts";
import { parse } from "../parse.ts";
import { notFound, Refusal } from "../refusal.ts";

export const signInInput = z.strictObject({
  email: z
    .string()
    .max(254)
    .transform((text) => text.trim().toLowerCase()),
  password: z.string().max(1024),
  code: z.string().max(20).optional(),
});

export interface SignedIn {
  readonly userId: string;
  /** The session's id; also a bearer token. */
  readonly token: string;
  readonly expiresAt: string;
}

/** Opens a session. The answer to a wrong address and to a wrong password is the same, in words and in work. */
export async function signIn(app: Application, input: unknown): Promise<SignedIn> {
  const { email, password } = parse(signInInput, input);
  const account = await findAccount(app.database.pool, email.replaceAll("\u0000", ""));
  const isRight = await app.accounts.passwords.verify(account?.passwordHash ?? null, password);
  if (!account || !isRight) throw new Refusal(401, "The e-mail address or the password is not right.");
  return openSession(app, account.userId);
}

/** One click for the demonstration's people, as long as nobody outside this machine can reach the page. */
export async function signInToDemonstration(app: Application, input: { userId: string }): Promise<SignedIn> {
  if (!isDemonstrationOpen(app)) throw notFound();
  const people = await listDemonstrationUsers(app.database.pool);
  if (!people.some((person) => person.userId === input.userId)) throw notFound();
  return openSession(app, input.userId);
}

export function isDemonstrationOpen(app: Application): boolean {
  return isLoopback(app.config.host) && isLoopback(new URL(app.publicUrl).hostname);
}

async function openSession(app: Application, userId: string): Promise<SignedIn> {
  const { sessionId, expiresAt } = await app.accounts.openSession(userId);
  return { userId, token: sessionId, expiresAt };
}
