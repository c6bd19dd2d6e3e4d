import { panelWeights } from "#rubric/robustness/criteria-weights.ts";
import type { Rubric } from "../rubric.ts";
import { compareUnits } from "../text-order.ts";
import { type AnalysisInput, scorersOf } from "./analysis-input.ts";

/** How much each criterion counts. Lists have one entry a criterion, in rubric order; weights sum to 1. */
export type CriteriaShares = Source & {
  readonly weights: readonly number[];
  /** Always beside. */
  readonly equal: number;
  /** The vectors the mean is made of, unnamed and in an order that says nothing. */
  readonly reviewers: readonly (readonly number[])[];
};

/**
 * `points`: the mean of the reviewers' swing points; `stated`: the rubric's own weights; `equal`: nobody said.
 * `meanDifference`: how far reviewers are from the mean, on average: 0 all alike, 1 nothing in common.
 */
type Source =
  | { readonly source: "points"; readonly meanDifference: number }
  | { readonly source: "stated" | "equal"; readonly meanDifference: null };

/** The panel's weights: what enough reviewers said, else what the rubric says, else equal ones. */
export function criteriaShares(input: AnalysisInput, rubric: Rubric, minScores: number): CriteriaShares {
  const equal = 1 / rubric.criteria.length;
  const given = ownShares(input).filter((own) => own !== null);
  const { panel: weights, meanTotalVariation: meanDifference } = panelWeights(given).values;
  if (given.length >= minScores && weights !== null && meanDifference !== null) {
    const reviewers = [...given].sort((left, right) => compareUnits(printed(left), printed(right)));
    return { source: "points", weights, equal, reviewers, meanDifference };
  }
  const stated = panelWeights([rubric.criteria.map(({ weight }) => weight ?? 0)]).values.panel;
  return {
    source: stated === null ? "equal" : "stated",
    weights: stated ?? rubric.criteria.map(() => equal),
    equal,
    reviewers: [],
    meanDifference: null,
  };
}

/** All of one width, so that by text is by size, and the order of two vectors says nothing of whose they are. */
function printed(shares: readonly number[]): string {
  return shares.map((share) => share.toFixed(15)).join();
}

/** The points of each reviewer with scores as shares of their sum; `null` for someone who gave none, or only zeros. */
export function ownShares(input: AnalysisInput): (readonly number[] | null)[] {
  return scorersOf(input).map(({ points }) => (points === null ? null : panelWeights([points]).values.panel));
}
