import { type AdditiveFit, additiveFit } from "./additive-fit.ts";
import { alphasWithout } from "./alpha-without.ts";
import { add, at, entryAt } from "./arrays.ts";
import { type Figure, measuredFrom, squares } from "./figure.ts";
import { inPlaces, type Layout } from "./layout.ts";
import type { Measured } from "./measured.ts";
import { correlationsWithOthers } from "./others-correlation.ts";
import { levelsIn, type Ratings, scoreTable } from "./score-table.ts";
import { sortedQuantile } from "./sorted-quantile.ts";

type ByReviewer = readonly (number | null)[];

export type OutlierReviewers = Readonly<
  /** In scale units: how generous, and the root of the mean squared residual; each with its distance from the median. */
  Record<"severity" | "severityRobustZ", ByReviewer | null> & {
    readonly residualRms: ByReviewer;
    readonly residualRobustZ: ByReviewer;
    /** From -1 to 1. */
    readonly correlationWithOthers: ByReviewer;
    /** Ordinal alpha of all, and how much it rises without the reviewer. */
    readonly alpha: number | null;
    readonly alphaDeltaWithout: ByReviewer | null;
    /** How many different scores the reviewer gave; 1 says the same throughout. */
    readonly usedLevels: readonly number[];
  }
>;

/**
 * Whose scores deserve a second look? Severity and residuals are those of least squares, score = item + severity + noise.
 * Robust z = (x - median) / (1.4826 MAD), MAD the median distance from the median; beyond 3 either way, or a correlation
 * below 0, is worth a look, and never a reason to drop anyone.
 *
 * Rousseeuw & Croux (1993), Alternatives to the median absolute deviation, Journal of the American Statistical Association
 * 88:1273-1283.
 *
 * @example outlierReviewers([[1, 2, 3], [2, 3, 4], [1, 2, 4]]).values.usedLevels // [3, 3, 3]
 */
export function outlierReviewers(ratings: Ratings): Measured<OutlierReviewers> {
  const fit = additiveFit(ratings);
  const total = totalSquares(fit.layout);
  const slack = Math.sqrt((1e-12 * total) / Math.max(1, fit.layout.scores));
  const placed = (figures: readonly Figure[]) => inPlaces(figures, fit.layout.memberPlaces, ratings.length);
  const [severity, rms] = [[...fit.reviewers], residualRms(fit, total)];
  const isOnePart = fit.parts.count < 2;
  const alphas = alphasWithout(scoreTable(ratings, levelsIn(ratings)));
  const risesFrom = (all: number) =>
    placed(fit.layout.memberPlaces.map((one) => rise(entryAt(alphas.without, one), all)));
  return measuredFrom({
    severity: isOnePart ? placed(severity) : "disconnected",
    severityRobustZ: isOnePart ? placed(robustZ(severity, slack)) : "disconnected",
    residualRms: placed(rms),
    residualRobustZ: placed(robustZ(rms, slack)),
    correlationWithOthers: placed(correlationsWithOthers(fit.layout)),
    alpha: alphas.all,
    alphaDeltaWithout: typeof alphas.all === "string" ? alphas.all : risesFrom(alphas.all),
    usedLevels: ratings.map((row) => new Set(row.filter((score) => score !== null)).size),
  });
}

/** Sum of squares of all scores about their mean. */
function totalSquares({ groups, squares: fromZero, scores }: Layout): number {
  const sum = groups.reduce((so, group) => so + group.sum, 0);
  return fromZero - (sum * sum) / Math.max(1, scores);
}

/** The root of each reviewer's mean squared residual. */
function residualRms({ layout, items, reviewers }: AdditiveFit, total: number): number[] {
  const sums = new Float64Array(layout.members);
  const sizes = new Float64Array(layout.members);
  for (const [item, { members, scores }] of layout.groups.entries()) {
    for (const [place, member] of members.entries()) {
      const residual = at(scores, place) + layout.zero - at(items, item) - at(reviewers, member);
      add(sums, member, residual * residual);
      add(sizes, member, 1);
    }
  }
  return Array.from(sums, (sum, member) => Math.sqrt(squares(sum, total) / at(sizes, member)));
}

/** Distances from the median in units of a standard deviation, as if most values were normal. */
function robustZ(values: readonly number[], slack: number): Figure[] {
  if (values.length === 0) return [];
  const middle = sortedQuantile(Float64Array.from(values).sort(), 0.5);
  const distances = Float64Array.from(values, (value) => Math.abs(value - middle)).sort();
  const spread = sortedQuantile(distances, 0.5);
  // A spread of less than the rounding of the fit is none.
  return values.map((value) => (spread <= slack ? "no-variance" : (value - middle) / (1.4826 * spread)));
}

function rise(without: Figure, all: number): Figure {
  return typeof without === "string" ? without : without - all;
}
