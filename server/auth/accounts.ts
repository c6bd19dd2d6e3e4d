import { type Adapter, Lucia, TimeSpan } from "lucia";
import type { Database } from "#db/open.ts";
import { findTokenUser } from "#db/sessions.ts";
import type { User } from "#rubric/member.ts";
import { randomToken, sha256 } from "../hash.ts";
import { makePasswords, type Passwords } from "./passwords.ts";
import { makeSessionStore } from "./session-store.ts";

/** Who makes a request, and by what. */
export interface Identity {
  readonly user: User;
  /** The session's id; `null` for a personal token. */
  readonly sessionId: string | null;
  readonly expiresAt: string | null;
  /** Whether the session was just extended, so that its cookie has to be sent again. */
  readonly isFresh: boolean;
  /** SHA-256 of the session id or token: how the database knows it. */
  readonly credentialHash: string;
}

export interface Accounts {
  readonly cookieName: string;
  readonly passwords: Passwords;
  /** The person behind a `Cookie` or `Authorization` header; `null` for nobody. */
  identify(request: Credentials): Promise<Identity | null>;
  /** The person behind a session id or a personal token. Extends nothing. */
  identifyToken(token: string): Promise<Identity | null>;
  openSession(userId: string): Promise<{ sessionId: string; expiresAt: string }>;
  closeSession(sessionId: string): Promise<void>;
  closeSessionsOf(userId: string): Promise<void>;
  sessionCookie(sessionId: string): string;
  blankCookie(): string;
}

interface Credentials {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** Whether somebody is at work, which keeps the session from ending; pages ask by themselves, too. */
  readonly isAct: boolean;
}

const personalPrefix = "concord_";

/** A personal token as its owner sees it once. */
export function newPersonalToken(): string {
  return personalPrefix + randomToken();
}

/** Everything that knows sessions. Lucia is imported in this folder only. */
export function makeAccounts(options: { database: Database; publicUrl: string; clock: () => Date }): Accounts {
  const isSecure = options.publicUrl.startsWith("https://");
  const store = makeSessionStore(options.database, options.clock);
  const lucia = makeLucia(store, isSecure);
  const reader = makeLucia({ ...store, updateSessionExpiration: async () => {} }, isSecure);

  async function identifyBy(token: string, isAct: boolean): Promise<Identity | null> {
    if (token.length > 200) return null;
    if (!token.startsWith(personalPrefix)) return identifySession(token, isAct);
    const user = await findTokenUser(options.database.pool, sha256(token));
    return user && { user, sessionId: null, expiresAt: null, isFresh: false, credentialHash: sha256(token) };
  }

  async function identifySession(sessionId: string, isAct: boolean): Promise<Identity | null> {
    const { session, user } = await (isAct ? lucia : reader).validateSession(sessionId);
    if (!session) return null;
    return {
      user: { userId: user.id, name: user.name, email: user.email, isAdministrator: user.isAdministrator },
      sessionId,
      expiresAt: session.expiresAt.toISOString(),
      isFresh: isAct && session.fresh,
      credentialHash: sha256(sessionId),
    };
  }

  return {
    cookieName: lucia.sessionCookieName,
    passwords: makePasswords(),
    identifyToken: (token) => identifyBy(token, false),
    async identify({ cookie, authorization, isAct }) {
      const bearer = authorization === undefined ? null : lucia.readBearerToken(authorization);
      if (authorization !== undefined) return bearer ? identifyBy(bearer, isAct) : null;
      const sessionId = lucia.readSessionCookie(cookie ?? "");
      return sessionId ? identifySession(sessionId, isAct) : null;
    },
    async openSession(userId) {
      const session = await lucia.createSession(userId, {}, { sessionId: randomToken() });
      return { sessionId: session.id, expiresAt: session.expiresAt.toISOString() };
    },
    closeSession: (sessionId) => lucia.invalidateSession(sessionId),
    closeSessionsOf: (userId) => lucia.invalidateUserSessions(userId),
    sessionCookie: (sessionId) => lucia.createSessionCookie(sessionId).serialize(),
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  };
}

function makeLucia(store: Adapter, isSecure: boolean) {
  return new Lucia(store, {
    sessionExpiresIn: new TimeSpan(60, "m"),
    sessionCookie: {
      name: isSecure ? "__Host-concord" : "concord",
      expires: false,
      attributes: { secure: isSecure, sameSite: "lax", path: "/" },
    },
    getUserAttributes: ({ name, email, isAdministrator }) => ({ name, email, isAdministrator }),
  });
}

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseUserAttributes: { name: string; email: string; isAdministrator: boolean };
  }
}
