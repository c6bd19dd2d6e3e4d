import type { Measured } from "#rubric/statistics/measured.ts";
import { reasonsAt } from "#rubric/statistics/reasons-at.ts";

/** Where a criterion's scale ends: fixed anchors, so that adding a policy never changes the others' values. */
export interface Anchors {
  readonly min: number;
  readonly max: number;
}

/** A panel's means and what they count for. */
export interface WeighedMeans {
  /** Policies x criteria; `null` = a cell without scores. */
  readonly means: readonly (readonly (number | null)[])[];
  /** One a criterion. */
  readonly anchors: readonly Anchors[];
  /** One a criterion, summing to 1. */
  readonly weights: readonly number[];
}

export type PolicyValues = {
  /** Weighted value of each policy, 0 (every mean at the lowest level) to 1 (every mean at the highest). */
  readonly values: readonly (number | null)[];
  /** The same with all criteria weighing alike: always shown beside. */
  readonly equalValues: readonly (number | null)[];
};

/**
 * The value of each policy: the weighted sum over criteria of `(mean - lowest level) / (highest - lowest level)`. A policy
 * with a cell without scores has none (`no-scores`). The scale's own ends anchor it, not the best and worst policy present:
 * ranks can therefore not reverse when a policy is added.
 *
 * Belton & Gear (1983), On a short-coming of Saaty's method of analytic hierarchies, Omega 11:228-230, on rank reversal.
 *
 * @example policyValues({ means: [[5, 1]], anchors: [{ min: 1, max: 5 }, { min: 1, max: 5 }], weights: [0.75, 0.25] }).values.values // [0.75]
 */
export function policyValues({ means, anchors, weights }: WeighedMeans): Measured<PolicyValues> {
  const equal = weights.map(() => 1 / weights.length);
  const shares = means.map((row) => row.map((mean, criterion) => anchored(mean, anchors[criterion])));
  const values = shares.map((row) => weighted(row, weights));
  const equalValues = shares.map((row) => weighted(row, equal));
  const reasons = {
    ...reasonsAt("values", values, "no-scores"),
    ...reasonsAt("equalValues", equalValues, "no-scores"),
  };
  return { values: { values, equalValues }, reasons };
}

/**
 * A mean as a share of the way from the lowest to the highest level; `null` stays `null`.
 * @example anchored(4, { min: 1, max: 5 }) // 0.75
 */
export function anchored(mean: number | null, anchors: Anchors | undefined): number | null {
  return mean === null || anchors === undefined ? null : (mean - anchors.min) / (anchors.max - anchors.min);
}

/**
 * The sum of scores times weights in the order of the criteria; `null` if a score is missing.
 * @example weighted([4, 2], [0.25, 0.75]) // 2.5
 */
export function weighted(scores: readonly (number | null)[], weights: readonly number[]): number | null {
  let value = 0;
  for (const [criterion, weight] of weights.entries()) {
    const score = scores[criterion] ?? null;
    if (score === null) return null;
    value += weight * score;
  }
  return value;
}
