import { lockCells, type RoundKey, readTallies, storeCell, storePolicies } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import type { PanelRow } from "#db/panels.ts";
import { listRounds } from "#db/rounds.ts";
import { readRubric } from "#db/rubrics.ts";
import { type CellConsensus, method, reconcile, summarisePolicies } from "#rubric/reconcile.ts";
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
  const rubricVersion = await readRubricOf(db, at);
  await lockCells(db, at);
  const cells = await reconcileRound(db, at, { ...rubricVersion, protocol: panel.protocol });
  const changed: string[] = [];
  for (const cell of cells) {
    if (await storeCell(db, { ...at, method: `${method.id}@${method.version}` }, cell)) changed.push(cellKey(cell));
  }
  if (changed.length > 0)
    await storePolicies(db, at, summarisePolicies(cells, rubricVersion.rubric, rubricVersion.policies));
  return changed;
}

/** What a round's consensus has to be, from the scores alone. */
export async function reconcileRound(
  db: Db,
  at: RoundKey,
  context: RubricVersion & Pick<PanelRow, "protocol">,
): Promise<CellConsensus[]> {
  const tallies = await readTallies(db, at, levelsOf(context.rubric.scale));
  return [...tallies.values()].map((tally) => reconcile(tally, tally, context));
}

/** The rubric version a round was opened under. */
export async function readRubricOf(db: Db, at: RoundKey): Promise<RubricVersion & { rubricHash: string }> {
  const rounds = await listRounds(db, at.panelId);
  const version = rounds.find(({ round }) => round === at.round)?.rubricVersion ?? 1;
  return readRubric(db, at.panelId, version);
}
