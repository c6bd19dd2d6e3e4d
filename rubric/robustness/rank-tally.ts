import { add, addCount, at, countAt, entryAt } from "#rubric/statistics/arrays.ts";

/** Ranks counted over draws. Policies and ranks by index, the best rank first. */
export interface RankTally {
  readonly policies: number;
  readonly criteria: number;
  /** Values that differ by no more are level. */
  readonly width: number;
  /** The draw to be counted next, to be filled in: a value per policy, a weight per criterion. */
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly ranks: Int32Array;
  /** Policies x policies, where the first comes before the second: draws in which it is better, and in which it is worse. */
  readonly better: Float64Array;
  readonly worse: Float64Array;
  /** Policies x ranks: draws in which the policy has the rank. */
  readonly ranked: Float64Array;
  /** Policies x criteria: sums of the weights with which the policy is first. */
  readonly firstWeights: Float64Array;
}

export interface RankShares {
  readonly rankAcceptability: readonly (readonly number[])[];
  readonly pairwiseWinning: readonly (readonly number[])[];
  readonly centralWeights: readonly (readonly number[] | null)[];
}

/** A tally of no draws. */
export function rankTally(size: Pick<RankTally, "policies" | "criteria" | "width">): RankTally {
  const { policies, criteria, width } = size;
  // Written out, field by field: engines make fast code for objects of one shape.
  return {
    policies,
    criteria,
    width,
    values: new Float64Array(policies),
    weights: new Float64Array(criteria),
    ranks: new Int32Array(policies),
    better: new Float64Array(policies * policies),
    worse: new Float64Array(policies * policies),
    ranked: new Float64Array(policies * policies),
    firstWeights: new Float64Array(policies * criteria),
  };
}

/** Counts the draw that is filled in, as one or as any other share. Level policies both have the better rank. */
export function countDraw(tally: RankTally, share = 1): void {
  rank(tally, share);
  const { policies, criteria, ranks, ranked, weights, firstWeights } = tally;
  for (let policy = 0; policy < policies; policy += 1) {
    const place = countAt(ranks, policy);
    add(ranked, policy * policies + place, share);
    if (place > 0) continue;
    for (let criterion = 0; criterion < criteria; criterion += 1) {
      add(firstWeights, policy * criteria + criterion, share * at(weights, criterion));
    }
  }
}

/** Compares every pair. Whether one is better enters as 0 or 1: a branch that cannot be foreseen would take twice the time. */
function rank({ policies, width, values, ranks, better, worse }: RankTally, share: number): void {
  ranks.fill(0);
  for (let one = 0; one < policies; one += 1) {
    const value = at(values, one);
    const row = one * policies;
    let betterThanOne = 0;
    for (let other = one + 1; other < policies; other += 1) {
      const lead = value - at(values, other);
      const isBetter = Number(lead > width);
      const isWorse = Number(lead < -width);
      add(better, row + other, isBetter * share);
      add(worse, row + other, isWorse * share);
      addCount(ranks, other, isBetter);
      betterThanOne += isWorse;
    }
    addCount(ranks, one, betterThanOne);
  }
}

/** What was counted, as shares of all draws; `null` for the central weights of a policy that was never first. */
export function sharesOf({ policies, criteria, better, worse, ranked, firstWeights }: RankTally): RankShares {
  const counts = rowsOf(ranked, policies, policies);
  // Every policy has one rank in every draw.
  const total = entryAt(counts, 0).reduce((sum, count) => sum + count, 0);
  const divided = (row: readonly number[], by: number) => row.map((count) => count / by);
  return {
    rankAcceptability: counts.map((row) => divided(row, total)),
    pairwiseWinning: rowsOf(better, policies, policies).map((row, one) =>
      divided(
        row.map((count, other) => (other < one ? at(worse, other * policies + one) : count)),
        total,
      ),
    ),
    centralWeights: rowsOf(firstWeights, policies, criteria).map((row, policy) => {
      const first = entryAt(entryAt(counts, policy), 0);
      return first > 0 ? divided(row, first) : null;
    }),
  };
}

function rowsOf(matrix: Float64Array, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, row) => [...matrix.subarray(row * columns, (row + 1) * columns)]);
}
