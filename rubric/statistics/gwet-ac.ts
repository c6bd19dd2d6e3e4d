import { type AgreementWeighting, agreementWeights } from "./agreement-weights.ts";
import { add, at } from "./arrays.ts";
import { type Figure, measuredFrom, ratio } from "./figure.ts";
import type { Measured, Reason } from "./measured.ts";
import { type PairCounts, pairCounts } from "./pair-counts.ts";
import type { Tallies } from "./tallies.ts";

export type GwetAc = {
  /** Weighted share of agreeing pairs, a mean over the items with two scores or more; 0 to 1. */
  readonly pa: number | null;
  /** Agreement expected by chance: Gwet's, Fleiss's. 0 to 1. */
  readonly peGwet: number | null;
  readonly peFleiss: number | null;
  /** AC1 with identity weights, AC2 with others; at most 1. */
  readonly gwetAC: number | null;
  readonly fleissKappa: number | null;
  readonly brennanPrediger: number | null;
};

/**
 * Agreement beyond chance, (pa - pe) / (1 - pe), by three ideas of chance. Gwet's stays high where reviewers agree on one
 * level for nearly all items, where alpha and kappa do not: read them side by side. All levels of the scale count, used
 * or not.
 *
 * Gwet (2014), Handbook of Inter-Rater Reliability; Brennan & Prediger (1981), Educational and Psychological Measurement
 * 41:687-699.
 *
 * @example gwetAc(talliesOf([[2, 0], [1, 1]], [1, 2]), "identity").values.gwetAC // 0.2
 */
export function gwetAc(tallies: Tallies, weighting: AgreementWeighting): Measured<GwetAc> {
  return gwetOf(pairCounts(tallies), agreementWeights(tallies.levels, weighting));
}

/** The same from pair counts at hand. */
export function gwetOf(counts: PairCounts, weights: Float64Array): Measured<GwetAc> {
  const agreement = observed(counts, weights);
  const shares = meanShares(counts);
  const chance = shares === null ? noChance("no-scores") : expected(shares, weights);
  return measuredFrom({
    pa: agreement,
    peGwet: chance.gwet,
    peFleiss: chance.fleiss,
    gwetAC: beyond(agreement, chance.gwet),
    fleissKappa: beyond(agreement, chance.fleiss),
    brennanPrediger: beyond(agreement, chance.brennanPrediger),
  });
}

/** Mean over items of the weighted share of pairs that agree. */
function observed({ pools }: PairCounts, weights: Float64Array): Figure {
  let sum = 0;
  let units = 0;
  for (const { size, items, pairs } of pools) {
    if (size < 2 || items === 0) continue;
    units += items;
    let agreeing = 0;
    for (let index = 0; index < weights.length; index += 1) agreeing += at(weights, index) * at(pairs, index);
    sum += agreeing / (size * (size - 1));
  }
  return units === 0 ? "too-few-raters" : sum / units;
}

/** Mean over items of the share of scores on each level; `null` without scores. */
function meanShares({ levels, pools }: PairCounts): Float64Array | null {
  const shares = new Float64Array(levels);
  let items = 0;
  for (const { size, items: own, scores } of pools) {
    if (size < 1 || own === 0) continue;
    items += own;
    for (let level = 0; level < levels; level += 1) add(shares, level, at(scores, level) / size);
  }
  return items === 0 ? null : shares.map((share) => share / items);
}

type Chance = Record<"gwet" | "fleiss" | "brennanPrediger", Figure>;

function noChance(reason: Reason): Chance {
  return { gwet: reason, fleiss: reason, brennanPrediger: reason };
}

function expected(shares: Float64Array, weights: Float64Array): Chance {
  const levels = shares.length;
  if (levels < 2) return noChance("too-few-levels");
  let weight = 0;
  let fleiss = 0;
  let spread = 0;
  for (let row = 0; row < levels; row += 1) {
    spread += at(shares, row) * (1 - at(shares, row));
    for (let column = 0; column < levels; column += 1) {
      weight += at(weights, row * levels + column);
      fleiss += at(weights, row * levels + column) * at(shares, row) * at(shares, column);
    }
  }
  const brennanPrediger = weight / (levels * levels);
  return { gwet: (weight / (levels * (levels - 1))) * spread, fleiss, brennanPrediger };
}

function beyond(agreement: Figure, chance: Figure): Figure {
  if (typeof agreement === "string") return agreement;
  return typeof chance === "string" ? chance : ratio(agreement - chance, 1 - chance, 1);
}
