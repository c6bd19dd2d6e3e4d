import { notifyAccess } from "#db/notify.ts";
import type { Application } from "../application.ts";
import type { Identity } from "../auth/accounts.ts";

/** Ends the session at once, on every node and socket. A personal token is revoked on the profile page instead. */
export async function signOut(app: Application, identity: Identity): Promise<void> {
  if (identity.sessionId === null) return;
  await app.accounts.closeSession(identity.sessionId);
  await notifyAccess(app.database.pool, { userId: identity.user.userId });
}
