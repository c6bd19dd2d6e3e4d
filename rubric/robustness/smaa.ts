import { add, at, entryAt } from "#rubric/statistics/arrays.ts";
import { greatestOf } from "#rubric/statistics/extremes.ts";
import { type Measured, type Reason, undefinedFor } from "#rubric/statistics/measured.ts";
import { type Random, uniform } from "#rubric/statistics/random.ts";
import { reasonsAt } from "#rubric/statistics/reasons-at.ts";
import { levelWithin } from "./order.ts";
import { countDraw, type RankShares, type RankTally, rankTally, sharesOf } from "./rank-tally.ts";
import { simplexPieces } from "./simplex-pieces.ts";

/** Under which weights is which policy first? All shares are 0..1. */
export type Smaa = {
  /** Policies x ranks: the share of all weights under which a policy has a rank; level policies share the better one. */
  readonly rankAcceptability: readonly (readonly number[] | null)[] | null;
  /** The share under which a policy is first. */
  readonly firstRank: readonly (number | null)[] | null;
  /** The mean of the weights under which a policy is first; `null` if there are none (`never-first`). */
  readonly centralWeights: readonly (readonly number[] | null)[] | null;
  /** Policies x policies: the share under which the first is strictly better than the second. */
  readonly pairwiseWinning: readonly (readonly (number | null)[] | null)[] | null;
};

type Scores = readonly (readonly (number | null)[])[];

/**
 * Stochastic multicriteria acceptability analysis with nothing known about the weights: all that sum to 1 are equally
 * likely. With up to three criteria and twenty policies the answer is exact, else it comes from draws, whose standard
 * error is at most `0.5 / sqrt(draws)`. A policy with a missing score takes no part (`no-scores`).
 *
 * Lahdelma & Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
 * Operations Research 49:444-454.
 *
 * @param scores policies x criteria, on scales that may be added
 * @param chance where the weights are drawn from, and how often
 * @example smaa([[5, 1], [3, 3], [1, 4]], { draws: 1000, random: randomFrom("00000001000000020000000300000004") }).values.firstRank // [0.5, 0.16666666666666666, 0.3333333333333333]
 */
export function smaa(scores: Scores, chance: { readonly draws: number; readonly random: Random }): Measured<Smaa> {
  const complete = scores.flatMap((row, policy) => {
    const known = row.filter((score) => score !== null);
    return known.length === row.length && row.length > 0 ? [{ policy, known }] : [];
  });
  if (complete.length === 0) return undefinedFor(keys, "no-scores");
  const known = complete.map((row) => row.known);
  const size = { policies: known.length, criteria: entryAt(known, 0).length };
  const shares = isExact(size) ? exactShares(known) : drawnShares(known, chance);
  return answer(
    shares,
    complete.map(({ policy }) => policy),
    scores.length,
  );
}

/** Few enough to be answered exactly: nothing is drawn. */
export function isExact({ policies, criteria }: { readonly policies: number; readonly criteria: number }): boolean {
  return policies <= 20 && criteria <= 3;
}

/**
 * The same from draws that are given: of the measurements, of the weights, or of both, such as a panel resampled by
 * `resampledPanel`.
 *
 * @param measurements draws x policies x criteria
 * @param weightDraws draws x criteria
 * @example smaaFromDraws([[[2], [1]], [[0], [1]]], [[1], [1]]).values.firstRank // [0.5, 0.5]
 */
export function smaaFromDraws(
  measurements: readonly (readonly (readonly number[])[])[],
  weightDraws: readonly (readonly number[])[],
): Measured<Smaa> {
  const policies = measurements[0]?.length ?? 0;
  const criteria = weightDraws[0]?.length ?? 0;
  if (policies === 0 || criteria === 0) return undefinedFor(keys, "no-scores");
  const width = measurements.reduce((most, draw) => Math.max(most, greatestOf(draw.map(levelWithin))), 0);
  const tally = rankTally({ policies, criteria, width });
  for (const [draw, weights] of weightDraws.entries()) {
    tally.weights.set(weights);
    weigh(Float64Array.from(entryAt(measurements, draw).flat()), tally);
    countDraw(tally);
  }
  return answer(sharesOf(tally), [...new Array(policies).keys()], policies);
}

