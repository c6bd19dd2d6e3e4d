import type { Adapter, DatabaseSession, DatabaseUser } from "lucia";
import type { Database } from "#db/open.ts";
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  extendSession,
  findSessions,
  insertSession,
  listSessions,
  type StoredSession,
} from "#db/sessions.ts";
import { sha256 } from "../hash.ts";

/** A session ends twelve hours after sign-in, however busy its owner. */
export const absoluteLifetimeMs = 12 * 60 * 60 * 1000;

/** And an hour after its owner was last at work. */
const idleLifetimeMs = 60 * 60 * 1000;

/** Not every click is worth a write. */
const smallestGainMs = 60 * 1000;

interface SessionTimes {
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** When a session ends whose owner is at work now. */
export function endOf(createdAt: Date, now: Date): string {
  const end = Math.min(now.getTime() + idleLifetimeMs, createdAt.getTime() + absoluteLifetimeMs);
  return new Date(end).toISOString();
}

export interface SessionStore extends Adapter {
  /** Its owner is at work: moves the end of the session, where that is worth a write. Answers the end. */
  extend(sessionId: string, session: SessionTimes): Promise<string>;
}

/** Lucia's storage, wrapped so that the table holds SHA-256 of a session's id and a backup is no ring of keys. */
export function makeSessionStore(database: Database, clock: () => Date): SessionStore {
  const db = database.pool;
  const isOver = ({ createdAt, expiresAt }: SessionTimes) => {
    const now = clock().getTime();
    return Date.parse(expiresAt) <= now || Date.parse(createdAt) + absoluteLifetimeMs <= now;
  };
  const forLucia = (stored: StoredSession, id: string) => asLucia({ ...stored, id }, clock());
  return {
    async getSessionAndUser(sessionId) {
      const found = await database.together(findSessions, sha256(sessionId));
      if (!found || isOver(found.session)) return [null, null];
      const { user } = found;
      const attributes = { name: user.name, email: user.email, isAdministrator: user.isAdministrator };
      const owner: DatabaseUser = { id: user.userId, attributes };
      return [forLucia(found.session, sessionId), owner];
    },
    async getUserSessions(userId) {
      const rows = await listSessions(db, userId);
      return rows.map((row) => forLucia(row, row.sessionHash));
    },
    setSession: ({ id, userId, attributes }) => insertSession(db, { sessionHash: sha256(id), userId, ...attributes }),
    // Lucia would extend at any request, and only in the second half of the hour.
    updateSessionExpiration: async () => {},
    deleteSession: (sessionId) => deleteSession(db, sha256(sessionId)),
    deleteUserSessions: (userId) => deleteSessionsOf(db, userId),
    deleteExpiredSessions: () => deleteExpiredSessions(db),
    async extend(sessionId, { createdAt, expiresAt }) {
      const end = endOf(new Date(createdAt), clock());
      if (Date.parse(end) - Date.parse(expiresAt) < smallestGainMs) return expiresAt;
      await extendSession(db, sha256(sessionId), end);
      return end;
    },
  };
}

/** Lucia reads the machine's own clock, so it is told how much time is left by ours. */
function asLucia(stored: StoredSession & { id: string }, now: Date): DatabaseSession {
  const { id, userId, createdAt, expiresAt, browser } = stored;
  const leftMs = Date.parse(expiresAt) - now.getTime();
  return { id, userId, expiresAt: new Date(Date.now() + leftMs), attributes: { createdAt, expiresAt, browser } };
}
