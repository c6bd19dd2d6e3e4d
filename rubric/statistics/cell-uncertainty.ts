import { type Measured, undefinedFor } from "./measured.ts";
import { momentsOf } from "./moments.ts";
import { type Counts, orderStatistic, total } from "./quantile.ts";
import { binomialAtMost, tQuantile } from "./tails.ts";

/** How far median and mean of one cell could lie elsewhere with another such panel, in scale units. */
export interface CellUncertainty {
  readonly medianCiLow: number | null;
  readonly medianCiHigh: number | null;
  /** The interval's exact confidence, at least the one asked for; 0..1. */
  readonly medianCiCoverage: number | null;
  /** Standard error of the mean: sd / sqrt(n). */
  readonly meanSe: number | null;
  readonly meanCiLow: number | null;
  readonly meanCiHigh: number | null;
}

const median = ["medianCiLow", "medianCiHigh", "medianCiCoverage"] as const;
const mean = ["meanSe", "meanCiLow", "meanCiHigh"] as const;

/**
 * The interval of the median between two scores, exact and hence conservative (there is none for 5 scores or fewer at
 * 95 %), and the interval of the mean by Student's t.
 *
 * David & Nagaraja (2003), Order Statistics, 7.1.
 *
 * @param confidence more than 0, less than 1
 * @example cellUncertainty([3, 0, 3], [1, 2, 3], 0.95).values.medianCiCoverage // 0.96875
 */
export function cellUncertainty(
  counts: Counts,
  levels: readonly number[],
  confidence: number,
): Measured<CellUncertainty> {
  if (total(counts) === 0) return undefinedFor([...median, ...mean], "no-scores");
  const ofMedian = medianInterval(counts, levels, confidence);
  const ofMean = meanInterval(counts, levels, confidence);
  return {
    values: { ...ofMedian.values, ...ofMean.values },
    reasons: { ...ofMedian.reasons, ...ofMean.reasons },
  };
}

/**
 * The largest k for which the median lies, with at least this confidence, between the k-th lowest and the k-th highest of n
 * scores; 0 where none does. It depends on nothing else about the scores.
 *
 * @example medianRank(6, 0.95) // 1
 */
export function medianRank(n: number, confidence: number): number {
  let [k, tooLarge] = [0, Math.floor(n / 2) + 1];
  while (tooLarge - k > 1) {
    const middle = Math.floor((k + tooLarge) / 2);
    if (outside(middle, n) <= 1 - confidence + 1e-12) k = middle;
    else tooLarge = middle;
  }
  return k;
}

function outside(k: number, n: number): number {
  return 2 * binomialAtMost(k - 1, n, 0.5);
}

/** Between the k-th lowest and the k-th highest score, for the largest k that keeps the confidence. */
function medianInterval(
  counts: Counts,
  levels: readonly number[],
  confidence: number,
): Measured<Record<(typeof median)[number], number | null>> {
  const n = total(counts);
  const k = medianRank(n, confidence);
  if (k === 0) return undefinedFor(median, "no-interval");
  const medianCiLow = orderStatistic(counts, levels, k);
  const medianCiHigh = orderStatistic(counts, levels, n - k + 1);
  return { values: { medianCiLow, medianCiHigh, medianCiCoverage: 1 - outside(k, n) }, reasons: {} };
}

function meanInterval(
  counts: Counts,
  levels: readonly number[],
  confidence: number,
): Measured<Record<(typeof mean)[number], number | null>> {
  const moments = momentsOf(counts, levels);
  if (moments === null || moments.n < 2) return undefinedFor(mean, "too-few-raters");
  const meanSe = Math.sqrt(moments.squares / (moments.n - 1) / moments.n);
  const reach = tQuantile((1 + confidence) / 2, moments.n - 1) * meanSe;
  return { values: { meanSe, meanCiLow: moments.mean - reach, meanCiHigh: moments.mean + reach }, reasons: {} };
}
