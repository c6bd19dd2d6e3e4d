import type { CellId } from "#rubric/rubric.ts";
import type { NonScore } from "#rubric/score.ts";
import type { Db } from "./open.ts";
import { withheldCell } from "./schema.ts";

export type WithheldCell = Omit<typeof withheldCell.$inferSelect, "panelId" | "round">;

/** So many answers of one kind to a cell; of scores only the number is known, so they stand on the lowest level. */
export interface WithheldAnswers extends CellId {
  readonly position: number;
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly n: number;
}

export async function insertWithheld(
  db: Db,
  at: { panelId: string; round: number },
  cells: readonly WithheldCell[],
): Promise<void> {
  if (cells.length > 0) await db.insert(withheldCell).values(cells.map((cell) => ({ ...at, ...cell })));
}

/** What an imported round's record keeps back because too few scored: never shown, but counted as too few. */
export function listWithheld(db: Db, at: { panelId: string; round: number }): Promise<WithheldAnswers[]> {
  return db.run<WithheldAnswers>`
    select w.policy_id as "policyId", w.criterion_id as "criterionId", c.position, k.value, k.non_score as "nonScore", k.n
    from withheld_cell w
    join consensus c using (panel_id, round, policy_id, criterion_id)
    join panel p using (panel_id)
    cross join lateral (values (p.scale_min, null, w.n), (null, 'cannot-judge', w.cannot_judge),
      (null, 'abstain', w.abstain), (null, 'recused', w.recused)) k (value, non_score, n)
    where w.panel_id = ${at.panelId} and w.round = ${at.round} and k.n > 0
    order by c.position`;
}
