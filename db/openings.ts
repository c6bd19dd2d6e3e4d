import { and, eq } from "drizzle-orm";
import type { CellId } from "#rubric/rubric.ts";
import type { Db } from "./open.ts";
import { opening } from "./schema.ts";

/** The keys that a reveal opened under one label; an empty one stands for the cells as a whole. */
export interface OpeningRow {
  readonly panelId: string;
  readonly round: number;
  readonly who: string;
  readonly keys: readonly (CellId & { readonly key: string })[];
}

export async function insertOpenings(db: Db, rows: readonly OpeningRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.insert(opening).values(rows.map((row) => ({ ...row, keys: JSON.stringify(row.keys) })));
}

/** Of one revealed round, in no particular order. */
export async function listOpenings(db: Db, at: { panelId: string; round: number }): Promise<OpeningRow[]> {
  const rows = await db
    .select()
    .from(opening)
    .where(and(eq(opening.panelId, at.panelId), eq(opening.round, at.round)));
  return rows.map((row) => ({ ...row, keys: JSON.parse(row.keys) }));
}
