import { entryAt } from "./arrays.ts";
import { type Measured, undefinedFor } from "./measured.ts";

/** One cell with scores that count differently. */
export interface CellWeighted {
  /** Weighted mean, in scale units. */
  readonly weightedMean: number | null;
  /** The score at which half of the weight is reached; the midpoint to the next score where it is exactly half. */
  readonly weightedMedian: number | null;
  /** How many equal weights would say as much: (sum of w)² / sum of w², between 1 and n (Kish). */
  readonly effectiveN: number | null;
}

/** A score and how much it counts, 0 or more. */
export interface WeightedScore {
  readonly score: number;
  readonly weight: number;
}

/**
 * Mean and median of one cell when confidence or expertise counts. Undefined without scores, and if all weights are 0.
 *
 * Kish (1965), Survey Sampling, 11.7 (effective n).
 *
 * @example cellWeighted([{ score: 2, weight: 1 }, { score: 4, weight: 3 }]).values.weightedMean // 3.5
 */
export function cellWeighted(scores: readonly WeightedScore[]): Measured<CellWeighted> {
  const keys = ["weightedMean", "weightedMedian", "effectiveN"] as const;
  if (scores.length === 0) return undefinedFor(keys, "no-scores");
  const counting = scores.filter(({ weight }) => weight > 0).sort((left, right) => left.score - right.score);
  if (counting.length === 0) return undefinedFor(keys, "no-weight");
  let [weight, scored, squares] = [0, 0, 0];
  for (const one of counting) {
    weight += one.weight;
    scored += one.weight * one.score;
    squares += one.weight * one.weight;
  }
  return {
    values: {
      weightedMean: scored / weight,
      weightedMedian: medianOf(counting, weight),
      effectiveN: (weight * weight) / squares,
    },
    reasons: {},
  };
}

/** From scores in rising order with positive weights. */
function medianOf(scores: readonly WeightedScore[], weight: number): number {
  const slack = 1e-12 * weight;
  let past = -weight / 2;
  const index = scores.findIndex((one) => {
    past += one.weight;
    return past >= -slack;
  });
  const { score } = entryAt(scores, index);
  return past > slack ? score : (score + entryAt(scores, index + 1).score) / 2;
}
