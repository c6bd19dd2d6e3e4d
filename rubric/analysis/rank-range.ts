/** Where a policy falls when the reviewers are resampled. Ranks count from 1. */
export interface RankRange {
  readonly best: number;
  readonly worst: number;
  /** The rank it has most often, the better one of several. */
  readonly likeliest: number;
}

/**
 * The ranks that hold the middle 9 of 10 resamples: at most 1 of 20 lies beyond either end.
 * @example rankRange([0.04, 0.9, 0.06]) // { best: 2, worst: 3, likeliest: 2 }
 */
export function rankRange(probability: readonly number[]): RankRange {
  const beyond = (shares: readonly number[]) => {
    let sum = 0;
    const found = shares.findIndex((share) => {
      sum += share;
      return sum > 0.05;
    });
    return Math.max(0, found);
  };
  const likeliest = probability.indexOf(Math.max(...probability)) + 1;
  return { best: beyond(probability) + 1, worst: probability.length - beyond([...probability].reverse()), likeliest };
}

/** What the picture says of one policy. */
export function rankRangeSentence({
  policyId,
  best,
  worst,
  likeliest,
}: RankRange & { readonly policyId: string }): string {
  if (best === worst) return `${policyId} has rank ${best}.`;
  return `${policyId} has rank ${best} to ${worst}, most often ${likeliest}.`;
}
