import { listCells } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import type { PanelRow } from "#db/panels.ts";
import { readRubricOf } from "#db/rubrics.ts";
import { insertSnapshot, listSnapshots } from "#db/snapshots.ts";
import { canonical } from "#rubric/canonical.ts";
import { method } from "#rubric/reconcile.ts";
import { type SnapshotInput, snapshotCell, snapshotOutput } from "#rubric/snapshot.ts";
import { hashOf, sha256 } from "../hash.ts";
import { revealedAnswers } from "../reports/revealed-answers.ts";

/** Writes the immutable consensus of a round that is being closed: input, method, output, and their hashes. */
export async function takeSnapshot(
  db: Db,
  panel: PanelRow,
  round: number,
): Promise<{ version: number; inputHash: string; outputHash: string }> {
  const at = { panelId: panel.panelId, round };
  const rubricVersion = await readRubricOf(db, at);
  const { identity, minScores } = panel.protocol;
  const cells = await listCells(db, at);
  const input: SnapshotInput = {
    format: "concord-snapshot-input/1",
    round,
    rubricVersion: rubricVersion.version,
    rubricHash: rubricVersion.rubricHash,
    protocolHash: panel.protocolHash,
    cells: cells.map(snapshotCell),
    answersHash: hashOf(await revealedAnswers(db, { ...at, identity, minScores })),
  };
  const inputText = canonical(input);
  const outputText = canonical(snapshotOutput(input, { ...rubricVersion, protocol: panel.protocol }));
  const version = (await listSnapshots(db, panel.panelId)).length + 1;
  const hashes = { inputHash: sha256(inputText), outputHash: sha256(outputText) };
  await insertSnapshot(db, {
    ...at,
    version,
    methodId: method.id,
    methodVersion: method.version,
    input: inputText,
    output: outputText,
    ...hashes,
  });
  return { version, ...hashes };
}
