import type { Db } from "#db/open.ts";
import type { PanelRow } from "#db/panels.ts";
import { findRoundFigures } from "#db/round-figures.ts";
import { insertSnapshot, listSnapshots } from "#db/snapshots.ts";
import { method, methodName } from "#rubric/reconcile.ts";
import { Refusal } from "../refusal.ts";

/**
 * Writes the immutable consensus of a round that is being closed: input, method, output, and their hashes, as they were
 * prepared from the reveal on.
 *
 * @throws Refusal 409 if they have not been
 */
export async function takeSnapshot(
  db: Db,
  { panelId }: PanelRow,
  round: number,
): Promise<{ version: number; inputHash: string; outputHash: string }> {
  const prepared = await findRoundFigures(db, { panelId, round, method: methodName });
  if (prepared === null)
    throw new Refusal(409, "The figures of this round are still being computed. Close it again in a moment.");
  const { input, inputHash, output, outputHash } = prepared;
  const version = (await listSnapshots(db, panelId)).length + 1;
  const by = { methodId: method.id, methodVersion: method.version };
  await insertSnapshot(db, { panelId, round, version, ...by, input, inputHash, output, outputHash });
  return { version, inputHash, outputHash };
}
