import { z } from "zod";
import { findFactor, owesSecondStep } from "#db/second-factors.ts";
import { listDemonstrationUsers } from "#db/users.ts";
import type { Application } from "../application.ts";
import { codeLimits, passwordLimits, withinRate } from "../auth/rates.ts";
import type { Visitor } from "../auth/visitor.ts";
import { isLoopback } from "../config.ts";
import { parse } from "../parse.ts";
import { notFound, Refusal } from "../refusal.ts";
import { isCodeRight } from "./check-code.ts";
import { type Account, attemptOf, findByPassword, renewHash } from "./check-password.ts";
import { type Entered, type Entry, enter, openSession } from "./enter.ts";

/** Any text: what is no address is not known here, like so many that are. PostgreSQL has no NUL. */
const email = z
  .string()
  .max(254)
  .transform((text) => text.replaceAll("\u0000", "").trim().toLowerCase());
const password = z.string().max(1024);

export const signInInput = z.strictObject({ email, password, code: z.string().max(40).optional() });
const passwordInput = z.strictObject({ email, password });

/**
 * Opens a session by password and, where it takes one, a code. The answer to a wrong address, a wrong password and a wrong
 * or missing code is the same, in words and in work.
 */
export async function signIn(app: Application, visitor: Visitor, input: unknown): Promise<Entered> {
  const { code, ...shown } = parse(signInInput, input);
  const attempt = await attemptOf(app, visitor, shown.email);
  const limits = [...passwordLimits(attempt), ...(code === undefined ? [] : codeLimits(attempt))];
  const account = await withinRate(app, limits, async () => {
    const found = await findByPassword(app, shown);
    return found && (await passesSecondStep(app, found, code)) ? found : null;
  });
  if (!account) throw new Refusal(401, "The e-mail address, the password or the code is not right.");
  await renewHash(app, account, shown.password);
  if (await owesSecondStep(app.database.pool, account.userId)) throw setUpFirst();
  return openSession(app, visitor, account.userId);
}

/** The first page of signing in. Whoever owes a code gives it on the next. */
export async function beginSignIn(app: Application, visitor: Visitor, input: unknown): Promise<Entry> {
  const shown = parse(passwordInput, input);
  const attempt = await attemptOf(app, visitor, shown.email);
  const account = await withinRate(app, passwordLimits(attempt), () => findByPassword(app, shown));
  if (!account) throw new Refusal(401, "The e-mail address or the password is not right.");
  await renewHash(app, account, shown.password);
  return enter(app, visitor, account.userId);
}

async function passesSecondStep(app: Application, { userId }: Account, code: string | undefined): Promise<boolean> {
  const factor = await findFactor(app.database.pool, userId);
  if (!factor?.confirmedAt) return true;
  return code !== undefined && isCodeRight(app, { userId, secret: factor.secret }, code);
}

export function setUpFirst(): Refusal {
  return new Refusal(403, "This installation asks for two-step sign-in. Sign in with a browser to set it up first.");
}

/** One click for the demonstration's people, as long as nobody outside this machine can reach the page. */
export async function signInToDemonstration(
  app: Application,
  visitor: Visitor,
  input: { userId: string },
): Promise<Entry> {
  if (!isDemonstrationOpen(app)) throw notFound();
  const people = await listDemonstrationUsers(app.database.pool);
  if (!people.some((person) => person.userId === input.userId)) throw notFound();
  return enter(app, visitor, input.userId);
}

export function isDemonstrationOpen(app: Application): boolean {
  return isLoopback(app.config.host) && isLoopback(new URL(app.publicUrl).hostname);
}
