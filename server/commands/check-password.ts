import { isKnownDevice } from "#db/known-devices.ts";
import { findAccount, replacePasswordHash } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { type Attempt, ownPasswordLimits, withinRate } from "../auth/rates.ts";
import type { Visitor } from "../auth/visitor.ts";
import { sha256 } from "../hash.ts";
import { invalidField } from "../refusal.ts";

export interface Account extends User {
  readonly passwordHash: string | null;
}

/** Where and for whom a sign-in is tried. The same work for an address that is known here or not. */
export async function attemptOf(app: Application, visitor: Visitor, email: string): Promise<Attempt> {
  const deviceHash = sha256(visitor.deviceToken ?? "");
  const isKnown = await isKnownDevice(app.database.pool, { email, deviceHash });
  return { visitor, email, deviceHash: isKnown ? deviceHash : null };
}

/** The account these belong to, or `null`; the work is the same for an address that is known here or not. */
export async function findByPassword(
  app: Application,
  { email, password }: { email: string; password: string },
): Promise<Account | null> {
  const account = await findAccount(app.database.pool, email);
  const isRight = await app.accounts.passwords.verify(account?.passwordHash ?? null, password);
  return account && isRight ? account : null;
}

/** Once a password is known to be right is the moment to keep it the way new ones are kept. */
export async function renewHash(app: Application, account: Account, password: string): Promise<void> {
  const { userId, passwordHash: oldHash } = account;
  if (oldHash === null || !app.accounts.passwords.isOutdated(oldHash)) return;
  const newHash = await app.accounts.passwords.hash(password);
  await replacePasswordHash(app.database.pool, { userId, oldHash, newHash });
}

/**
 * The signed-in person shows their password again, before something that a borrowed screen should not be enough for.
 * @throws Refusal 422 at the field, 429
 */
export async function confirmPassword(
  app: Application,
  user: User,
  { password, field }: { password: string; field: string },
): Promise<void> {
  const isSame = (account: Account | null) => (account?.userId === user.userId ? true : null);
  const isRight = await withinRate(app, ownPasswordLimits(user.userId), async () =>
    isSame(await findByPassword(app, { email: user.email, password: password.slice(0, 1024) })),
  );
  if (!isRight) throw invalidField(field, "This is not your password.");
}
