import { at } from "#rubric/statistics/arrays.ts";
import { bitSets, sharedCount } from "./bit-sets.ts";
import { levelDifferences } from "./level-differences.ts";
import { ownMeans, type ReviewerTable } from "./reviewer-table.ts";

/** How far apart reviewers or points lie: a square matrix, row by row, the same above and below the diagonal of noughts. */
export interface Distances {
  readonly size: number;
  readonly matrix: Float64Array;
}

export interface ReviewerDistances extends Distances {
  /** Pairs of reviewers with fewer than five items in common, who are put at the mean distance. */
  readonly pairsWithTooFewCommon: number;
}

export interface DistanceOptions {
  /** Take each reviewer's own mean away first, so that severity is no distance. */
  readonly isCentred: boolean;
  /** What `commonItems` says of the table, where it is known already. */
  readonly common?: Float64Array;
}

/** Fewer items in common do not tell how far two reviewers are apart. */
const leastCommon = 5;

/**
 * The mean absolute difference of each two reviewers over the items both scored, in scale units. Where they share fewer than
 * five items, the mean of all other distances stands in. `null` if no two reviewers share five.
 *
 * Gower (1971), A general coefficient of similarity and some of its properties, Biometrics 27:857-871: differences averaged
 * over what both have.
 *
 * @example reviewerDistances(reviewerTable([[1, 2, 3, 4, 5], [2, 2, 3, 4, 4]]), { isCentred: false })?.matrix // [0, 0.4, 0.4, 0]
 */
export function reviewerDistances(table: ReviewerTable, options: DistanceOptions): ReviewerDistances | null {
  const { reviewers: size, levels } = table;
  const common = options.common ?? commonItems(table);
  const means = options.isCentred ? ownMeans(table) : new Float64Array(size);
  const matrix = levels === null ? plainDifferences(table, means) : levelDifferences(table, { levels, means, common });
  const pairsWithTooFewCommon = divideByCommon({ size, matrix }, common);
  if (pairsWithTooFewCommon === null) return null;
  mirror({ size, matrix });
  return { size, matrix, pairsWithTooFewCommon };
}

/** How many items each two reviewers both scored: a matrix like that of the distances, filled above the diagonal. */
export function commonItems({ reviewers, items, isScored }: ReviewerTable): Float64Array {
  const sets = bitSets(isScored, reviewers, items);
  const common = new Float64Array(reviewers * reviewers);
  for (let one = 0; one < reviewers; one += 1) {
    for (let other = one + 1; other < reviewers; other += 1) {
      common[one * reviewers + other] = sharedCount(sets, one, other);
    }
  }
  return common;
}

/**
 * Sums of absolute differences of each two reviewers over the items both scored, above the diagonal. `means` are taken away
 * from each reviewer's scores first.
 */
export function plainDifferences(
  { reviewers, items, scores, isScored }: ReviewerTable,
  means: Float64Array,
): Float64Array {
  const sums = new Float64Array(reviewers * reviewers);
  for (let one = 0; one < reviewers; one += 1) {
    for (let other = one + 1; other < reviewers; other += 1) {
      const shift = at(means, one) - at(means, other);
      let sum = 0;
      for (let item = 0; item < items; item += 1) {
        const own = one * items + item;
        const others = other * items + item;
        const isShared = at(isScored, own) * at(isScored, others);
        sum += isShared * Math.abs(at(scores, own) - at(scores, others) - shift);
      }
      sums[one * reviewers + other] = sum;
    }
  }
  return sums;
}

/** Makes means of the sums above the diagonal. Answers how many pairs share too few items; `null` if all do. */
function divideByCommon({ size, matrix }: Distances, common: Float64Array): number | null {
  const open: number[] = [];
  let [total, known] = [0, 0];
  for (let one = 0; one < size; one += 1) {
    for (let place = one * size + one + 1; place < (one + 1) * size; place += 1) {
      const shared = at(common, place);
      if (shared < leastCommon) open.push(place);
      else {
        matrix[place] = at(matrix, place) / shared;
        total += at(matrix, place);
        known += 1;
      }
    }
  }
  for (const place of open) matrix[place] = total / known;
  return known === 0 ? null : open.length;
}

function mirror({ size, matrix }: Distances): void {
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other < one; other += 1) matrix[one * size + other] = at(matrix, other * size + one);
  }
}
