import type { Db } from "./open.ts";

/** Columns that hold the hash of something that opens a door, and what becomes of it after a restore. */
export const openDoors = {
  "session.session_hash": "is not in a backup",
  "personal_token.token_hash": "is not in a backup",
  "invitation.token_hash": "is revoked",
  "installation.setup_token_hash": "is forgotten",
} as const;

/**
 * Ends every session, token and link of this installation: what was ended after a backup must not come alive again with it.
 * @returns how many invitations were still open
 */
export async function shutOpenDoors(db: Db): Promise<number> {
  await db.run`delete from session`;
  await db.run`delete from personal_token`;
  await db.run`update installation set setup_token_hash = null`;
  const revoked = await db.run<{ one: number }>`
    update invitation set revoked_at = now()
    where accepted_at is null and revoked_at is null and expires_at > now() returning 1 as one`;
  return revoked.length;
}
