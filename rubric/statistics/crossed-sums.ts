import { add, addCount, at, countAt } from "./arrays.ts";
import type { Ratings } from "./score-table.ts";

/**
 * What the variance components need to know of a table of reviewers by items, holes allowed. The scores may be taken
 * from any zero point.
 */
export interface CrossedSums {
  /** All scores, and the items and reviewers that have any. */
  readonly scores: number;
  readonly items: number;
  readonly reviewers: number;
  /** The score that was taken as zero. */
  readonly zero: number;
  /** Sum of the scores, and of their squares. */
  readonly sum: number;
  readonly squares: number;
  /** Over items: each one's squared sum by its number of scores; the squared numbers; their inverses. */
  readonly itemSquares: number;
  readonly itemSizes: number;
  readonly itemInverses: number;
  /** The same over reviewers, without the inverses. */
  readonly reviewerSquares: number;
  readonly reviewerSizes: number;
}

/**
 * The sums of any table of numbers. The first score is taken as zero, so that a table of equal numbers has no squares at
 * all, and large numbers lose no digits.
 *
 * @example crossedSums([[1, 2], [2, null]]).itemSquares // 1.5
 */
export function crossedSums(ratings: Ratings): CrossedSums {
  const width = ratings[0]?.length ?? 0;
  const zero = firstScore(ratings);
  const byItem = { sums: new Float64Array(width), sizes: new Int32Array(width) };
  const byReviewer = { sums: new Float64Array(ratings.length), sizes: new Int32Array(ratings.length) };
  const totals = { sum: 0, squares: 0 };
  for (const [reviewer, row] of ratings.entries()) {
    for (const [item, given] of row.entries()) {
      if (given === null) continue;
      const score = given - zero;
      add(byItem.sums, item, score);
      addCount(byItem.sizes, item, 1);
      add(byReviewer.sums, reviewer, score);
      addCount(byReviewer.sizes, reviewer, 1);
      totals.sum += score;
      totals.squares += score * score;
    }
  }
  const items = sumsOver(byItem);
  const reviewers = sumsOver(byReviewer);
  return {
    scores: items.scores,
    items: items.present,
    reviewers: reviewers.present,
    zero,
    ...totals,
    itemSquares: items.squares,
    itemSizes: items.sizes,
    itemInverses: items.inverses,
    reviewerSquares: reviewers.squares,
    reviewerSizes: reviewers.sizes,
  };
}

function firstScore(ratings: Ratings): number {
  for (const row of ratings) {
    for (const score of row) {
      if (score !== null) return score;
    }
  }
  return 0;
}

function sumsOver({ sums, sizes }: { readonly sums: Float64Array; readonly sizes: Int32Array }) {
  const totals = { scores: 0, present: 0, squares: 0, sizes: 0, inverses: 0 };
  for (let index = 0; index < sums.length; index += 1) {
    const size = countAt(sizes, index);
    if (size === 0) continue;
    const sum = at(sums, index);
    totals.scores += size;
    totals.present += 1;
    totals.squares += (sum * sum) / size;
    totals.sizes += size * size;
    totals.inverses += 1 / size;
  }
  return totals;
}
