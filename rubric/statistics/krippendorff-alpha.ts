import { at } from "./arrays.ts";
import { type Coincidences, coincidences } from "./coincidences.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import type { Measured } from "./measured.ts";
import { pairCounts } from "./pair-counts.ts";
import type { Tallies } from "./tallies.ts";

/** How far two levels count as apart. Policies are scored on ordered levels, so `ordinal` is the default. */
export type AlphaMetric = "nominal" | "ordinal" | "interval" | "ratio";

export type KrippendorffAlpha = {
  readonly nominal: number | null;
  readonly ordinal: number | null;
  readonly interval: number | null;
  /** `null` on a scale with a negative level. */
  readonly ratio: number | null;
  /** Scores on items with two scores or more. */
  readonly pairableValues: number | null;
  /** Items with two scores or more. */
  readonly units: number | null;
};

/**
 * Do the scores tell items apart, or only reviewers? 1 means that all scores of an item are alike, 0 that they differ
 * within items as much as over all; it may be negative. Without unit, at most 1.
 *
 * alpha = 1 - (n - 1) sum o_ck d_ck / sum n_c n_k d_ck with coincidences o, level totals n_c, and squared distances d.
 * Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.
 *
 * @example krippendorffAlpha(talliesOf([[2, 0], [1, 1], [0, 2]], [1, 2])).values.nominal // 0.4444444444444444
 */
export function krippendorffAlpha(tallies: Tallies): Measured<KrippendorffAlpha> {
  return alphasOf(coincidences(pairCounts(tallies)), tallies.levels);
}

/** Alpha in all four metrics, from coincidences at hand. */
export function alphasOf(held: Coincidences, levels: readonly number[]): Measured<KrippendorffAlpha> {
  return measuredFrom({
    nominal: alphaOf(held, levels, "nominal"),
    ordinal: alphaOf(held, levels, "ordinal"),
    interval: alphaOf(held, levels, "interval"),
    ratio: alphaOf(held, levels, "ratio"),
    pairableValues: held.pairable,
    units: held.units,
  });
}

/** Alpha in one metric: at most 1, or why there is none. */
export function alphaOf(held: Coincidences, levels: readonly number[], metric: AlphaMetric): Figure {
  if (metric === "ratio" && levels.some((level) => level < 0)) return "scale-not-ratio";
  if (held.pairable === 0) return "too-few-raters";
  const places = metric === "ordinal" ? middleRanks(held.scores) : new Float64Array(levels);
  const { observed, expected } = disagreement(held, places, DISTANCES[metric]);
  return expected === 0 ? "no-variance" : 1 - ((held.pairable - 1) * observed) / expected;
}

/** Squared distance of two different levels, the lower one first. */
type Distance = (low: number, high: number) => number;

const DISTANCES: Record<AlphaMetric, Distance> = {
  nominal: () => 1,
  ordinal: (low, high) => (high - low) * (high - low),
  interval: (low, high) => (high - low) * (high - low),
  ratio: (low, high) => ((high - low) / (high + low)) * ((high - low) / (high + low)),
};

/** Where the middle of each level's scores stands when all scores are put in order. */
function middleRanks(scores: Float64Array): Float64Array {
  const ranks = new Float64Array(scores.length);
  let below = 0;
  for (const [level, own] of scores.entries()) {
    ranks[level] = below + own / 2;
    below += own;
  }
  return ranks;
}

/** Both sums over half of the symmetric table, which leaves their quotient as it is. */
function disagreement({ pairs, scores }: Coincidences, places: Float64Array, distance: Distance) {
  let observed = 0;
  let expected = 0;
  let pair = 0;
  for (let low = 0; low < scores.length; low += 1) {
    for (let high = low + 1; high < scores.length; high += 1) {
      const apart = distance(at(places, low), at(places, high));
      observed += at(pairs, pair) * apart;
      expected += at(scores, low) * at(scores, high) * apart;
      pair += 1;
    }
  }
  return { observed, expected };
}
