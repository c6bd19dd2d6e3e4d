import { additiveFit } from "./additive-fit.ts";
import { type CrossedSums, crossedSums } from "./crossed-sums.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import { type Components, type Henderson, henderson, hendersonComponents, whyNoComponents } from "./henderson.ts";
import { layoutOf, transposed } from "./layout.ts";
import { type Measured, type Reason, undefinedFor } from "./measured.ts";
import { MOST_STEPS } from "./minimise.ts";
import { reml } from "./reml.ts";
import type { Ratings } from "./score-table.ts";

const REML_KEYS = [
  "reml_varItem",
  "reml_varReviewer",
  "reml_varResidual",
  "reml_intercept",
  "reml_ICC_A1",
  "reml_ICC_C1",
] as const;

export type VarianceComponents = Henderson & Readonly<Record<(typeof REML_KEYS)[number], number | null>>;

/** Beyond it, on the shorter side, the search would take too long. */
const MOST_MEMBERS = 300;

/**
 * How much of the spread lies between items, between reviewers, and in neither? Variances in squared scale units, holes
 * allowed: by Henderson's method 1, which is quick and may turn out negative, and by restricted maximum likelihood, which
 * is more exact (`reml_`, `too-large` beyond 300 reviewers and 300 items). `ICC_A1` is the share of the items in all
 * three, `ICC_C1` in items and residual; `reml_intercept` the mean over all items and reviewers.
 *
 * Henderson (1953), Biometrics 9:226-252; Bates et al. (2015), Fitting linear mixed-effects models using lme4, Journal of
 * Statistical Software 67.
 *
 * @param mostSteps after which the search of `reml_` gives up: `not-converged`
 * @example varianceComponents([[1, 2, 3], [2, 3, 4]]).values.reml_varItem // 1
 */
export function varianceComponents(ratings: Ratings, mostSteps = MOST_STEPS): Measured<VarianceComponents> {
  const sums = crossedSums(ratings);
  const live = henderson(sums);
  const closing = remlFigures({ ratings, sums, mostSteps });
  return { values: { ...live.values, ...closing.values }, reasons: { ...live.reasons, ...closing.reasons } };
}

interface Table {
  readonly ratings: Ratings;
  readonly sums: CrossedSums;
  readonly mostSteps: number;
}

function remlFigures(table: Table) {
  const found = remlOf(table, hendersonComponents(table.sums));
  if (typeof found === "string") return undefinedFor(REML_KEYS, found);
  const share = (others: number): Figure =>
    found.item + others === 0 ? "no-variance" : found.item / (found.item + others);
  return measuredFrom({
    reml_varItem: found.item,
    reml_varReviewer: found.reviewer,
    reml_varResidual: found.residual,
    reml_intercept: found.intercept,
    reml_ICC_A1: share(found.reviewer + found.residual),
    reml_ICC_C1: share(found.residual),
  });
}

type Fit = Components & { readonly intercept: number };

function remlOf(table: Table, start: Components | null): Fit | Reason {
  const { ratings, sums } = table;
  if (start === null) return whyNoComponents(sums) ?? "no-residual";
  const isComplete = sums.scores === sums.items * sums.reviewers;
  const isNegative = Math.min(start.item, start.reviewer, start.residual) < 0;
  // On a complete table Henderson's variances are the likeliest too, unless one is negative.
  if ((isComplete && !isNegative) || sums.squares === 0) {
    return { ...start, intercept: sums.zero + sums.sum / sums.scores };
  }
  if (Math.min(sums.items, sums.reviewers) > MOST_MEMBERS) return "too-large";
  const { rss, df } = additiveFit(ratings);
  if (rss === 0) return df === 0 ? "no-residual" : "no-variance";
  return searched(table, start) ?? "not-converged";
}

/** The longer side is eliminated. */
function searched({ ratings, sums, mostSteps }: Table, start: Components): Fit | null {
  const noise = start.residual > 0 ? start.residual : 1;
  const [item, reviewer] = [start.item / noise, start.reviewer / noise];
  if (sums.items >= sums.reviewers) {
    const found = reml(layoutOf(ratings), { group: item, member: reviewer }, mostSteps);
    return found && { item: found.group, reviewer: found.member, residual: found.residual, intercept: found.intercept };
  }
  const found = reml(layoutOf(transposed(ratings)), { group: reviewer, member: item }, mostSteps);
  return found && { item: found.member, reviewer: found.group, residual: found.residual, intercept: found.intercept };
}
