import { forgetDevicesOf } from "#db/known-devices.ts";
import { notifyAccess } from "#db/notify.ts";
import type { Db } from "#db/open.ts";
import { deleteSessionsOf, deleteTokensOf } from "#db/sessions.ts";
import { voidBegun } from "#db/sign-in-steps.ts";
import { updatePassword } from "#db/users.ts";

/**
 * Gives somebody a password who did not show the old one. Everything opened under that ends: sessions, personal tokens,
 * half-done sign-ins, links to set a password, and what known devices were trusted with.
 */
export async function replacePassword(db: Db, { userId, passwordHash }: { userId: string; passwordHash: string }) {
  await updatePassword(db, userId, passwordHash);
  await voidBegun(db, userId);
  await deleteSessionsOf(db, userId);
  await deleteTokensOf(db, userId);
  await forgetDevicesOf(db, userId);
  await notifyAccess(db, { userId });
}
