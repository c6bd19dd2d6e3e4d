import type { ScoreTable } from "./score-table.ts";

/**
 * The histograms of many items, one after another. Item i's begins at `i * stride`: in slot 0 the missing scores, in
 * slot k + 1 the scores on level k. They are all that agreement needs to know.
 */
export interface Tallies {
  readonly items: number;
  readonly levels: readonly number[];
  readonly stride: number;
  readonly slots: Int32Array;
}

/**
 * Counts the scores of every item.
 *
 * @example tallyItems(scoreTable([[1, 2], [1, null]], [1, 2])).slots // [0, 2, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]
 */
export function tallyItems({ reviewers, items, levels, codes }: ScoreTable): Tallies {
  const stride = strideFor(levels.length);
  const slots = new Int32Array(items * stride);
  for (let reviewer = 0; reviewer < reviewers; reviewer += 1) {
    const row = reviewer * items;
    // Missing scores are counted too, in slot 0: a branch would cost more than the count. So would asking whether the
    // places exist, which `Number` leaves out.
    for (let item = 0; item < items; item += 1) {
      const slot = item * stride + Number(codes[row + item]);
      slots[slot] = Number(slots[slot]) + 1;
    }
  }
  return { items, levels, stride, slots };
}

/**
 * Tallies from ready histograms: items by levels.
 *
 * @example talliesOf([[2, 0], [1, 1]], [1, 2]).slots // [0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
 */
export function talliesOf(countsByItem: readonly (readonly number[])[], levels: readonly number[]): Tallies {
  const stride = strideFor(levels.length);
  const slots = new Int32Array(countsByItem.length * stride);
  for (const [item, counts] of countsByItem.entries()) slots.set(counts, item * stride + 1);
  return { items: countsByItem.length, levels, stride, slots };
}

/** A power of two where that is possible, so that the histogram of an item lies in one line of the cache. */
function strideFor(levels: number): number {
  if (levels <= 7) return 8;
  return levels <= 15 ? 16 : levels + 1;
}
