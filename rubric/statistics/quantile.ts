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

function orderStatistic(counts: Counts, levels: readonly number[], rank: number): number {
  let seen = 0;
  for (const [index, level] of levels.entries()) {
    seen += counts[index] ?? 0;
    if (seen >= rank) return level;
  }
  throw new RangeError(`rank ${rank} of ${seen} scores`);
}
