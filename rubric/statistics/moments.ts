import { entryAt } from "./arrays.ts";
import type { Counts } from "./quantile.ts";

/** The sums that means and variances of one cell are made of. */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly mean: number;
  /** Sum of the squared deviations from the mean, in squared scale units; exactly 0 if all scores are the same. */
  readonly squares: number;
}

/**
 * Number, sum, mean and squared deviations of the scores of one cell; `null` without scores. Exact up to the last division
 * where the levels are whole numbers.
 *
 * @example momentsOf([1, 0, 1], [1, 2, 3])?.squares // 2
 */
export function momentsOf(counts: Counts, levels: readonly number[]): Moments | null {
  const [lowest] = levels;
  if (lowest === undefined) return null;
  let [n, sum, offsets, squaredOffsets, used] = [0, 0, 0, 0, 0];
  let last = lowest;
  for (const [index, level] of levels.entries()) {
    const count = entryAt(counts, index);
    if (count === 0) continue;
    const offset = level - lowest;
    n += count;
    sum += count * level;
    offsets += count * offset;
    squaredOffsets += count * offset * offset;
    used += 1;
    last = level;
  }
  if (n === 0) return null;
  if (used === 1) return { n, sum, mean: last, squares: 0 };
  return { n, sum, mean: sum / n, squares: Math.max(0, (n * squaredOffsets - offsets * offsets) / n) };
}

/** Sum of |y - centre| over the scores of one cell, in scale units. */
export function absoluteDeviations(counts: Counts, levels: readonly number[], centre: number): number {
  return levels.reduce((sum, level, index) => sum + entryAt(counts, index) * Math.abs(level - centre), 0);
}
