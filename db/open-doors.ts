import type { Db } from "./open.ts";

/** Columns that hold something that opens a door, or its hash, and what becomes of it after a restore. */
export const openDoors = {
  "app_user.password_hash": "is the one of that moment",
  "installation.setup_token_hash": "is forgotten",
  "invitation.token_hash": "is revoked",
  "known_device.device_hash": "is not in a backup",
  "panel.secret": "opens nothing",
  "password_reset.token_hash": "is not in a backup",
  "personal_token.token_hash": "is not in a backup",
  "recovery_code.code_hash": "is the one of that moment, and opens nothing without the password",
  "second_factor.secret": "is the one of that moment, and opens nothing without the password",
  "session.session_hash": "is not in a backup",
  "sign_in_step.offered_secret": "is not in a backup",
  "sign_in_step.step_hash": "is not in a backup",
} as const;

/**
 * Ends every session, token and link of this installation: what was ended after a backup must not come alive again with it.
 * @returns how many invitations were still open
 */
export async function shutOpenDoors(db: Db): Promise<number> {
  await db.run`truncate session, personal_token, sign_in_step, password_reset, known_device, attempt, outbox_mail`;
  await db.run`update installation set setup_token_hash = null`;
  const revoked = await db.run<{ one: number }>`
    update invitation set revoked_at = now()
    where accepted_at is null and revoked_at is null and expires_at > now() returning 1 as one`;
  return revoked.length;
}
