import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Role, User } from "#rubric/member.ts";
import type { Db } from "./open.ts";
import { appUser, installation, member, secondFactor } from "./schema.ts";

const userColumns = {
  userId: appUser.userId,
  name: appUser.name,
  email: appUser.email,
  isAdministrator: appUser.isAdministrator,
};

export interface NewUser extends User {
  readonly passwordHash: string | null;
  readonly isDemonstration: boolean;
  /** Stands for somebody known from an imported record alone; nobody enters as them. */
  readonly isPlaceholder?: boolean;
}

/** `false` where the address has an account already, be it disabled. */
export async function insertUser(db: Db, user: NewUser): Promise<boolean> {
  const inserted = await db
    .insert(appUser)
    .values(user)
    .onConflictDoNothing({ target: appUser.email })
    .returning({ userId: appUser.userId });
  return inserted.length === 1;
}

export async function findUser(db: Db, userId: string): Promise<User | null> {
  const [user] = await db
    .select(userColumns)
    .from(appUser)
    .where(and(eq(appUser.userId, userId), isNull(appUser.disabledAt)));
  return user ?? null;
}

/** Whose address this is, be the account disabled. */
export async function findPerson(db: Db, email: string): Promise<User | null> {
  const [user] = await db.select(userColumns).from(appUser).where(eq(appUser.email, email));
  return user ?? null;
}

/** The account behind an address, with what checks its password. Disabled accounts are not found. */
export async function findAccount(db: Db, email: string): Promise<(User & { passwordHash: string | null }) | null> {
  const [account] = await db
    .select({ ...userColumns, passwordHash: appUser.passwordHash })
    .from(appUser)
    .where(and(eq(appUser.email, email), isNull(appUser.disabledAt)));
  return account ?? null;
}

/** Who may ask for a link to set a password; the demonstration's people cannot, their addresses are invented. */
export async function findResettable(db: Db, email: string): Promise<User | null> {
  const [user] = await db
    .select(userColumns)
    .from(appUser)
    .where(and(eq(appUser.email, email), isNull(appUser.disabledAt), eq(appUser.isDemonstration, false)));
  return user ?? null;
}

export async function updatePassword(db: Db, userId: string, passwordHash: string): Promise<boolean> {
  const updated = await db
    .update(appUser)
    .set({ passwordHash })
    .where(eq(appUser.userId, userId))
    .returning({ userId: appUser.userId });
  return updated.length === 1;
}

/** Keeps a password's hash in a better form, unless the password was changed meanwhile. */
export async function replacePasswordHash(
  db: Db,
  change: { userId: string; oldHash: string; newHash: string },
): Promise<void> {
  await db
    .update(appUser)
    .set({ passwordHash: change.newHash })
    .where(and(eq(appUser.userId, change.userId), eq(appUser.passwordHash, change.oldHash)));
}

export async function listUsers(
  db: Db,
): Promise<(User & { hasPassword: boolean; hasSecondStep: boolean; isDemonstration: boolean; createdAt: string })[]> {
  return db
    .select({
      ...userColumns,
      hasPassword: sql<boolean>`${appUser.passwordHash} is not null`,
      hasSecondStep: sql<boolean>`${secondFactor.confirmedAt} is not null`,
      isDemonstration: appUser.isDemonstration,
      createdAt: appUser.createdAt,
    })
    .from(appUser)
    .leftJoin(secondFactor, eq(secondFactor.userId, appUser.userId))
    .where(eq(appUser.isPlaceholder, false))
    .orderBy(asc(appUser.name), asc(appUser.userId));
}

/** The demonstration's people, for the sign-in page of an installation that listens on loopback only. */
export async function listDemonstrationUsers(db: Db): Promise<{ userId: string; name: string; role: Role }[]> {
  const people = await db
    .selectDistinctOn([appUser.userId], { userId: appUser.userId, name: appUser.name, role: member.role })
    .from(appUser)
    .innerJoin(member, eq(member.userId, appUser.userId))
    .where(eq(appUser.isDemonstration, true))
    .orderBy(asc(appUser.userId));
  return people.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Whether anybody has an account who is not of the demonstration. */
export async function hasOwnUsers(db: Db): Promise<boolean> {
  const [row] = await db
    .select({ userId: appUser.userId })
    .from(appUser)
    .where(eq(appUser.isDemonstration, false))
    .limit(1);
  return row !== undefined;
}

/** How many of the demonstration's panels this installation has loaded by itself. */
export async function readDemonstrationPanels(db: Db): Promise<number> {
  const [row] = await db.select({ panels: installation.demonstrationPanels }).from(installation);
  return row?.panels ?? 0;
}

export async function storeDemonstrationPanels(db: Db, panels: number): Promise<void> {
  await db.update(installation).set({ demonstrationPanels: panels });
}

export async function readInstallation(db: Db): Promise<{ setupTokenHash: string | null; hasAdministrator: boolean }> {
  const [row] = await db
    .select({ setupTokenHash: installation.setupTokenHash, administratorId: installation.administratorId })
    .from(installation);
  return { setupTokenHash: row?.setupTokenHash ?? null, hasAdministrator: row?.administratorId != null };
}

export async function storeSetupToken(db: Db, setupTokenHash: string): Promise<void> {
  await db.update(installation).set({ setupTokenHash });
}

/** `false` for whoever holds another token, or comes after the first administrator. */
export async function spendSetupToken(db: Db, setupTokenHash: string): Promise<boolean> {
  const spent = await db
    .update(installation)
    .set({ setupTokenHash: null })
    .where(and(isNull(installation.administratorId), eq(installation.setupTokenHash, setupTokenHash)))
    .returning({ onlyOne: installation.onlyOne });
  return spent.length === 1;
}

export async function storeAdministrator(db: Db, userId: string): Promise<void> {
  await db.update(installation).set({ administratorId: userId });
}