const keys = ["rankAcceptability", "firstRank", "centralWeights", "pairwiseWinning"] as const;

function exactShares(scores: readonly (readonly number[])[]): RankShares {
  const tally = tallyFor(scores);
  const flat = Float64Array.from(scores.flat());
  for (const { share, centre } of simplexPieces(scores)) {
    tally.weights.set(centre);
    weigh(flat, tally);
    countDraw(tally, share);
  }
  return sharesOf(tally);
}

function drawnShares(
  scores: readonly (readonly number[])[],
  { draws, random }: { readonly draws: number; readonly random: Random },
): RankShares {
  const tally = tallyFor(scores);
  const flat = Float64Array.from(scores.flat());
  for (let draw = 0; draw < draws; draw += 1) {
    drawWeights(tally.weights, random);
    weigh(flat, tally);
    countDraw(tally);
  }
  return sharesOf(tally);
}

function tallyFor(scores: readonly (readonly number[])[]) {
  return rankTally({ policies: scores.length, criteria: entryAt(scores, 0).length, width: levelWithin(scores.flat()) });
}

/** Draws weights evenly over all that sum to 1: the gaps between sorted uniforms. */
function drawWeights(weights: Float64Array, random: Random): void {
  const last = weights.length - 1;
  for (let count = 0; count < last; count += 1) {
    const drawn = uniform(random);
    let place = count;
    while (place > 0 && at(weights, place - 1) > drawn) {
      weights[place] = at(weights, place - 1);
      place -= 1;
    }
    weights[place] = drawn;
  }
  weights[last] = 1;
  for (let place = last; place > 0; place -= 1) add(weights, place, -at(weights, place - 1));
}

/** Sets the tally's values to scores times weights, policy by policy. */
function weigh(scores: Float64Array, { values, weights }: RankTally): void {
  const criteria = weights.length;
  for (let policy = 0; policy < values.length; policy += 1) {
    let value = 0;
    for (let criterion = 0; criterion < criteria; criterion += 1) {
      value += at(weights, criterion) * at(scores, policy * criteria + criterion);
    }
    values[policy] = value;
  }
}

/** The shares of the policies that took part, put back in their places among all `count`. */
function answer(shares: RankShares, places: readonly number[], count: number): Measured<Smaa> {
  const all = [...new Array(count).keys()];
  const indexOf = new Map(places.map((policy, index) => [policy, index]));
  function spread<Entry>(list: readonly Entry[]): (Entry | null)[] {
    return all.map((policy) => list[indexOf.get(policy) ?? -1] ?? null);
  }
  const rankAcceptability = spread(shares.rankAcceptability).map((row) => row && all.map((rank) => row[rank] ?? 0));
  const pairwiseWinning = spread(shares.pairwiseWinning).map((row) => row && spread(row));
  const firstRank = rankAcceptability.map((row) => row?.[0] ?? null);
  const centralWeights = spread(shares.centralWeights);
  const reasons: Record<string, Reason> = Object.assign(
    reasonsAt("rankAcceptability", rankAcceptability, "no-scores"),
    reasonsAt("firstRank", firstRank, "no-scores"),
    reasonsAt("centralWeights", centralWeights, "never-first"),
    reasonsAt("pairwiseWinning", pairwiseWinning, "no-scores"),
    ...pairwiseWinning.map((row, policy) => reasonsAt(`pairwiseWinning[${policy}]`, row ?? [], "no-scores")),
    ...all.filter((policy) => !indexOf.has(policy)).map((policy) => ({ [`centralWeights[${policy}]`]: "no-scores" })),
  );
  return { values: { rankAcceptability, firstRank, centralWeights, pairwiseWinning }, reasons };
}
