import { sql } from "drizzle-orm";
import type { Db } from "./open.ts";

export const panelChannel = "concord_panel";
export const accessChannel = "concord_access";

/** Tells every node, on commit, that a panel has a new version. */
export async function notifyPanel(db: Db, panel: { panelId: string; version: number }): Promise<void> {
  await db.run`select pg_notify(${panelChannel}, ${JSON.stringify(panel)})`;
}

/** Tells every node, on commit, that someone's sessions or memberships have changed. */
export async function notifyAccess(db: Db, change: { userId: string }): Promise<void> {
  await db.execute(sql`select pg_notify(${accessChannel}, ${JSON.stringify(change)})`);
}
