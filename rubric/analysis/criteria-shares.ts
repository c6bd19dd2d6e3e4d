import { panelWeights } from "#rubric/robustness/criteria-weights.ts";
import type { Rubric } from "../rubric.ts";
import { compareText } from "../text-order.ts";
import type { AnalysisInput } from "./analysis-input.ts";

/** How much each criterion counts. Lists have one entry a criterion, in rubric order; weights sum to 1. */
export interface CriteriaShares {
  /** `points`: the mean of the reviewers' swing points; `stated`: the rubric's own weights; `equal`: nobody said. */
  readonly source: "points" | "stated" | "equal";
  readonly weights: readonly number[];
  /** Always beside. */
  readonly equal: number;
  /** The vectors the mean is made of, unnamed and in an order that says nothing. */
  readonly reviewers: readonly (readonly number[])[];
  /** How far reviewers are from the mean, on average: 0 all alike, 1 nothing in common. */
  readonly meanDifference: number | null;
}

/** The panel's weights: what enough reviewers said, else what the rubric says, else equal ones. */
export function criteriaShares(input: AnalysisInput, rubric: Rubric, minScores: number): CriteriaShares {
  const equal = 1 / rubric.criteria.length;
  const given = ownShares(input).filter((own) => own !== null);
  const found = panelWeights(given).values;
  if (given.length >= minScores && found.panel !== null) {
    const reviewers = [...given].sort((left, right) => compareText(left.join(), right.join()));
    return { source: "points", weights: found.panel, equal, reviewers, meanDifference: found.meanTotalVariation };
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

/** Each reviewer's points as shares of their sum; `null` for someone who gave none, or only zeros. */
export function ownShares({ reviewers }: AnalysisInput): (readonly number[] | null)[] {
  return (reviewers ?? []).map(({ points }) =>
    points === null ? null : (panelWeights([points]).values.panel ?? null),
  );
}
