import { and, eq, gt, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { appUser, passwordReset } from "./schema.ts";

export async function insertReset(
  db: Db,
  reset: { tokenHash: string; userId: string; expiresAt: string },
): Promise<void> {
  await db.insert(passwordReset).values(reset);
}

/** Whose password a link may set; `null` for one that has expired or was used, and for a disabled account. */
export async function findReset(
  db: Db,
  tokenHash: string,
  at: string,
): Promise<{ userId: string; name: string; email: string } | null> {
  const [row] = await db
    .select({ userId: passwordReset.userId, name: appUser.name, email: appUser.email })
    .from(passwordReset)
    .innerJoin(appUser, eq(appUser.userId, passwordReset.userId))
    .where(
      and(eq(passwordReset.tokenHash, tokenHash), gt(passwordReset.expiresAt, at), sql`${appUser.disabledAt} is null`),
    );
  return row ?? null;
}

/** Uses a link up. `false` for whoever comes second. */
export async function spendReset(db: Db, tokenHash: string): Promise<boolean> {
  const spent = await db
    .delete(passwordReset)
    .where(eq(passwordReset.tokenHash, tokenHash))
    .returning({ tokenHash: passwordReset.tokenHash });
  return spent.length === 1;
}
