import { type CellSummary, cellSummary } from "./cell-summary.ts";
import { coincidences } from "./coincidences.ts";
import { type GwetAc, gwetOf } from "./gwet-ac.ts";
import { type Henderson, henderson } from "./henderson.ts";
import { type OnewayIcc, onewayIcc } from "./icc-oneway-unbalanced.ts";
import { alphasOf, type KrippendorffAlpha } from "./krippendorff-alpha.ts";
import type { Measured } from "./measured.ts";
import { type OrdinalAgreement, ordinalAgreement } from "./ordinal-agreement.ts";
import { type PanelState, sumsOfState } from "./panel-state.ts";
import { type RandDisagreement, randFigures } from "./rand-disagreement.ts";
import { endsOf, type WithinGroupAgreement, withinGroupAgreement } from "./within-group-agreement.ts";

/** The figures of a criterion, or of a panel, that follow every score. */
export interface LiveFigures {
  readonly alpha: Measured<KrippendorffAlpha>;
  /** With the weights given; the product's are quadratic, which is AC2. */
  readonly gwet: Measured<GwetAc>;
  readonly components: Measured<Henderson>;
  readonly oneway: Measured<OnewayIcc>;
}

/** The figures of one cell that follow every score. */
export interface LiveCellFigures {
  readonly summary: Measured<CellSummary>;
  /** `null` without scores. */
  readonly disagreement: RandDisagreement | null;
  readonly ordinal: Measured<OrdinalAgreement>;
  readonly within: Measured<WithinGroupAgreement>;
}

/**
 * All figures of one cell, an item of the state, from its tally.
 *
 * @example liveCellFigures(panelState(scoreTable([[1, 3], [1, 2]], [1, 2, 3])), 0).ordinal.values.agreementA // 1
 */
export function liveCellFigures({ tallies: { levels, stride, slots } }: PanelState, item: number): LiveCellFigures {
  const counts = [...slots.subarray(item * stride + 1, item * stride + 1 + levels.length)];
  return {
    summary: cellSummary(counts, levels),
    disagreement: randFigures({ counts, levels, ends: endsOf(levels) }, 2),
    ordinal: ordinalAgreement(counts, levels),
    within: withinGroupAgreement(counts, levels),
  };
}

/**
 * All figures that a running state can answer without looking at the scores again. `weights` are those of
 * `agreementWeights`, made once.
 *
 * @example liveFigures(panelState(scoreTable([[1, 2], [1, 2]], [1, 2])), agreementWeights([1, 2], "quadratic")).alpha.values.ordinal // 1
 */
export function liveFigures(state: PanelState, weights: Float64Array): LiveFigures {
  const sums = sumsOfState(state);
  return {
    alpha: alphasOf(coincidences(state.pairs), state.table.levels),
    gwet: gwetOf(state.pairs, weights),
    components: henderson(sums),
    oneway: onewayIcc(sums),
  };
}
