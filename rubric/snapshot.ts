import { agreementOf, type PanelAgreement } from "./agreement.ts";
import { type Analysis, analyse, type OnStep, type Purpose } from "./analysis/analysis.ts";
import type { AnalysisInput } from "./analysis/analysis-input.ts";
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
export type SnapshotInput = FirstInput | SecondInput;

/** Of method version 1: figures of single cells. */
interface FirstInput extends RoundInput {
  readonly format: "concord-snapshot-input/1";
}

/** Of method version 2: also what the figures over several cells are computed from. */
export interface SecondInput extends RoundInput {
  readonly format: "concord-snapshot-input/2";
  readonly analysed: AnalysisInput;
}

interface RoundInput {
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
  /** From method version 2 on. */
  readonly agreement?: PanelAgreement;
  readonly analysis?: Analysis;
}

export interface SnapshotContext {
  readonly rubric: Rubric;
  readonly policies: readonly Policy[];
  readonly protocol: Protocol;
}

/**
 * The stored figures of a closed round, recomputed from its input alone: what `concord verify` compares. Each version of
 * the method stays, so that every snapshot can be checked for ever.
 *
 * @param seedOf the seed for a purpose, from the input's hash
 */
export function snapshotOutput(
  input: SnapshotInput,
  context: SnapshotContext,
  run: { readonly seedOf: (purpose: Purpose) => string; readonly onStep?: OnStep },
): SnapshotOutput {
  const cells = input.cells.map((cell) => cutCell(reconcileCell(cell, context)));
  const policies = summarisePolicies(cells, context.rubric, context.policies);
  if (input.format === "concord-snapshot-input/1") return { method: firstMethod, cells, policies };
  return {
    method,
    cells,
    policies,
    agreement: agreementOf(cells, context.rubric),
    analysis: analyse(input.analysed, context, run),
  };
}

const firstMethod = { id: "concord", version: "1" } as const;

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
