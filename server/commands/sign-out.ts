import { notifyAccess } from "#db/notify.ts";
import { deleteShownToken } from "#db/sessions.ts";
import type { Application } from "../application.ts";
import type { Identity } from "../auth/accounts.ts";

/** Ends the session at once, on every node and socket; of a personal token's request, that token. */
export async function signOut(app: Application, identity: Identity): Promise<void> {
  if (identity.sessionId === null) await deleteShownToken(app.database.pool, identity.credentialHash);
  else await app.accounts.closeSession(identity.sessionId);
  await notifyAccess(app.database.pool, { userId: identity.user.userId });
}
