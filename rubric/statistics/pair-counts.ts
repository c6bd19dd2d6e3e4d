import { add, countAt } from "./arrays.ts";
import { type BySize, poolOfSize } from "./by-size.ts";
import type { Tallies } from "./tallies.ts";

/** What the items with one and the same number of scores add up to. Whole numbers all, so nothing is ever rounded. */
interface Pool {
  /** Scores on each of the items. */
  readonly size: number;
  items: number;
  /** Scores by level. */
  readonly scores: Float64Array;
  /** Ordered pairs of scores by two reviewers on one item, level by level: K x K, symmetric. */
  readonly pairs: Float64Array;
}

/**
 * How often two reviewers gave an item levels c and k, kept apart by the number of scores on the item. All agreement
 * beyond chance follows from these counts, and one changed score changes those of one item only.
 */
export interface PairCounts extends BySize<Pool> {
  readonly levels: number;
}

export function pairCounts(tallies: Tallies): PairCounts {
  const counts: PairCounts = { levels: tallies.levels.length, pools: [], ofSize: new Map() };
  for (let item = 0; item < tallies.items; item += 1) addItem(counts, tallies, item);
  return counts;
}

/** Adds what an item's tally contributes. */
export function addItem(counts: PairCounts, tallies: Tallies, item: number): void {
  count(counts, { slots: tallies.slots, start: item * tallies.stride + 1, sign: 1 });
}

/** Takes away what the item's tally contributes; exactly undoes `addItem` with the same tally. */
export function removeItem(counts: PairCounts, tallies: Tallies, item: number): void {
  count(counts, { slots: tallies.slots, start: item * tallies.stride + 1, sign: -1 });
}

interface Histogram {
  readonly slots: Int32Array;
  readonly start: number;
  readonly sign: 1 | -1;
}

function count(counts: PairCounts, { slots, start, sign }: Histogram): void {
  const { levels } = counts;
  let size = 0;
  for (let level = 0; level < levels; level += 1) size += countAt(slots, start + level);
  const pool = poolOfSize(counts, size, () => emptyPool(size, levels));
  pool.items += sign;
  for (let left = 0; left < levels; left += 1) {
    const own = sign * countAt(slots, start + left);
    if (own === 0) continue;
    add(pool.scores, left, own);
    const row = left * levels;
    for (let right = 0; right < levels; right += 1) add(pool.pairs, row + right, own * countAt(slots, start + right));
    // A score makes no pair with itself.
    add(pool.pairs, row + left, -own);
  }
}

function emptyPool(size: number, levels: number): Pool {
  return { size, items: 0, scores: new Float64Array(levels), pairs: new Float64Array(levels * levels) };
}
