import { at } from "#rubric/statistics/arrays.ts";

/** Scores of reviewers on items, laid out for going over them many times: reviewer by reviewer, item by item. */
export interface ReviewerTable {
  readonly reviewers: number;
  readonly items: number;
  /** 0 where there is no score. */
  readonly scores: Float64Array;
  /** 1 where there is a score, else 0. */
  readonly isScored: Float64Array;
  /** The whole numbers the scores lie among, if they are whole and few. */
  readonly levels: LevelRange | null;
}

export interface LevelRange {
  readonly lowest: number;
  readonly count: number;
}

/** As many levels as the bit sets of `levelDifferences` can add up in bytes. */
const mostLevels = 16;

/**
 * @param ratings reviewers x items; `null` = no score
 * @example reviewerTable([[1, null], [3, 2]]).levels // { lowest: 1, count: 3 }
 */
export function reviewerTable(ratings: readonly (readonly (number | null)[])[]): ReviewerTable {
  const reviewers = ratings.length;
  const items = ratings[0]?.length ?? 0;
  const scores = new Float64Array(reviewers * items);
  const isScored = new Float64Array(reviewers * items);
  for (const [reviewer, row] of ratings.entries()) {
    for (const [item, score] of row.entries()) {
      if (score === null) continue;
      scores[reviewer * items + item] = score;
      isScored[reviewer * items + item] = 1;
    }
  }
  return { reviewers, items, scores, isScored, levels: levelRange(scores, isScored) };
}

/** Each reviewer's mean score; 0 without scores. */
export function ownMeans({ reviewers, items, scores, isScored }: ReviewerTable): Float64Array {
  const means = new Float64Array(reviewers);
  for (let reviewer = 0; reviewer < reviewers; reviewer += 1) {
    let [sum, count] = [0, 0];
    for (let place = reviewer * items; place < (reviewer + 1) * items; place += 1) {
      sum += at(scores, place);
      count += at(isScored, place);
    }
    means[reviewer] = count === 0 ? 0 : sum / count;
  }
  return means;
}

function levelRange(scores: Float64Array, isScored: Float64Array): LevelRange | null {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let place = 0; place < scores.length; place += 1) {
    if (at(isScored, place) === 0) continue;
    const score = at(scores, place);
    if (!Number.isInteger(score)) return null;
    lowest = Math.min(lowest, score);
    highest = Math.max(highest, score);
  }
  const count = highest - lowest + 1;
  return count >= 1 && count <= mostLevels ? { lowest, count } : null;
}
