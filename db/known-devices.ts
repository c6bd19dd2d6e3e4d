import { and, desc, eq, notInArray, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { appUser, knownDevice } from "./schema.ts";

/** Whether the person with this address has signed in on this device before. The same work for any address. */
export async function isKnownDevice(db: Db, device: { email: string; deviceHash: string }): Promise<boolean> {
  const [row] = await db
    .select({ userId: knownDevice.userId })
    .from(knownDevice)
    .innerJoin(appUser, eq(appUser.userId, knownDevice.userId))
    .where(and(eq(appUser.email, device.email), eq(knownDevice.deviceHash, device.deviceHash)));
  return row !== undefined;
}

const mostOfOnePerson = 20;

/**
 * Remembers where a person signed in. The device gets a new mark each time, so that one planted by somebody else is worth
 * nothing; others who have signed in on it stay known there.
 */
export async function rememberDevice(
  db: Db,
  device: { userId: string; oldHash: string | null; newHash: string; at: string },
): Promise<void> {
  const { userId, oldHash, newHash, at } = device;
  if (oldHash !== null)
    await db.update(knownDevice).set({ deviceHash: newHash }).where(eq(knownDevice.deviceHash, oldHash));
  await db
    .insert(knownDevice)
    .values({ userId, deviceHash: newHash, usedAt: at })
    .onConflictDoUpdate({ target: [knownDevice.userId, knownDevice.deviceHash], set: { usedAt: at } });
  const newest = db
    .select({ deviceHash: knownDevice.deviceHash })
    .from(knownDevice)
    .where(eq(knownDevice.userId, userId))
    .orderBy(desc(knownDevice.usedAt))
    .limit(mostOfOnePerson);
  await db.delete(knownDevice).where(and(eq(knownDevice.userId, userId), notInArray(knownDevice.deviceHash, newest)));
}

export async function forgetDevicesOf(db: Db, userId: string): Promise<void> {
  await db.delete(knownDevice).where(eq(knownDevice.userId, userId));
}

export async function forgetOldDevices(db: Db): Promise<void> {
  await db.delete(knownDevice).where(sql`${knownDevice.usedAt} < now() - interval '1 year'`);
}
