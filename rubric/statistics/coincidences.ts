import { add, at } from "./arrays.ts";
import type { PairCounts } from "./pair-counts.ts";

/**
 * Krippendorff's coincidences, from the items with two scores or more. A pair of scores of an item with n scores counts
 * 1 / (n - 1), so that every score counts once.
 */
export interface Coincidences {
  /** By level: how many scores have another to be compared with. Whole numbers. */
  readonly scores: Float64Array;
  /** By pairs of different levels, the lower one leading: 1-2, 1-3, .., 2-3, ..; one of the two equal halves. */
  readonly pairs: Float64Array;
  /** The sum of `scores`. */
  readonly pairable: number;
  /** Items with two scores or more. */
  readonly units: number;
}

export function coincidences({ levels, pools }: PairCounts): Coincidences {
  const scores = new Float64Array(levels);
  const pairs = new Float64Array((levels * (levels - 1)) / 2);
  let pairable = 0;
  let units = 0;
  for (const { size, items, scores: own, pairs: ownPairs } of pools) {
    if (size < 2 || items === 0) continue;
    units += items;
    pairable += size * items;
    for (let level = 0; level < levels; level += 1) add(scores, level, at(own, level));
    addPairs(pairs, ownPairs, { levels, share: size - 1 });
  }
  return { scores, pairs, pairable, units };
}

function addPairs(into: Float64Array, table: Float64Array, { levels, share }: { levels: number; share: number }): void {
  let index = 0;
  for (let low = 0; low < levels; low += 1) {
    for (let high = low + 1; high < levels; high += 1) {
      add(into, index, at(table, low * levels + high) / share);
      index += 1;
    }
  }
}
