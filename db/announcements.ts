import { inArray } from "drizzle-orm";
import type { Db } from "./open.ts";
import { panel } from "./schema.ts";

/** A panel and the version it has reached: all that is ever announced. */
export type PanelVersion = readonly [panelId: string, version: number];

/** The versions that these panels have reached, for whoever may have missed an announcement. */
export async function readVersions(db: Db, panelIds: readonly string[]): Promise<PanelVersion[]> {
  if (panelIds.length === 0) return [];
  const rows = await db
    .select({ panelId: panel.panelId, version: panel.version })
    .from(panel)
    .where(inArray(panel.panelId, [...panelIds]));
  return rows.map((row) => [row.panelId, row.version]);
}
