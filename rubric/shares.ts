import type { Points } from "./points.ts";
import { panelWeights } from "./robustness/criteria-weights.ts";

/**
 * One reviewer's points as weights: the share of 1 that each criterion gets, in the order given. Criteria without points
 * count as 0. `null` where the points sum to 0: such a row counts as no weights.
 * @example sharesOf({ I1: 100, G1: 25 }, ["I1", "I2", "G1"]) // [0.8, 0, 0.2]
 */
export function sharesOf(points: Points, criterionIds: readonly string[]): readonly number[] | null {
  const row = criterionIds.map((id) => pointOf(points, id));
  return panelWeights([row]).values.normalised?.[0] ?? null;
}

/** The points of one criterion; `null` where none were given. An id may be any word, `constructor` too. */
export function pointOf(points: Points, criterionId: string): number | null {
  return new Map(Object.entries(points)).get(criterionId) ?? null;
}

/** Whether anything in a row of points is above 0. */
export function hasWeight(points: Points): boolean {
  return Object.values(points).some((point) => point > 0);
}

/**
 * A share as people read it, in whole per cent, halves upwards. The space does not break.
 * @example shareWords(1 / 6) // "17\u00a0%"
 */
export function shareWords(share: number): string {
  return `${Math.round(100 * share)}\u00a0%`;
}
