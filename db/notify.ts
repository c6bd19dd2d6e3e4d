import { sql } from "drizzle-orm";
import type { Db } from "./open.ts";

export const panelChannel = "concord_panel";
export const accessChannel = "concord_access";

/** Tells every node, on commit, that these panels have new versions. */
export async function notifyPanels(
  db: Db,
  versions: readonly (readonly [panelId: string, version: number])[],
): Promise<void> {
  for (let start = 0; start < versions.length; start += 100) {
    await db.execute(sql`select pg_notify(${panelChannel}, ${JSON.stringify(versions.slice(start, start + 100))})`);
  }
}

/** Tells every node, on commit, that someone's sessions or memberships have changed. */
export async function notifyAccess(db: Db, change: { userId: string }): Promise<void> {
  await db.execute(sql`select pg_notify(${accessChannel}, ${JSON.stringify(change)})`);
}
