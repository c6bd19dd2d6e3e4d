import { notifyAccess } from "#db/notify.ts";
import { deleteOtherSessions, deleteOwnSession, deleteSessionsOf } from "#db/sessions.ts";
import type { Application } from "../application.ts";
import type { Identity } from "../auth/accounts.ts";
import { isId } from "../membership.ts";
import { notFound } from "../refusal.ts";

/** Ends one of the caller's own sessions, wherever it is, with its sockets. */
export async function endSession(app: Application, { user }: Identity, input: { sessionId: string }): Promise<void> {
  const isGone =
    isId(input.sessionId) &&
    (await app.database.write(async (db) => {
      await notifyAccess(db, { userId: user.userId });
      return deleteOwnSession(db, user.userId, input.sessionId);
    }));
  if (!isGone) throw notFound();
}

/** Ends every session of the caller but this one. */
export async function endOtherSessions(app: Application, { user, credentialHash }: Identity): Promise<void> {
  await app.database.write(async (db) => {
    await deleteOtherSessions(db, user.userId, credentialHash);
    await notifyAccess(db, { userId: user.userId });
  });
}

/** Signs the caller out everywhere, here too. */
export async function endAllSessions(app: Application, { user }: Identity): Promise<void> {
  await app.database.write(async (db) => {
    await deleteSessionsOf(db, user.userId);
    await notifyAccess(db, { userId: user.userId });
  });
}
