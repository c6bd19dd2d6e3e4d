import { type Measured, type Reason, undefinedFor } from "#rubric/statistics/measured.ts";
import { reasonsAt } from "#rubric/statistics/reasons-at.ts";
import { kendallTau } from "./kendall-tau.ts";
import { leaderOf, rankingOf, type Values } from "./order.ts";
import { type Anchors, anchored, weighted } from "./policy-values.ts";

/** What becomes of the order when each reviewer in turn is left out. Lists have one entry a policy or one a reviewer. */
export type LeaveOneReviewerOut = {
  /** Weighted value of each policy with everybody; `null` if a cell has no scores. */
  readonly values: Values | null;
  /** Policies with a value, best first, level ones by index. */
  readonly ranking: readonly number[] | null;
  /** Who leads without the reviewer. */
  readonly winnerWithout: readonly (number | null)[] | null;
  /** Kendall's tau-b between the values with and without the reviewer, -1..1. */
  readonly kendallTau: readonly (number | null)[] | null;
  /** The largest change of a value without the reviewer. */
  readonly maxValueShift: readonly (number | null)[] | null;
  /** The reviewers without whom another policy leads. */
  readonly influentialReviewers: readonly number[] | null;
};

export interface ReviewedPolicies {
  /** Reviewers x policies x criteria; `null` = no score. */
  readonly ratings: readonly (readonly (readonly (number | null)[])[])[];
  readonly anchors: readonly Anchors[];
  readonly weights: readonly number[];
}

/**
 * Does the order hang on one person? The values are the weighted means of `policyValues`, computed with everybody and again
 * without each reviewer, from sums. Fewer than two reviewers: nobody can be left out (`too-few-raters`).
 *
 * Tukey (1958), Bias and confidence in not-quite large samples, Annals of Mathematical Statistics 29:614, on leaving one out.
 *
 * @example leaveOneReviewerOut({ ratings: [[[5], [4]], [[1], [3]]], anchors: [{ min: 1, max: 5 }], weights: [1] }).values.winnerWithout // [1, 0]
 */
export function leaveOneReviewerOut(panel: ReviewedPolicies): Measured<LeaveOneReviewerOut> {
  const { ratings, weights } = panel;
  const all = ["values", "ranking", ...perReviewer] as const;
  if (!weights.some((weight) => weight > 0)) return undefinedFor(all, "no-weight");
  const sums = cellSums(ratings);
  if (sums.every((row) => row.every(({ count }) => count === 0))) return undefinedFor(all, "no-scores");
  const values = valuesOf(panel, sums);
  const ranking = rankingOf(values);
  const missing = reasonsAt("values", values, "no-scores");
  if (ratings.length < 2) {
    const left = undefinedFor(perReviewer, "too-few-raters");
    return { values: { values, ranking, ...left.values }, reasons: { ...missing, ...left.reasons } };
  }
  const without = ratings.map((own) => compare(values, valuesOf(panel, sums, own)));
  const leads = without.map(({ winner }) => winner !== null && winner !== ranking[0]);
  return {
    values: {
      values,
      ranking,
      winnerWithout: without.map(({ winner }) => winner),
      kendallTau: without.map(({ tau }) => tau),
      maxValueShift: without.map(({ shift }) => shift),
      influentialReviewers: leads.flatMap((isChanged, reviewer) => (isChanged ? [reviewer] : [])),
    },
    reasons: Object.assign(missing, ...without.map(({ why }, reviewer) => atReviewer(why, reviewer))),
  };
}

function atReviewer(why: Readonly<Record<string, Reason>>, reviewer: number): Record<string, Reason> {
  return Object.fromEntries(Object.entries(why).map(([key, reason]) => [`${key}[${reviewer}]`, reason]));
}

const perReviewer = ["winnerWithout", "kendallTau", "maxValueShift", "influentialReviewers"] as const;

interface CellSum {
  readonly sum: number;
  readonly count: number;
}

function cellSums(ratings: ReviewedPolicies["ratings"]): CellSum[][] {
  const [first = []] = ratings;
  return first.map((row, policy) =>
    row.map((_, criterion) => {
      const scores = ratings.flatMap((own) => own[policy]?.[criterion] ?? []);
      return { sum: scores.reduce((total, score) => total + score, 0), count: scores.length };
    }),
  );
}

/** The policies' values from the sums, less one reviewer's own scores. */
function valuesOf(
  { anchors, weights }: ReviewedPolicies,
  sums: readonly (readonly CellSum[])[],
  own: readonly (readonly (number | null)[])[] = [],
): (number | null)[] {
  return sums.map((row, policy) =>
    weighted(
      row.map(({ sum, count }, criterion) => {
        const score = own[policy]?.[criterion] ?? null;
        const left = score === null ? count : count - 1;
        return left === 0 ? null : anchored((sum - (score ?? 0)) / left, anchors[criterion]);
      }),
      weights,
    ),
  );
}

interface Comparison {
  readonly winner: number | null;
  readonly tau: number | null;
  readonly shift: number | null;
  readonly why: Readonly<Record<string, Reason>>;
}

/** Compares the order with and without a reviewer over the policies that have a value in both. */
function compare(values: Values, rest: Values): Comparison {
  const both = values.flatMap((value, policy) => {
    const other = rest[policy] ?? null;
    return value === null || other === null ? [] : [{ value, other }];
  });
  const winner = leaderOf(rest);
  if (winner === null) {
    const why = { winnerWithout: "no-scores", kendallTau: "no-scores", maxValueShift: "no-scores" } as const;
    return { winner, tau: null, shift: null, why };
  }
  const tau = kendallTau(
    both.map(({ value }) => value),
    both.map(({ other }) => other),
  );
  const shift = both.reduce((most, { value, other }) => Math.max(most, Math.abs(value - other)), 0);
  return {
    winner,
    tau,
    shift,
    why: tau === null ? { kendallTau: both.length < 2 ? "too-few-items" : "no-variance" } : {},
  };
}
