import {
  lockCells,
  type RoundCounts,
  type RoundKey,
  readCounts,
  storeCells,
  storePolicies,
  talliesByCell,
} from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import type { PanelRow } from "#db/panels.ts";
import { readRubricOf } from "#db/rubrics.ts";
import { type CellConsensus, methodName, reconcile, summarisePolicies } from "#rubric/reconcile.ts";
import { cellKey, type RubricVersion } from "#rubric/rubric.ts";
import { levelsOf } from "#rubric/scale.ts";

/**
 * Recomputes the stored consensus of a round from its scores. The cells are locked before the tallies are read: whoever
 * holds the lock later reads a newer snapshot, so no committed act can be missing once its pending row is gone.
 *
 * @returns the keys of the cells whose stored outcome changed
 */
export async function refreshRound(db: Db, panel: PanelRow, round: number): Promise<string[]> {
  const at = { panelId: panel.panelId, round };
  // Sent together and done in this order: the lock comes before the counts.
  const [, rubricVersion, counts] = await Promise.all([lockCells(db, at), readRubricOf(db, at), readCounts(db, at)]);
  const cells = outcomesOf(counts, { ...rubricVersion, protocol: panel.protocol });
  const [changed] = await Promise.all([
    storeCells(db, { ...at, method: methodName }, cells),
    storePolicies(db, at, summarisePolicies(cells, rubricVersion.rubric, rubricVersion.policies)),
  ]);
  return changed.map(cellKey);
}

/** What a round's consensus has to be, from the scores alone. */
export async function reconcileRound(
  db: Db,
  at: RoundKey,
  context: RubricVersion & Pick<PanelRow, "protocol">,
): Promise<CellConsensus[]> {
  return outcomesOf(await readCounts(db, at), context);
}

function outcomesOf(counts: RoundCounts, context: RubricVersion & Pick<PanelRow, "protocol">): CellConsensus[] {
  const tallies = talliesByCell(counts, levelsOf(context.rubric.scale));
  return [...tallies.values()].map((tally) => reconcile(tally, tally, context));
}
