import { entryAt } from "./arrays.ts";
import { type Measured, undefinedFor } from "./measured.ts";
import { absoluteDeviations, type Moments, momentsOf } from "./moments.ts";
import { type Counts, median, orderStatistic, type QuantileType, quantileOfType, total } from "./quantile.ts";

/** Location and spread of one cell, in scale units; `null` without scores, `sd` also of a single one. */
export interface CellSummary {
  readonly n: number;
  readonly counts: Counts;
  readonly mean: number | null;
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Standard deviation, dividing by n - 1. */
  readonly sd: number | null;
  readonly q1_type2: number | null;
  readonly q3_type2: number | null;
  readonly iqr_type2: number | null;
  readonly q1_type6: number | null;
  readonly q3_type6: number | null;
  readonly iqr_type6: number | null;
  readonly q1_type7: number | null;
  readonly q3_type7: number | null;
  readonly iqr_type7: number | null;
  /** Mean without the lowest and the highest fifth of the scores, rounded down. */
  readonly trimmedMean20: number | null;
  /** Median of |y - median|. */
  readonly mad: number | null;
  readonly meanAbsDevMedian: number | null;
  /** Mean of |y - mean|. */
  readonly adM: number | null;
}

const locations = ["mean", "median", "min", "max", "sd"] as const;
const quartiles = ["q1_type2", "q3_type2", "iqr_type2", "q1_type6", "q3_type6", "iqr_type6"] as const;
const others = ["q1_type7", "q3_type7", "iqr_type7", "trimmedMean20", "mad", "meanAbsDevMedian", "adM"] as const;

/**
 * What a panel said in one cell, and how spread it is. Quartiles of type 2 are Concord's, types 6 and 7 are for comparison.
 *
 * Hyndman & Fan (1996), Sample quantiles in statistical packages, The American Statistician 50:361-365.
 *
 * @example cellSummary([1, 1, 1, 2, 1], [-2, -1, 0, 1, 2]).values.median // 0.5
 */
export function cellSummary(counts: Counts, levels: readonly number[]): Measured<CellSummary> {
  const moments = momentsOf(counts, levels);
  const inner = momentsOf(trimmed(counts), levels);
  const middle = median(counts, levels);
  const [type2, type6, type7] = [
    quartilesOf(counts, levels, 2),
    quartilesOf(counts, levels, 6),
    quartilesOf(counts, levels, 7),
  ];
  if (moments === null || inner === null || middle === null || type2 === null || type6 === null || type7 === null) {
    const { values, reasons } = undefinedFor([...locations, ...quartiles, ...others], "no-scores");
    return { values: { n: 0, counts, ...values }, reasons };
  }
  const { n, mean } = moments;
  return {
    values: {
      n,
      counts,
      mean,
      median: middle,
      min: orderStatistic(counts, levels, 1),
      max: orderStatistic(counts, levels, n),
      sd: standardDeviation(moments),
      q1_type2: type2.first,
      q3_type2: type2.third,
      iqr_type2: type2.third - type2.first,
      q1_type6: type6.first,
      q3_type6: type6.third,
      iqr_type6: type6.third - type6.first,
      q1_type7: type7.first,
      q3_type7: type7.third,
      iqr_type7: type7.third - type7.first,
      trimmedMean20: inner.mean,
      mad: medianDeviation(counts, levels, middle),
      meanAbsDevMedian: absoluteDeviations(counts, levels, middle) / n,
      adM: absoluteDeviations(counts, levels, mean) / n,
    },
    reasons: n === 1 ? { sd: "too-few-raters" } : {},
  };
}

function standardDeviation({ n, squares }: Moments): number | null {
  return n < 2 ? null : Math.sqrt(squares / (n - 1));
}

/** First and third quartile; `null` without scores. */
function quartilesOf(counts: Counts, levels: readonly number[], type: QuantileType) {
  const quantile = quantileOfType(type);
  const first = quantile(counts, levels, 0.25);
  const third = quantile(counts, levels, 0.75);
  return first === null || third === null ? null : { first, third };
}

/** The counts without the lowest and the highest fifth of the scores. */
function trimmed(counts: Counts): Counts {
  const n = total(counts);
  const cut = Math.floor(n / 5);
  let seen = 0;
  return counts.map((count) => {
    const from = Math.max(cut, seen);
    seen += count;
    return Math.max(0, Math.min(n - cut, seen) - from);
  });
}

function medianDeviation(counts: Counts, levels: readonly number[], middle: number): number | null {
  const deviations = levels
    .map((level, index) => ({ size: Math.abs(level - middle), count: entryAt(counts, index) }))
    .sort((left, right) => left.size - right.size);
  return median(
    deviations.map(({ count }) => count),
    deviations.map(({ size }) => size),
  );
}
