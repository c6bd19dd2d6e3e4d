import { listMail } from "#db/outbox.ts";
import { readSecondStepRule } from "#db/second-factors.ts";
import { listSessions, listTokens } from "#db/sessions.ts";
import { listDemonstrationUsers, listUsers, readInstallation as readRow } from "#db/users.ts";
import type { Role, User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import type { Identity } from "../auth/accounts.ts";
import { confirmPassword } from "../commands/check-password.ts";
import { isDemonstrationOpen } from "../commands/sign-in.ts";
import { requireAdministrator } from "../membership.ts";

/** What the sign-in page needs: whether there is an administrator yet, and whom one click lets in. */
export async function readInstallation(
  app: Application,
): Promise<{ needsSetUp: boolean; demonstrationPeople: { userId: string; name: string; role: Role }[] }> {
  const { pool } = app.database;
  const { hasAdministrator } = await readRow(pool);
  const people = isDemonstrationOpen(app) ? await listDemonstrationUsers(pool) : [];
  return {
    needsSetUp: !hasAdministrator,
    demonstrationPeople: people.map(({ userId, name, role }) => ({ userId, name, role })),
  };
}

/** Mail that was sent or, without a mail server, waits here. Its links sign people in: administrators, by password again. */
export async function readOutbox(app: Application, user: User, input: { password: string }) {
  requireAdministrator(user);
  await confirmPassword(app, user, { password: input.password, field: "outboxPassword" });
  return { mails: await listMail(app.database.pool, 200) };
}

export async function readUsers(app: Application, user: User) {
  requireAdministrator(user);
  return { users: await listUsers(app.database.pool) };
}

/** Who has to sign in in two steps, and whether others than this machine can try to. */
export async function readSignInRules(app: Application, user: User) {
  requireAdministrator(user);
  return { secondStep: await readSecondStepRule(app.database.pool), isReachable: !isDemonstrationOpen(app) };
}

export async function readTokens(app: Application, user: User) {
  return { tokens: await listTokens(app.database.pool, user.userId) };
}

/** The person's open sessions, newest first, this one marked. */
export async function readSessions(app: Application, user: User, identity: Identity) {
  const now = app.clock().getTime();
  const open = (await listSessions(app.database.pool, user.userId)).filter(
    ({ expiresAt }) => Date.parse(expiresAt) > now,
  );
  return {
    sessions: open.map(({ sessionHash, sessionId, browser, createdAt, expiresAt }) => ({
      sessionId,
      browser,
      createdAt,
      expiresAt,
      isThisOne: sessionHash === identity.credentialHash,
    })),
  };
}
