import { additiveFit } from "./additive-fit.ts";
import { at, countAt } from "./arrays.ts";
import { cholesky, type Factor, solve, solveLower } from "./cholesky.ts";
import { connectedParts } from "./connected-parts.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import { inPlaces, type Layout, layoutOf } from "./layout.ts";
import type { Measured } from "./measured.ts";
import { MOST_STEPS } from "./minimise.ts";
import { type ReducedEquations, reducedEquations } from "./reduced-equations.ts";
import type { Ratings } from "./score-table.ts";
import { loners, rawMeans } from "./severity-additive.ts";
import { type SeverityVariances, scaled, severityVariances } from "./severity-variances.ts";

type Placed = readonly (number | null)[];

export type MixedSeverity = Readonly<
  /** By item and by reviewer, in scale units; positive severity is generous. */
  Record<"adjusted" | "seAdjusted" | "severity", Placed | null> & {
    readonly rawMean: Placed;
    /** Variances of severity and noise, in squared scale units. */
    readonly varReviewer: number | null;
    readonly varResidual: number | null;
    /** Connected parts of reviewers and items; whoever has no score is a part alone. */
    readonly components: number;
  }
>;

/**
 * What would each item have got from a reviewer of average severity? score = item + severity + noise, severities drawn
 * from a normal distribution, so that few scores say little about a person. With the standard error of each item.
 * Separate parts are tied together by that assumption alone.
 *
 * Henderson (1975), Best linear unbiased estimation and prediction under a selection model, Biometrics 31:423-447.
 *
 * @param mostSteps after which the search for the variances gives up: `not-converged`
 * @example mixedSeverity([[2, 4, 6], [3, 5, null]]).values.severity // [-0.5, 0.5]
 */
export function mixedSeverity(ratings: Ratings, mostSteps = MOST_STEPS): Measured<MixedSeverity> {
  const layout = layoutOf(ratings);
  const equations = reducedEquations(layout);
  const variances = layout.scores === 0 ? "no-scores" : severityVariances({ ratings, layout, equations }, mostSteps);
  const width = ratings[0]?.length ?? 0;
  const byItem = (figures: readonly Figure[]) => inPlaces(figures, layout.groupPlaces, width);
  const common = {
    rawMean: byItem(rawMeans(layout)),
    components: connectedParts(layout).count + loners(layout, ratings),
  };
  if (typeof variances === "string") {
    const none = { adjusted: variances, seAdjusted: variances, severity: variances };
    return measuredFrom({ ...none, ...common, varReviewer: variances, varResidual: variances });
  }
  const found = variances.residual === 0 ? noiseless(ratings, variances) : predicted(layout, equations, variances);
  return measuredFrom({
    adjusted: byItem(found.items),
    seAdjusted: byItem(found.errors),
    severity: inPlaces(found.reviewers, layout.memberPlaces, ratings.length),
    ...common,
    varReviewer: variances.reviewer,
    varResidual: variances.residual,
  });
}

interface Prediction {
  readonly items: readonly number[];
  readonly errors: readonly number[];
  readonly reviewers: readonly number[];
}

function predicted(layout: Layout, { matrix, right }: ReducedEquations, variances: SeverityVariances): Prediction {
  const ratio = variances.reviewer / variances.residual;
  const factor = cholesky(scaled(matrix, layout.members, ratio), layout.members);
  const reviewers = solve(factor, right).map((value) => ratio * value);
  const items = layout.groups.map(({ members, sum }) => {
    const rest = members.reduce((so, member) => so - at(reviewers, member), sum);
    return rest / members.length + layout.zero;
  });
  const errors = layout.groups.map(({ members }) => {
    const size = members.length;
    const spread = ratio === 0 ? 0 : ratio * squaredLength(factor, members);
    return Math.sqrt(variances.residual * (1 / size + spread / (size * size)));
  });
  return { items, errors, reviewers: [...reviewers] };
}

/** z' A^-1 z for the marks z of some members. */
function squaredLength(factor: Factor, members: Int32Array): number {
  const marks = new Float64Array(factor.size);
  for (const member of members) marks[member] = 1;
  return solveLower(factor, marks).reduce((sum, value) => sum + value * value, 0);
}

/** Without noise the severities are those of least squares, and an item is as uncertain as its part's mean severity. */
function noiseless(ratings: Ratings, variances: SeverityVariances): Prediction {
  const { items, reviewers, parts } = additiveFit(ratings);
  const sizes = new Int32Array(parts.count);
  for (const part of parts.ofMember) sizes[part] = countAt(sizes, part) + 1;
  const errors = Array.from(parts.ofGroup, (part) => Math.sqrt(variances.reviewer / countAt(sizes, part)));
  return { items: [...items], errors, reviewers: [...reviewers] };
}
