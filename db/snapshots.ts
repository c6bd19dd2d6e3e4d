import { and, asc, eq } from "drizzle-orm";
import type { Db } from "./open.ts";
import { snapshot } from "./schema.ts";

export type SnapshotRow = Omit<typeof snapshot.$inferSelect, "panelId">;
/** Made now, unless it comes from an imported record. */
export type NewSnapshot = Omit<typeof snapshot.$inferSelect, "createdAt"> & { readonly createdAt?: string };

export async function insertSnapshot(db: Db, row: NewSnapshot): Promise<void> {
  await db.insert(snapshot).values(row);
}

export async function listSnapshots(db: Db, panelId: string): Promise<SnapshotRow[]> {
  return db.select().from(snapshot).where(eq(snapshot.panelId, panelId)).orderBy(asc(snapshot.version));
}

export async function findSnapshot(db: Db, panelId: string, version: number): Promise<SnapshotRow | null> {
  const [row] = await db
    .select()
    .from(snapshot)
    .where(and(eq(snapshot.panelId, panelId), eq(snapshot.version, version)));
  return row ?? null;
}
