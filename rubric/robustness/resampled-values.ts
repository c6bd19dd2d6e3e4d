import { add, addCount, at, countAt, entryAt } from "#rubric/statistics/arrays.ts";
import { type Measured, undefinedFor } from "#rubric/statistics/measured.ts";
import { drawBelow, type Random } from "#rubric/statistics/random.ts";
import { reasonsAt } from "#rubric/statistics/reasons-at.ts";
import { sortedQuantile } from "#rubric/statistics/sorted-quantile.ts";
import type { ReviewedPolicies } from "./leave-one-reviewer-out.ts";
import { levelWithin } from "./order.ts";
import { anchored, weighted } from "./policy-values.ts";
import { countDraw, rankTally, sharesOf } from "./rank-tally.ts";

export interface WeighingReviewers extends ReviewedPolicies {
  /** Each reviewer's own weights, summing to 1; `null` for one who gave none. Where all are, `weights` hold throughout. */
  readonly ownWeights: readonly (readonly number[] | null)[];
}

/** How far values and ranks could move with another such panel. Lists have one entry a policy. */
export type ResampledValues = {
  /** Central 95 % of the values over the resamples. */
  readonly low: readonly (number | null)[] | null;
  readonly high: readonly (number | null)[] | null;
  /** Policies x ranks: share of the resamples in which a policy has a rank. */
  readonly rankProbability: readonly (readonly number[] | null)[] | null;
  /** Share of the resamples left out, as in them a cell has no score or nobody has weights. */
  readonly undefinedShare: number | null;
};

/**
 * How far could values and ranks move with another such panel? Reviewers are drawn with replacement, each with all own
 * scores and weights: the uncertainty is who sits on the panel. A policy with a cell that nobody scored has no value
 * (`no-scores`). Fewer than two reviewers: `too-few-raters`.
 *
 * Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13: the percentile interval.
 *
 * @param chance where the resamples come from, and how many: 2,000 are usual
 */
export function resampledValues(
  panel: WeighingReviewers,
  chance: { readonly resamples: number; readonly random: Random },
): Measured<ResampledValues> {
  const reviewers = panel.ratings.length;
  if (reviewers < 2) return undefinedFor(keys, "too-few-raters");
  const cells = flatten(panel);
  const observed = valuesOf(panel, cells, new Int32Array(reviewers).fill(1));
  const known = observed.flatMap((value, policy) => (value === null ? [] : [policy]));
  const drawn: number[][] = [];
  for (let resample = 0; resample < chance.resamples; resample += 1) {
    const values = valuesOf(panel, cells, drawReviewers(reviewers, chance.random));
    const complete = known.flatMap((policy) => values[policy] ?? []);
    if (complete.length === known.length) drawn.push(complete);
  }
  if (known.length === 0 || drawn.length === 0) return undefinedFor(keys, "no-scores");
  const figures = summary(drawn);
  const spread = <Figure>(list: readonly Figure[]) => observed.map((_, policy) => list[known.indexOf(policy)] ?? null);
  const [low, high, rankProbability] = [spread(figures.low), spread(figures.high), spread(figures.rankProbability)];
  return {
    values: { low, high, rankProbability, undefinedShare: 1 - drawn.length / chance.resamples },
    reasons: {
      ...reasonsAt("low", low, "no-scores"),
      ...reasonsAt("high", high, "no-scores"),
      ...reasonsAt("rankProbability", rankProbability, "no-scores"),
    },
  };
}

const keys = ["low", "high", "rankProbability", "undefinedShare"] as const;

/** How often each reviewer is drawn, with replacement, in as many draws as there are reviewers. */
function drawReviewers(reviewers: number, random: Random): Int32Array {
  const times = new Int32Array(reviewers);
  for (let draw = 0; draw < reviewers; draw += 1) addCount(times, drawBelow(random, reviewers), 1);
  return times;
}

/** Scores by reviewer, policy and criterion: 0 where there is none. */
interface Cells {
  readonly scores: Float64Array;
  readonly isScored: Float64Array;
}

function flatten({ ratings }: WeighingReviewers): Cells {
  const flat = ratings.flat(2);
  return {
    scores: Float64Array.from(flat, (score) => score ?? 0),
    isScored: Float64Array.from(flat, (score) => Number(score !== null)),
  };
}

/** The policies' values if each reviewer sat on the panel so many times. */
function valuesOf(panel: WeighingReviewers, cells: Cells, times: Int32Array): (number | null)[] {
  const policies = entryAt(panel.ratings, 0);
  const weights = weightsOf(panel, times);
  if (weights === null) return policies.map(() => null);
  const { sums, counts } = sumCells(cells, times);
  return policies.map((row, policy) => {
    const means = row.map((_, criterion) => {
      const cell = policy * row.length + criterion;
      const mean = at(counts, cell) === 0 ? null : at(sums, cell) / at(counts, cell);
      return anchored(mean, panel.anchors[criterion]);
    });
    return weighted(means, weights);
  });
}

function sumCells({ scores, isScored }: Cells, times: Int32Array) {
  const size = scores.length / times.length;
  const [sums, counts] = [new Float64Array(size), new Float64Array(size)];
  for (let reviewer = 0; reviewer < times.length; reviewer += 1) {
    const often = countAt(times, reviewer);
    if (often === 0) continue;
    for (let cell = 0; cell < size; cell += 1) {
      add(sums, cell, often * at(scores, reviewer * size + cell));
      add(counts, cell, often * at(isScored, reviewer * size + cell));
    }
  }
  return { sums, counts };
}

/** The mean of the drawn reviewers' own weights; `null` if none of them has any. */
function weightsOf({ ownWeights, weights }: WeighingReviewers, times: Int32Array): readonly number[] | null {
  if (ownWeights.every((own) => own === null)) return weights;
  const weighing = ownWeights.flatMap((own, reviewer) =>
    own === null ? [] : [{ own, often: countAt(times, reviewer) }],
  );
  const total = weighing.reduce((sum, { often }) => sum + often, 0);
  if (total === 0) return null;
  return weights.map((_, criterion) => {
    return weighing.reduce((sum, { own, often }) => sum + often * entryAt(own, criterion), 0) / total;
  });
}

/** Intervals and ranks of the policies from their values in each resample. */
function summary(drawn: readonly (readonly number[])[]) {
  const policies = entryAt(drawn, 0).length;
  const tally = rankTally({ policies, criteria: 0, width: levelWithin(drawn.flat()) });
  for (const values of drawn) {
    tally.values.set(values);
    countDraw(tally);
  }
  const sorted = Array.from({ length: policies }, (_, policy) =>
    Float64Array.from(drawn, (values) => entryAt(values, policy)).sort(),
  );
  return {
    low: sorted.map((values) => sortedQuantile(values, 0.025)),
    high: sorted.map((values) => sortedQuantile(values, 0.975)),
    rankProbability: sharesOf(tally).rankAcceptability,
  };
}
