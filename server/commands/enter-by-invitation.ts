import type { Application } from "../application.ts";
import type { Identity } from "../auth/accounts.ts";
import type { Visitor } from "../auth/visitor.ts";
import { joinByInvitation } from "./accept-invitation.ts";
import { cookiesOf, type Entry, enter } from "./enter.ts";

interface Joined {
  readonly panelId: string;
  /** How a newcomer goes on; `null` for somebody who was signed in. */
  readonly entry: Entry | null;
  readonly cookies: readonly string[];
}

/** Joins the panel of an invitation in a browser. A newcomer comes in; whoever was in goes on under a new key. */
export async function enterByInvitation(
  app: Application,
  { identity, visitor }: { identity: Identity | null; visitor: Visitor },
  asked: { token: string; input: unknown },
): Promise<Joined> {
  const { userId, panelId } = await joinByInvitation(app, { ...asked, user: identity?.user ?? null });
  if (identity) return { panelId, entry: null, cookies: await renewedCookies(app, identity) };
  const entry = await enter(app, visitor, userId);
  return { panelId, entry, cookies: cookiesOf(app, entry) };
}

/** Somebody in a browser may do more from now on: the session goes on under a new key. */
export async function renewedCookies(app: Application, { sessionId, byCookie }: Identity): Promise<string[]> {
  const renewed = sessionId !== null && byCookie ? await app.accounts.renewSession(sessionId) : null;
  return renewed === null ? [] : [app.accounts.sessionCookie(renewed)];
}
