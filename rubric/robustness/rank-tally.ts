import { add, at, countAt, entryAt } from "#rubric/statistics/arrays.ts";

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
  /** The policies by falling value. The order of one draw is a good start for that of the next. */
  readonly order: Int32Array;
  /** Policies x policies: draws in which the second is better than the first. */
  readonly losses: Float64Array;
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
    order: Int32Array.from({ length: policies }, (_, policy) => policy),
    losses: new Float64Array(policies * policies),
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

/** A policy's rank is how many are better. By falling value they all stand before those that are level with it or worse. */
function rank({ policies, width, values, order, ranks, losses }: RankTally, share: number): void {
  sortByValue(order, values);
  let better = 0;
  for (let place = 0; place < policies; place += 1) {
    const policy = countAt(order, place);
    const value = at(values, policy);
    while (at(values, countAt(order, better)) - value > width) better += 1;
    ranks[policy] = better;
    const row = policy * policies;
    for (let before = 0; before < better; before += 1) add(losses, row + countAt(order, before), share);
  }
}

/** By insertion, which moves little where little has changed. */
function sortByValue(order: Int32Array, values: Float64Array): void {
  for (let next = 1; next < order.length; next += 1) {
    const policy = countAt(order, next);
    const value = at(values, policy);
    let place = next;
    while (place > 0 && at(values, countAt(order, place - 1)) < value) {
      order[place] = countAt(order, place - 1);
      place -= 1;
    }
    order[place] = policy;
  }
}

/** What was counted, as shares of all draws; `null` for the central weights of a policy that was never first. */
export function sharesOf({ policies, criteria, losses, ranked, firstWeights }: RankTally): RankShares {
  const counts = rowsOf(ranked, policies, policies);
  // Every policy has one rank in every draw.
  const total = entryAt(counts, 0).reduce((sum, count) => sum + count, 0);
  const divided = (row: readonly number[], by: number) => row.map((count) => count / by);
  return {
    rankAcceptability: counts.map((row) => divided(row, total)),
    pairwiseWinning: counts.map((_, one) => counts.map((_ranks, other) => at(losses, other * policies + one) / total)),
    centralWeights: rowsOf(firstWeights, policies, criteria).map((row, policy) => {
      const first = entryAt(entryAt(counts, policy), 0);
      return first > 0 ? divided(row, first) : null;
    }),
  };
}

function rowsOf(matrix: Float64Array, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, row) => [...matrix.subarray(row * columns, (row + 1) * columns)]);
}
