import { coincidences } from "./coincidences.ts";
import { type GwetAc, gwetOf } from "./gwet-ac.ts";
import { type Henderson, henderson } from "./henderson.ts";
import { type OnewayIcc, onewayIcc } from "./icc-oneway-unbalanced.ts";
import { alphasOf, type KrippendorffAlpha } from "./krippendorff-alpha.ts";
import type { Measured } from "./measured.ts";
import { type PanelState, sumsOfState } from "./panel-state.ts";

/** The figures that follow every score. */
export interface LiveFigures {
  readonly alpha: Measured<KrippendorffAlpha>;
  /** With the weights given; the product's are quadratic, which is AC2. */
  readonly gwet: Measured<GwetAc>;
  readonly components: Measured<Henderson>;
  readonly oneway: Measured<OnewayIcc>;
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
