import { and, eq, sql } from "drizzle-orm";
import type { RoundKey } from "./consensus.ts";
import type { Db } from "./open.ts";
import { roundFigures } from "./schema.ts";

/** A revealed round's figures as texts, each with its hash, by `method` (`id@version`). */
export type RoundFigures = Omit<typeof roundFigures.$inferSelect, "preparedAt">;

export async function storeRoundFigures(db: Db, row: RoundFigures): Promise<void> {
  const { panelId, round, ...figures } = row;
  await db
    .insert(roundFigures)
    .values(row)
    .onConflictDoUpdate({
      target: [roundFigures.panelId, roundFigures.round],
      set: { ...figures, preparedAt: sql`now()` },
    });
}

/** The figures of a round by one method; `null` if they have not been prepared. */
export async function findRoundFigures(db: Db, at: RoundKey & { method: string }): Promise<RoundFigures | null> {
  const ofRound = and(eq(roundFigures.panelId, at.panelId), eq(roundFigures.round, at.round));
  const [row] = await db
    .select()
    .from(roundFigures)
    .where(and(ofRound, eq(roundFigures.method, at.method)));
  return row ?? null;
}

/** Whether they have, without reading them. */
export async function hasRoundFigures(db: Db, at: RoundKey & { method: string }): Promise<boolean> {
  const [row] = await db.run<{ found: number }>`
    select 1 as found from round_figures
    where panel_id = ${at.panelId} and round = ${at.round} and method = ${at.method}`;
  return row !== undefined;
}
