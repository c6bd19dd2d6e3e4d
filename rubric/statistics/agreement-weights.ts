import { greatestOf, leastOf } from "./extremes.ts";

/**
 * How much two different levels count as agreement, from 0 (none) to 1 (the same level): `identity` nothing but the same
 * level; `linear` and `quadratic` by their distance on the scale; `ordinal` by how many levels lie between.
 */
export type AgreementWeighting = "identity" | "linear" | "quadratic" | "ordinal";

/**
 * The K x K weights, row by row. With s = the distance of two levels as a share of the scale: linear 1 - s, quadratic
 * 1 - s^2, ordinal 1 - C(steps + 1, 2) / C(K, 2).
 *
 * Gwet (2014), Handbook of Inter-Rater Reliability, chapter 3.
 *
 * @example agreementWeights([1, 2, 3], "quadratic") // [1, 0.75, 0, 0.75, 1, 0.75, 0, 0.75, 1]
 */
export function agreementWeights(levels: readonly number[], weighting: AgreementWeighting): Float64Array {
  const count = levels.length;
  const range = greatestOf(levels) - leastOf(levels);
  const weights = new Float64Array(count * count);
  for (const [row, left] of levels.entries()) {
    for (const [column, right] of levels.entries()) {
      const steps = Math.abs(row - column);
      const share = steps === 0 ? 0 : Math.abs(left - right) / range;
      weights[row * count + column] = 1 - LOSSES[weighting]({ steps, share, count });
    }
  }
  return weights;
}

const LOSSES: Record<AgreementWeighting, (apart: { steps: number; share: number; count: number }) => number> = {
  identity: ({ steps }) => Math.min(1, steps),
  linear: ({ share }) => share,
  quadratic: ({ share }) => share * share,
  ordinal: ({ steps, count }) => (steps === 0 ? 0 : (steps * (steps + 1)) / (count * (count - 1))),
};
