import type { CrossedSums } from "./crossed-sums.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import { type Measured, type Reason, undefinedFor } from "./measured.ts";

const KEYS = [
  "henderson_varItem",
  "henderson_varReviewer",
  "henderson_varResidual",
  "henderson_ICC_A1",
  "henderson_ICC_C1",
  "henderson_ICC_Ak",
] as const;

export type Henderson = Readonly<Record<(typeof KEYS)[number], number | null>>;

/**
 * How much of the spread lies between items, between reviewers, and in neither: variances in squared scale units, from
 * any crossed table, holes allowed. A variance may come out negative; in the coefficients it counts as 0.
 * `ICC_A1` is the share of the items in all three, `ICC_C1` in items and residual, `ICC_Ak` that of the mean of a usual
 * panel: as many reviewers as the harmonic mean of the numbers of scores.
 *
 * Henderson (1953), Estimation of variance and covariance components, Biometrics 9:226-252, method 1: the sums of squares
 * of items, reviewers and scores are set equal to what they are expected to be.
 *
 * @example henderson(crossedSums([[1, 2, 3], [2, 3, 4]])).values.henderson_varItem // 1
 */
export function henderson(sums: CrossedSums): Measured<Henderson> {
  const components = hendersonComponents(sums);
  if (components === null) return undefinedFor(KEYS, whyNoComponents(sums) ?? "no-residual");
  const item = Math.max(0, components.item);
  const reviewer = Math.max(0, components.reviewer);
  const residual = Math.max(0, components.residual);
  const share = (others: number): Figure => (item + others === 0 ? "no-variance" : item / (item + others));
  const panel = sums.items / sums.itemInverses;
  return measuredFrom({
    henderson_varItem: components.item,
    henderson_varReviewer: components.reviewer,
    henderson_varResidual: components.residual,
    henderson_ICC_A1: share(reviewer + residual),
    henderson_ICC_C1: share(residual),
    henderson_ICC_Ak: share((reviewer + residual) / panel),
  });
}

/** Why the layout has too little to tell apart; `null` if something else is the matter. */
export function whyNoComponents({ scores, items, reviewers }: CrossedSums): Reason | null {
  if (scores === 0) return "no-scores";
  if (items < 2) return "too-few-items";
  return reviewers < 2 ? "too-few-raters" : null;
}

export interface Components {
  readonly item: number;
  readonly reviewer: number;
  readonly residual: number;
}

/** The raw variances; `null` where the layout cannot tell them apart, as when nobody scored two items. */
export function hendersonComponents(sums: CrossedSums): Components | null {
  const { scores, items, reviewers } = sums;
  if (items < 2 || reviewers < 2) return null;
  const mean = (sums.sum * sums.sum) / scores;
  const sizes = { item: sums.itemSizes / scores, reviewer: sums.reviewerSizes / scores };
  const found = solved(
    [
      [scores - sizes.item, items - sizes.reviewer, items - 1],
      [reviewers - sizes.item, scores - sizes.reviewer, reviewers - 1],
      [scores - sizes.item, scores - sizes.reviewer, scores - 1],
    ],
    [sums.itemSquares - mean, sums.reviewerSquares - mean, sums.squares - mean],
  );
  if (found === null) return null;
  const variance = (sums.squares - mean) / scores;
  const clean = (value: number) => (Math.abs(value) < 1e-12 * variance ? 0 : value);
  return { item: clean(found[0]), reviewer: clean(found[1]), residual: clean(found[2]) };
}

type Three = readonly [number, number, number];

/** Three equations by Cramer's rule: the columns of the inverse are cross products of rows. `null` if rows depend. */
function solved([first, second, third]: readonly [Three, Three, Three], right: Three): Three | null {
  const columns: readonly [Three, Three, Three] = [cross(second, third), cross(third, first), cross(first, second)];
  const determinant = dot(first, columns[0]);
  if (Math.abs(determinant) <= 1e-12 * Math.sqrt(dot(first, first) * dot(second, second) * dot(third, third)))
    return null;
  const part = (row: 0 | 1 | 2) =>
    (columns[0][row] * right[0] + columns[1][row] * right[1] + columns[2][row] * right[2]) / determinant;
  return [part(0), part(1), part(2)];
}

function cross(left: Three, right: Three): Three {
  return [
    left[1] * right[2] - left[2] * right[1],
    left[2] * right[0] - left[0] * right[2],
    left[0] * right[1] - left[1] * right[0],
  ];
}

function dot(left: Three, right: Three): number {
  return left[0] * right[0] + left[1] * right[1] + left[2] * right[2];
}
