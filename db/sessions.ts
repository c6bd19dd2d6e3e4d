import { and, desc, eq, gt, isNull, lte, ne, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { appUser, personalToken, session } from "./schema.ts";

export interface StoredSession {
  readonly sessionHash: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** What its owner names it by; no key. */
  readonly sessionId: string;
  /** What they were using, in a few words. */
  readonly browser: string;
}

export interface SessionUser {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdministrator: boolean;
}

const userColumns = {
  userId: appUser.userId,
  name: appUser.name,
  email: appUser.email,
  isAdministrator: appUser.isAdministrator,
};
const isEnabled = sql`${appUser.disabledAt} is null`;
const owesNothing = sql`not exists (select from owes_second_step o where o.user_id = ${appUser.userId})`;

/** The sessions of enabled users who owe no second step, each in the place of its hash. */
export async function findSessions(
  db: Db,
  sessionHashes: readonly string[],
): Promise<({ session: StoredSession; user: SessionUser } | null)[]> {
  const rows = await db.run<StoredSession & SessionUser>`
    select session_hash as "sessionHash", s.user_id as "userId", s.created_at as "createdAt", expires_at as "expiresAt",
      session_id as "sessionId", browser, name, email, is_administrator as "isAdministrator"
    from session s join app_user u on u.user_id = s.user_id
    where session_hash = any(${`{${sessionHashes.join(",")}}`}::text[]) and disabled_at is null
      and not exists (select from owes_second_step o where o.user_id = s.user_id)`;
  const found = new Map(rows.map((row) => [row.sessionHash, withUser(row)]));
  return sessionHashes.map((hash) => found.get(hash) ?? null);
}

function withUser({ name, email, isAdministrator, ...session }: StoredSession & SessionUser) {
  return { session, user: { userId: session.userId, name, email, isAdministrator } };
}

const sessionColumns = {
  sessionHash: session.sessionHash,
  userId: session.userId,
  createdAt: session.createdAt,
  expiresAt: session.expiresAt,
  sessionId: session.sessionId,
  browser: session.browser,
};

export async function insertSession(db: Db, row: Omit<StoredSession, "sessionId">): Promise<void> {
  await db.insert(session).values(row);
}

export async function listSessions(db: Db, userId: string): Promise<StoredSession[]> {
  return db
    .select(sessionColumns)
    .from(session)
    .where(and(eq(session.userId, userId), isNull(session.replacedAt)))
    .orderBy(desc(session.createdAt));
}

export async function extendSession(db: Db, sessionHash: string, expiresAt: string): Promise<void> {
  await db
    .update(session)
    .set({ expiresAt })
    .where(and(eq(session.sessionHash, sessionHash), isNull(session.replacedAt)));
}

export async function deleteSession(db: Db, sessionHash: string): Promise<void> {
  await db.delete(session).where(eq(session.sessionHash, sessionHash));
}

export async function deleteSessionsOf(db: Db, userId: string): Promise<void> {
  await db.delete(session).where(eq(session.userId, userId));
}

/** Ends one session of a person by the name they know it by; `false` for one that is not theirs. */
export async function deleteOwnSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const deleted = await db
    .delete(session)
    .where(and(eq(session.userId, userId), eq(session.sessionId, sessionId)))
    .returning({ sessionId: session.sessionId });
  return deleted.length === 1;
}

export async function deleteOtherSessions(db: Db, userId: string, keptHash: string): Promise<void> {
  await db.delete(session).where(and(eq(session.userId, userId), ne(session.sessionHash, keptHash)));
}

/**
 * Lets a session go on under another key, as old as it is; the old key is good until `until` and no longer.
 * `false` where there is no such session, or another request has done this.
 */
export async function replaceSession(
  db: Db,
  keys: { oldHash: string; newHash: string },
  time: { at: string; until: string },
): Promise<boolean> {
  const [old] = await db
    .update(session)
    .set({ replacedAt: time.at })
    .where(and(eq(session.sessionHash, keys.oldHash), isNull(session.replacedAt)))
    .returning(sessionColumns);
  if (!old) return false;
  await db.update(session).set({ expiresAt: time.until }).where(eq(session.sessionHash, keys.oldHash));
  const { userId, createdAt, expiresAt, browser } = old;
  await insertSession(db, { sessionHash: keys.newHash, userId, createdAt, expiresAt, browser });
  return true;
}

export async function deleteExpiredSessions(db: Db): Promise<void> {
  await db.delete(session).where(lte(session.expiresAt, sql`now()`));
}

/** The owner of a token that is in force. Who owes a second step has no use of tokens either. */
export async function findTokenUser(db: Db, tokenHash: string, at: string): Promise<SessionUser | null> {
  const [row] = await db
    .select(userColumns)
    .from(personalToken)
    .innerJoin(appUser, eq(appUser.userId, personalToken.userId))
    .where(and(eq(personalToken.tokenHash, tokenHash), gt(personalToken.expiresAt, at), isEnabled, owesNothing));
  return row ?? null;
}

export async function insertToken(
  db: Db,
  row: { tokenId: string; userId: string; name: string; tokenHash: string; expiresAt: string },
): Promise<void> {
  await db.insert(personalToken).values(row);
}

export async function listTokens(
  db: Db,
  userId: string,
): Promise<{ tokenId: string; name: string; createdAt: string; expiresAt: string }[]> {
  return db
    .select({
      tokenId: personalToken.tokenId,
      name: personalToken.name,
      createdAt: personalToken.createdAt,
      expiresAt: personalToken.expiresAt,
    })
    .from(personalToken)
    .where(eq(personalToken.userId, userId))
    .orderBy(desc(personalToken.createdAt));
}

export async function deleteTokensOf(db: Db, userId: string): Promise<void> {
  await db.delete(personalToken).where(eq(personalToken.userId, userId));
}

/** Ends the one token that somebody has just shown. */
export async function deleteShownToken(db: Db, tokenHash: string): Promise<void> {
  await db.delete(personalToken).where(eq(personalToken.tokenHash, tokenHash));
}

export async function deleteToken(db: Db, userId: string, tokenId: string): Promise<boolean> {
  const deleted = await db
    .delete(personalToken)
    .where(and(eq(personalToken.userId, userId), eq(personalToken.tokenId, tokenId)))
    .returning({ tokenId: personalToken.tokenId });
  return deleted.length === 1;
}
