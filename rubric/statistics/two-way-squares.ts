import { add, at } from "./arrays.ts";
import type { CompleteTable } from "./complete-table.ts";
import { squares } from "./figure.ts";

/** Mean squares of a complete table, in squared scale units: what each part of the layout adds to the spread. */
export interface MeanSquares {
  /** Between items. */
  readonly MSB: number;
  /** Within items, reviewers not told apart. */
  readonly MSW: number;
  /** Between reviewers. */
  readonly MSJ: number;
  /** What is left when items and reviewers are both accounted for. */
  readonly MSE: number;
}

/**
 * Two-way analysis of variance, for at least two items and two reviewers. Shrout & Fleiss (1979), Psychological Bulletin
 * 86:420-428.
 *
 * @example meanSquares(completeTable([[1, 2], [2, 5]])).MSB // 4
 */
export function meanSquares({ items, reviewers, scores: given }: CompleteTable): MeanSquares {
  const scores = shifted(given);
  const itemMeans = new Float64Array(items);
  const reviewerMeans = new Float64Array(reviewers);
  let mean = 0;
  for (let item = 0; item < items; item += 1) {
    for (let reviewer = 0; reviewer < reviewers; reviewer += 1) {
      const score = at(scores, item * reviewers + reviewer);
      add(itemMeans, item, score / reviewers);
      add(reviewerMeans, reviewer, score / items);
    }
    mean += at(itemMeans, item) / items;
  }
  const sums = residualSquares(scores, { itemMeans, reviewerMeans, mean });
  const total = sums.total;
  return {
    MSB: squares(reviewers * squaresAbout(itemMeans, mean), total) / (items - 1),
    MSJ: squares(items * squaresAbout(reviewerMeans, mean), total) / (reviewers - 1),
    MSW: squares(sums.within, total) / (items * (reviewers - 1)),
    MSE: squares(sums.residual, total) / ((items - 1) * (reviewers - 1)),
  };
}

/** The scores less the first of them. This changes no square, and a constant table is exactly 0. */
function shifted(scores: Float64Array): Float64Array {
  return scores.map((score) => score - at(scores, 0));
}

interface Means {
  readonly itemMeans: Float64Array;
  readonly reviewerMeans: Float64Array;
  readonly mean: number;
}

function residualSquares(scores: Float64Array, { itemMeans, reviewerMeans, mean }: Means) {
  const sums = { total: 0, within: 0, residual: 0 };
  const reviewers = reviewerMeans.length;
  for (let item = 0; item < itemMeans.length; item += 1) {
    for (let reviewer = 0; reviewer < reviewers; reviewer += 1) {
      const score = at(scores, item * reviewers + reviewer);
      const within = score - at(itemMeans, item);
      const residual = within - at(reviewerMeans, reviewer) + mean;
      sums.total += (score - mean) * (score - mean);
      sums.within += within * within;
      sums.residual += residual * residual;
    }
  }
  return sums;
}

function squaresAbout(numbers: Float64Array, centre: number): number {
  let sum = 0;
  for (const number of numbers) sum += (number - centre) * (number - centre);
  return sum;
}
