import { entryAt } from "./arrays.ts";
/** How many reviewers gave each level, lowest level first: the sufficient statistic of every figure of one cell. */
export type Counts = readonly number[];

export function total(counts: Counts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Quantile of type 2 (averaging at the steps): with h = n p, the mean of the h-th and the next score if h is whole
 * (within 1e-9), else the score at ceil(h). Answers a level or the midpoint of two; `null` without scores.
 *
 * Hyndman & Fan (1996), Sample quantiles in statistical packages, The American Statistician 50:361-365, definition 2.
 *
 * @example quantile([0, 1, 1, 0, 0], [-2, -1, 0, 1, 2], 0.5) // -0.5
 */
export function quantile(counts: Counts, levels: readonly number[], share: number): number | null {
  const n = total(counts);
  if (n === 0) return null;
  const h = n * share;
  const whole = Math.round(h);
  if (Math.abs(h - whole) > 1e-9) return orderStatistic(counts, levels, Math.ceil(h));
  const lower = orderStatistic(counts, levels, Math.max(1, whole));
  const upper = orderStatistic(counts, levels, Math.min(n, whole + 1));
  return (lower + upper) / 2;
}

/** Type 2 is Concord's; 6 and 7 are for comparison with other software. */
export type QuantileType = 2 | 6 | 7;

/**
 * Quantile of type 2 as above, or of type 6 or 7: interpolated between the scores at position (n + 1) p or (n - 1) p + 1,
 * clamped to 1..n.
 *
 * Hyndman & Fan (1996), definitions 2, 6 and 7.
 *
 * @example quantileOfType(7)([0, 1, 1, 0, 0], [-2, -1, 0, 1, 2], 0.25) // -0.75
 */
export function quantileOfType(type: QuantileType): typeof quantile {
  if (type === 2) return quantile;
  return (counts, levels, share) => {
    const n = total(counts);
    if (n === 0) return null;
    const position = Math.min(n, Math.max(1, type === 6 ? (n + 1) * share : (n - 1) * share + 1));
    const rank = Math.floor(position);
    const lower = orderStatistic(counts, levels, rank);
    return lower + (position - rank) * (orderStatistic(counts, levels, Math.min(n, rank + 1)) - lower);
  };
}

/** The median: the middle score, or the midpoint of the two middle ones; halves are kept. */
export function median(counts: Counts, levels: readonly number[]): number | null {
  return quantile(counts, levels, 0.5);
}

/** Third quartile minus first quartile, both of type 2, in scale units. */
export function interquartileRange(counts: Counts, levels: readonly number[]): number | null {
  const first = quantile(counts, levels, 0.25);
  const third = quantile(counts, levels, 0.75);
  return first === null || third === null ? null : third - first;
}

/** The score at a rank, counted from 1 at the lowest. */
export function orderStatistic(counts: Counts, levels: readonly number[], rank: number): number {
  let seen = 0;
  for (const [index, level] of levels.entries()) {
    seen += entryAt(counts, index);
    if (seen >= rank) return level;
  }
  throw new RangeError(`rank ${rank} of ${seen} scores`);
}
