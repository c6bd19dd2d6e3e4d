import type { Counts } from "./statistics/quantile.ts";

/** What the submitted reviews say of one cell, before any rule: a histogram and the four non-scores. */
export interface Tally {
  readonly counts: Counts;
  readonly cannotJudge: number;
  readonly abstain: number;
  readonly recused: number;
  readonly absent: number;
  /** Members who score in the round, whatever their state. */
  readonly reviewers: number;
}

export function emptyTally(levels: number, reviewers: number): Tally {
  return { counts: new Array<number>(levels).fill(0), cannotJudge: 0, abstain: 0, recused: 0, absent: 0, reviewers };
}
