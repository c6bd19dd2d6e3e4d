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

/** Lucia's storage, wrapped so that the table holds SHA-256 of a session's id and a backup is no ring of keys. */
export function makeSessionStore(database: Database, clock: () => Date): Adapter {
  const db = database.pool;
  const isTooOld = (stored: StoredSession) => Date.parse(stored.createdAt) + absoluteLifetimeMs <= clock().getTime();
  return {
    async getSessionAndUser(sessionId) {
      const found = await database.together(findSessions, sha256(sessionId));
      if (!found || isTooOld(found.session)) return [null, null];
      const { user } = found;
      const attributes = { name: user.name, email: user.email, isAdministrator: user.isAdministrator };
      const owner: DatabaseUser = { id: user.userId, attributes };
      return [asLucia(found.session, sessionId), owner];
    },
    async getUserSessions(userId) {
      const rows = await listSessions(db, userId);
      return rows.map((row) => asLucia(row, row.sessionHash));
    },
    setSession: (one) =>
      insertSession(db, { sessionHash: sha256(one.id), userId: one.userId, expiresAt: one.expiresAt.toISOString() }),
    updateSessionExpiration: (sessionId, expiresAt) => extendSession(db, sha256(sessionId), expiresAt.toISOString()),
    deleteSession: (sessionId) => deleteSession(db, sha256(sessionId)),
    deleteUserSessions: (userId) => deleteSessionsOf(db, userId),
    deleteExpiredSessions: () => deleteExpiredSessions(db),
  };
}

function asLucia(stored: StoredSession, id: string): DatabaseSession {
  return { id, userId: stored.userId, expiresAt: new Date(stored.expiresAt), attributes: {} };
}
