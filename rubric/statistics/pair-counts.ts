import { add, countAt } from "./arrays.ts";
import type { Tallies } from "./tallies.ts";

/** What the items with one and the same number of scores add up to. Whole numbers all, so nothing is ever rounded. */
interface Pool {
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
export interface PairCounts {
  readonly levels: number;
  /** By number of scores; `null` where no item has had that many. */
  readonly pools: (Pool | null)[];
}

export function pairCounts(tallies: Tallies): PairCounts {
  const counts: PairCounts = { levels: tallies.levels.length, pools: [] };
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

function count({ levels, pools }: PairCounts, { slots, start, sign }: Histogram): void {
  let size = 0;
  for (let level = 0; level < levels; level += 1) size += countAt(slots, start + level);
  const pool = poolOf(pools, size, levels);
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

function poolOf(pools: (Pool | null)[], size: number, levels: number): Pool {
  while (pools.length <= size) pools.push(null);
  const held = pools[size] ?? null;
  if (held) return held;
  const pool = { items: 0, scores: new Float64Array(levels), pairs: new Float64Array(levels * levels) };
  pools[size] = pool;
  return pool;
}
