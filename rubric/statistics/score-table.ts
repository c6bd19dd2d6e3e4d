/** Scores as people write them: reviewers (rows) by items (columns), `null` where there is no score. */
export type Ratings = readonly (readonly (number | null)[])[];

/** One round's scores as small whole numbers, reviewer by reviewer: 0 = no score, else the index of the level + 1. */
export interface ScoreTable {
  readonly reviewers: number;
  readonly items: number;
  /** All levels of the scale, used or not, lowest first. */
  readonly levels: readonly number[];
  readonly codes: Int8Array | Int32Array;
}

/**
 * Ratings as codes. A score that is no level counts as none; whoever reads the ratings refuses it before.
 *
 * @example scoreTable([[-1, null], [1, 0]], [-1, 0, 1]).codes // [1, 0, 3, 2]
 */
export function scoreTable(ratings: Ratings, levels: readonly number[]): ScoreTable {
  const items = ratings[0]?.length ?? 0;
  const size = ratings.length * items;
  const codes = levels.length > 127 ? new Int32Array(size) : new Int8Array(size);
  const codeOf = new Map(levels.map((level, index) => [level, index + 1]));
  for (const [reviewer, row] of ratings.entries()) {
    for (let item = 0; item < items; item += 1) {
      const score = row[item] ?? null;
      if (score !== null) codes[reviewer * items + item] = codeOf.get(score) ?? 0;
    }
  }
  return { reviewers: ratings.length, items, levels, codes };
}

/**
 * The distinct scores of a table, lowest first: the levels where the scale is continuous. Levels nobody used change
 * none of the figures that are then asked for.
 *
 * @example levelsIn([[2.5, null], [1, 2.5]]) // [1, 2.5]
 */
export function levelsIn(ratings: Ratings): number[] {
  const seen = new Set(ratings.flat().filter((score) => score !== null));
  return [...seen].sort((left, right) => left - right);
}
