import { inArray, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { panel } from "./schema.ts";

/** Hears `[[panelId, version], ...]` as JSON: panels in which something changed that every member may know of. */
export const panelChannel = "concord_panel";

/** A panel and the version it has reached: all that is ever announced. */
export type PanelVersion = readonly [panelId: string, version: number];

/** PostgreSQL refuses a longer payload than 8,000 bytes; each entry takes under 60. */
const mostInOnePayload = 100;

/** Heard by every node when, and only if, this transaction commits. */
export async function announceVersions(db: Db, versions: readonly PanelVersion[]): Promise<void> {
  for (let start = 0; start < versions.length; start += mostInOnePayload) {
    const payload = JSON.stringify(versions.slice(start, start + mostInOnePayload));
    await db.execute(sql`select pg_notify(${panelChannel}, ${payload})`);
  }
}

/** The versions that these panels have reached; unknown ids are left out. */
export async function readVersions(db: Db, panelIds: readonly string[]): Promise<PanelVersion[]> {
  if (panelIds.length === 0) return [];
  const rows = await db
    .select({ panelId: panel.panelId, version: panel.version })
    .from(panel)
    .where(inArray(panel.panelId, [...panelIds]));
  return rows.map((row) => [row.panelId, row.version]);
}
