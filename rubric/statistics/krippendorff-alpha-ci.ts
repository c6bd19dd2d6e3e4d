import { addCount } from "./arrays.ts";
import { type Coincidences, coincidences } from "./coincidences.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import { type AlphaMetric, alphaOf } from "./krippendorff-alpha.ts";
import type { Measured } from "./measured.ts";
import { pairCounts } from "./pair-counts.ts";
import { drawBelow, type Random, randomFrom } from "./random.ts";
import { sortedQuantile } from "./sorted-quantile.ts";
import { tQuantile } from "./tails.ts";
import type { Tallies } from "./tallies.ts";
import { roomFor, sumUnits, type UnitCoincidences, unitCoincidences, withoutUnit } from "./unit-coincidences.ts";

export type AlphaInterval = {
  readonly alpha: number | null;
  /** Standard error of alpha, leaving out one item at a time. */
  readonly jackknifeSe: number | null;
  readonly jackknifeCiLow: number | null;
  /** At most 1. */
  readonly jackknifeCiHigh: number | null;
};

export type AlphaBootstrap = {
  readonly bootCiLow: number | null;
  readonly bootCiHigh: number | null;
  readonly bootSd: number | null;
  /** The share of resamples in which nothing varied, so that they had no alpha and were left out. */
  readonly undefinedShare: number | null;
};

/**
 * How sure is alpha? Leaves out one item at a time: SE = sqrt((u - 1) / u sum (a_i - mean)^2) over the u items with two
 * scores or more, interval alpha -+ t SE with u - 1 degrees of freedom. Each alpha is computed anew, ordinal distances
 * too. Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
 *
 * @example alphaJackknife(talliesOf([[2, 0], [1, 1], [0, 2]], [1, 2]), "nominal", 0.95).values.jackknifeSe // 0.6666666666666667
 */
export function alphaJackknife(tallies: Tallies, metric: AlphaMetric, confidence: number): Measured<AlphaInterval> {
  const held = coincidences(pairCounts(tallies));
  const alpha = alphaOf(held, tallies.levels, metric);
  const jackknifeSe = typeof alpha === "string" ? alpha : jackknifeError(held, tallies, metric);
  if (typeof jackknifeSe === "string" || typeof alpha === "string") {
    const reason = typeof alpha === "string" ? alpha : jackknifeSe;
    return measuredFrom({ alpha, jackknifeSe, jackknifeCiLow: reason, jackknifeCiHigh: reason });
  }
  const reach = tQuantile(1 - (1 - confidence) / 2, held.units - 1) * jackknifeSe;
  return measuredFrom({
    alpha,
    jackknifeSe,
    jackknifeCiLow: alpha - reach,
    jackknifeCiHigh: Math.min(1, alpha + reach),
  });
}

function jackknifeError(all: Coincidences, tallies: Tallies, metric: AlphaMetric): Figure {
  if (all.units < 2) return "too-few-items";
  const of = unitCoincidences(tallies);
  const room = roomFor(of);
  const alphas = new Float64Array(of.units);
  for (let unit = 0; unit < of.units; unit += 1) {
    const alpha = alphaOf(withoutUnit(all, { unit, of }, room), tallies.levels, metric);
    if (typeof alpha === "string") return alpha;
    alphas[unit] = alpha;
  }
  return Math.sqrt(((of.units - 1) / of.units) * squaresAbout(alphas, mean(alphas)));
}

/**
 * Alpha of panels of as many items, drawn with replacement from the items with two scores or more: percentiles of type
 * 2, and the standard deviation. `seed` is hex text; the same seed gives the same figures.
 *
 * Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
 *
 * @example alphaBootstrap(talliesOf([[2, 0], [1, 1], [0, 2]], [1, 2]), { metric: "nominal", confidence: 0.95, resamples: 200, seed: "00000001000000020000000300000004" }).values.bootCiHigh // 1
 */
export function alphaBootstrap(
  tallies: Tallies,
  { metric, confidence, resamples, seed }: AlphaBootstrapOptions,
): Measured<AlphaBootstrap> {
  const of = unitCoincidences(tallies);
  const whole = alphaOf(coincidences(pairCounts(tallies)), tallies.levels, metric);
  if (typeof whole === "string" || of.units < 2) {
    const reason = typeof whole === "string" ? whole : "too-few-items";
    return measuredFrom({ bootCiLow: reason, bootCiHigh: reason, bootSd: reason, undefinedShare: reason });
  }
  const drawn = resampledAlphas(of, tallies.levels, { metric, resamples, random: randomFrom(seed) });
  const centre = mean(drawn);
  const margin = (1 - confidence) / 2;
  return measuredFrom({
    bootCiLow: drawn.length === 0 ? "no-variance" : sortedQuantile(drawn, margin),
    bootCiHigh: drawn.length === 0 ? "no-variance" : sortedQuantile(drawn, 1 - margin),
    bootSd: drawn.length < 2 ? "no-variance" : Math.sqrt(squaresAbout(drawn, centre) / (drawn.length - 1)),
    undefinedShare: (resamples - drawn.length) / resamples,
  });
}

export interface AlphaBootstrapOptions {
  readonly metric: AlphaMetric;
  readonly confidence: number;
  readonly resamples: number;
  readonly seed: string;
}

/** The alphas that are defined, in rising order. */
function resampledAlphas(
  of: UnitCoincidences,
  levels: readonly number[],
  { metric, resamples, random }: { metric: AlphaMetric; resamples: number; random: Random },
): Float64Array {
  const alphas = new Float64Array(resamples);
  const weights = new Int32Array(of.units);
  const room = roomFor(of);
  let defined = 0;
  for (let turn = 0; turn < resamples; turn += 1) {
    weights.fill(0);
    for (let draw = 0; draw < of.units; draw += 1) addCount(weights, drawBelow(random, of.units), 1);
    const alpha = alphaOf(sumUnits(of, weights, room), levels, metric);
    if (typeof alpha === "string") continue;
    alphas[defined] = alpha;
    defined += 1;
  }
  return alphas.subarray(0, defined).sort();
}

function mean(numbers: Float64Array): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return numbers.length === 0 ? 0 : sum / numbers.length;
}

function squaresAbout(numbers: Float64Array, centre: number): number {
  let sum = 0;
  for (const number of numbers) sum += (number - centre) * (number - centre);
  return sum;
}
