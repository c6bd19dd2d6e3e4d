import type { Ratings } from "./score-table.ts";

/** The items that every reviewer scored, item by item. */
export interface CompleteTable {
  readonly items: number;
  readonly reviewers: number;
  /** Items x reviewers. */
  readonly scores: Float64Array;
}

/**
 * Leaves out every item that has a hole.
 *
 * @example completeTable([[1, 2, null], [3, 4, 5]]).scores // [1, 3, 2, 4]
 */
export function completeTable(ratings: Ratings): CompleteTable {
  const width = ratings[0]?.length ?? 0;
  const scores: number[] = [];
  let items = 0;
  for (let item = 0; item < width; item += 1) {
    const column = ratings.map((row) => row[item] ?? null).filter((score) => score !== null);
    if (column.length < ratings.length) continue;
    for (const score of column) scores.push(score);
    items += 1;
  }
  return { items, reviewers: ratings.length, scores: Float64Array.from(scores) };
}
