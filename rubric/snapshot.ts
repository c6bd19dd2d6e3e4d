import type { Protocol } from "./protocol.ts";
import { type CellConsensus, method, type PolicyConsensus, reconcile, summarisePolicies } from "./reconcile.ts";
import type { CellId, Policy, Rubric } from "./rubric.ts";
import { levelsOf } from "./scale.ts";
import { emptyTally } from "./tally.ts";
import { cutCell } from "./view.ts";
import type { BoardCell } from "./views.ts";

/**
 * What a closed round's figures are computed from: exactly what every member may see from the close on. Anonymous panels
 * give histograms; pseudonymous ones drop cells below the minimum of scores, which enter no figure at all.
 */
export interface SnapshotInput {
  readonly format: "concord-snapshot-input/1";
  readonly round: number;
  readonly rubricVersion: number;
  readonly rubricHash: string;
  readonly protocolHash: string;
  readonly cells: readonly SnapshotCell[];
  /** SHA-256 of the canonical list of the round's revealed answers and texts, as the bundle carries them. */
  readonly answersHash: string;
}

export interface SnapshotCell extends CellId {
  readonly reviewers: number;
  readonly n: number;
  /** `null` below the minimum of scores. */
  readonly counts: readonly number[] | null;
  readonly nonScores: {
    readonly cannotJudge: number;
    readonly abstain: number;
    readonly recused: number;
    readonly absent: number;
  };
}

export interface SnapshotOutput {
  readonly method: { readonly id: string; readonly version: string };
  readonly cells: readonly BoardCell[];
  readonly policies: readonly PolicyConsensus[];
}

/** The stored figures of a closed round, recomputed from its input alone: what `concord verify` compares. */
export function snapshotOutput(
  input: SnapshotInput,
  context: { rubric: Rubric; policies: readonly Policy[]; protocol: Protocol },
): SnapshotOutput {
  const cells = input.cells.map((cell) => cutCell(reconcileCell(cell, context)));
  return { method, cells, policies: summarisePolicies(cells, context.rubric, context.policies) };
}

/** The input cell of a stored consensus: counts only where they may be shown. */
export function snapshotCell(cell: CellConsensus): SnapshotCell {
  const { policyId, criterionId, eligible, n, nonScores, verdict } = cell;
  const { cannotJudge, abstain, recused, absent } = nonScores;
  return {
    policyId,
    criterionId,
    reviewers: eligible + recused,
    n,
    counts: verdict === "too-few" ? null : cell.counts,
    nonScores: { cannotJudge, abstain, recused, absent },
  };
}

function reconcileCell(cell: SnapshotCell, context: { rubric: Rubric; protocol: Protocol }): CellConsensus {
  const empty = emptyTally(levelsOf(context.rubric.scale).length, cell.reviewers);
  const tally = { ...empty, ...cell.nonScores, counts: cell.counts ?? empty.counts };
  return { ...reconcile(cell, tally, context), n: cell.n };
}
