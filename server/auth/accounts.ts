import { Lucia, TimeSpan } from "lucia";
import type { Database, Db } from "#db/open.ts";
import { deleteSessionsOf, findTokenUser, insertSession, replaceSession } from "#db/sessions.ts";
import type { User } from "#rubric/member.ts";
import { randomToken, sha256 } from "../hash.ts";
import { makePasswords, type Passwords } from "./passwords.ts";
import { endOf, makeSessionStore, type SessionStore } from "./session-store.ts";
import { makeSignInCookies, type SignInCookies } from "./sign-in-cookies.ts";

/** Who makes a request, and by what. */
export interface Identity {
  readonly user: User;
  /** The session's id; `null` for a personal token. */
  readonly sessionId: string | null;
  readonly expiresAt: string | null;
  /** Whether a browser sent it by itself, so that a new key can be handed back in the same way. */
  readonly byCookie: boolean;
  /** Whether the session was just extended, so that its cookie has to be sent again. */
  readonly isFresh: boolean;
  /** SHA-256 of the session id or token: how the database knows it. */
  readonly credentialHash: string;
}

export interface OpenedSession {
  readonly sessionId: string;
  readonly expiresAt: string;
}

export interface Accounts {
  readonly cookieName: string;
  readonly cookies: SignInCookies;
  readonly passwords: Passwords;
  /** The person behind a `Cookie` or `Authorization` header; `null` for nobody. */
  identify(request: Credentials): Promise<Identity | null>;
  /** The person behind a session id or a personal token. Extends nothing. */
  identifyToken(token: string): Promise<Identity | null>;
  /** @param browser what its owner will read in the list of their sessions */
  openSession(userId: string, browser?: string): Promise<OpenedSession>;
  /** Ends every session of a person and opens one, in the transaction of what makes that necessary. */
  startAfresh(db: Db, owner: { userId: string; browser: string }): Promise<OpenedSession>;
  /**
   * The same session under another key, since its owner may do more from now on. The old key is good for ten seconds
   * more: a form sent twice, or another tab, must not find itself signed out. `null` where it has ended.
   */
  renewSession(sessionId: string): Promise<string | null>;
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

const partingMs = 10_000;
const personalPrefix = "concord_";

/** A personal token as its owner sees it once. */
export function newPersonalToken(): string {
  return personalPrefix + randomToken();
}

/** Everything that knows sessions. Lucia is imported in this folder only. */
export function makeAccounts(options: { database: Database; publicUrl: string; clock: () => Date }): Accounts {
  const { clock } = options;
  const db = options.database.pool;
  const isSecure = options.publicUrl.startsWith("https://");
  const store = makeSessionStore(options.database, clock);
  const lucia = makeLucia(store, isSecure);
  const cookies = makeSignInCookies(lucia.sessionCookieName, isSecure);
  const { identify, identifyToken } = makeIdentifying({ lucia, store, db, clock, cookies });
  return {
    cookieName: lucia.sessionCookieName,
    cookies,
    passwords: makePasswords(),
    identifyToken,
    identify,
    async openSession(userId, browser = "") {
      const times = newTimes(clock());
      const { id } = await lucia.createSession(userId, { ...times, browser }, { sessionId: randomToken() });
      return { sessionId: id, expiresAt: times.expiresAt };
    },
    async startAfresh(transaction, { userId, browser }) {
      const [sessionId, times] = [randomToken(), newTimes(clock())];
      await deleteSessionsOf(transaction, userId);
      await insertSession(transaction, { sessionHash: sha256(sessionId), userId, browser, ...times });
      return { sessionId, expiresAt: times.expiresAt };
    },
    async renewSession(sessionId) {
      const renewed = randomToken();
      const keys = { oldHash: sha256(sessionId), newHash: sha256(renewed) };
      const now = clock();
      const time = { at: now.toISOString(), until: new Date(now.getTime() + partingMs).toISOString() };
      return (await options.database.write((db) => replaceSession(db, keys, time))) ? renewed : null;
    },
    closeSession: (sessionId) => lucia.invalidateSession(sessionId),
    closeSessionsOf: (userId) => lucia.invalidateUserSessions(userId),
    sessionCookie: (sessionId) => lucia.createSessionCookie(sessionId).serialize(),
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  };
}

interface IdentifyingParts {
  readonly lucia: ReturnType<typeof makeLucia>;
  readonly store: SessionStore;
  readonly db: Db;
  readonly clock: () => Date;
  readonly cookies: SignInCookies;
}

function makeIdentifying({ lucia, store, db, clock, cookies }: IdentifyingParts) {
  async function identifyBy(token: string, isAct: boolean): Promise<Identity | null> {
    if (token.length > 200) return null;
    if (!token.startsWith(personalPrefix)) return identifySession(token, isAct);
    const credentialHash = sha256(token);
    const user = await findTokenUser(db, credentialHash, clock().toISOString());
    return user && { user, sessionId: null, expiresAt: null, byCookie: false, isFresh: false, credentialHash };
  }

  async function identifySession(sessionId: string, isAct: boolean): Promise<Identity | null> {
    const { session, user } = await lucia.validateSession(sessionId);
    if (!session) return null;
    const end = isAct ? await store.extend(sessionId, session.times) : session.times.expiresAt;
    return {
      user: { userId: user.id, name: user.name, email: user.email, isAdministrator: user.isAdministrator },
      sessionId,
      expiresAt: end,
      byCookie: false,
      isFresh: end !== session.times.expiresAt,
      credentialHash: sha256(sessionId),
    };
  }

  async function identifyCookie(cookie: string | undefined, isAct: boolean): Promise<Identity | null> {
    const sessionId = cookies.sessionId(cookie);
    const identity = sessionId ? await identifySession(sessionId, isAct) : null;
    return identity && { ...identity, byCookie: true };
  }

  return {
    async identify({ cookie, authorization, isAct }: Credentials): Promise<Identity | null> {
      if (authorization === undefined) return identifyCookie(cookie, isAct);
      const bearer = lucia.readBearerToken(authorization);
      return bearer ? identifyBy(bearer, isAct) : null;
    },
    identifyToken: (token: string) => identifyBy(token, false),
  };
}

function newTimes(now: Date): { createdAt: string; expiresAt: string } {
  return { createdAt: now.toISOString(), expiresAt: endOf(now, now) };
}

function makeLucia(store: SessionStore, isSecure: boolean) {
  return new Lucia(store, {
    sessionExpiresIn: new TimeSpan(60, "m"),
    sessionCookie: {
      name: isSecure ? "__Host-concord" : "concord",
      expires: false,
      attributes: { secure: isSecure, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: ({ createdAt, expiresAt }) => ({ times: { createdAt, expiresAt } }),
    getUserAttributes: ({ name, email, isAdministrator }) => ({ name, email, isAdministrator }),
  });
}

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseSessionAttributes: { createdAt: string; expiresAt: string; browser: string };
    DatabaseUserAttributes: { name: string; email: string; isAdministrator: boolean };
  }
}
