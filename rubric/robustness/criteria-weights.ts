import { entryAt } from "#rubric/statistics/arrays.ts";
import { type Measured, undefinedFor } from "#rubric/statistics/measured.ts";
import { reasonsAt } from "#rubric/statistics/reasons-at.ts";

/** What the reviewers' importance points say together. All weights are shares of 1. */
export type PanelWeights = {
  /** Each reviewer's points divided by their sum; `null` for one whose points sum to 0 (`no-points`). */
  readonly normalised: readonly (readonly number[] | null)[] | null;
  /** Mean of the normalised vectors: the panel's weights. */
  readonly panel: readonly number[] | null;
  /** How far a reviewer's weights lie from the panel's, on average: the share of weight that would have to move, 0..1. */
  readonly meanTotalVariation: number | null;
};

/**
 * The panel's weights from swing points: each reviewer's points are divided by their sum, then averaged, so that every
 * reviewer counts alike. `meanTotalVariation` is the mean of half the sum of absolute differences from the panel's weights.
 * Points left open count as 0. A reviewer whose points sum to 0 is left out; with nobody left all is `null` (`no-points`).
 *
 * Edwards & Barron (1994), SMARTS and SMARTER, Organizational Behavior and Human Decision Processes 60:306-325.
 *
 * @param points reviewers x criteria, not negative; `null` = none given
 * @example panelWeights([[100, 100], [30, 10]]).values.panel // [0.625, 0.375]
 */
export function panelWeights(points: readonly (readonly (number | null)[])[]): Measured<PanelWeights> {
  const normalised = points.map(normalise);
  const given = normalised.filter((vector) => vector !== null);
  const panel = meanOf(given);
  if (panel === null) return undefinedFor(["normalised", "panel", "meanTotalVariation"], "no-points");
  const distances = given.map((vector) => totalVariation(vector, panel));
  return {
    values: { normalised, panel, meanTotalVariation: sum(distances) / given.length },
    reasons: reasonsAt("normalised", normalised, "no-points"),
  };
}

/**
 * Rank-order centroid weights: the mean of all weights that respect a ranking of C criteria. The criterion at place r gets
 * `1/C (1/r + ... + 1/C)`. Criteria that share a rank share the mean of the places they take up, so that the weights sum
 * to 1 in every case.
 *
 * Barron & Barrett (1996), Decision quality using ranked attribute weights, Management Science 42:1515-1523.
 *
 * @param ranks 1 = most important
 * @example rankOrderWeights([2, 1]) // [0.25, 0.75]
 */
export function rankOrderWeights(ranks: readonly number[]): number[] {
  const byPlace = centroidByPlace(ranks.length);
  const inOrder = ranks.map((rank, criterion) => ({ rank, criterion })).sort((left, right) => left.rank - right.rank);
  const weights = new Array<number>(ranks.length).fill(0);
  let first = 0;
  while (first < inOrder.length) {
    const { rank } = entryAt(inOrder, first);
    let next = first;
    while (next < inOrder.length && entryAt(inOrder, next).rank === rank) next += 1;
    const shared = sum(byPlace.slice(first, next)) / (next - first);
    for (const { criterion } of inOrder.slice(first, next)) weights[criterion] = shared;
    first = next;
  }
  return weights;
}

function normalise(points: readonly (number | null)[]): number[] | null {
  const given = points.map((point) => point ?? 0);
  const all = sum(given);
  return all === 0 ? null : given.map((point) => point / all);
}

function meanOf(vectors: readonly (readonly number[])[]): number[] | null {
  const [first] = vectors;
  if (first === undefined) return null;
  return first.map((_, criterion) => sum(vectors.map((vector) => entryAt(vector, criterion))) / vectors.length);
}

function totalVariation(left: readonly number[], right: readonly number[]): number {
  return sum(left.map((weight, criterion) => Math.abs(weight - entryAt(right, criterion)))) / 2;
}

/** Weights of the places 1..count; summed from the last place up, smallest terms first. */
function centroidByPlace(count: number): number[] {
  const weights = new Array<number>(count).fill(0);
  let tail = 0;
  for (let place = count; place >= 1; place -= 1) {
    tail += 1 / place;
    weights[place - 1] = tail / count;
  }
  return weights;
}

function sum(terms: readonly number[]): number {
  return terms.reduce((total, term) => total + term, 0);
}
