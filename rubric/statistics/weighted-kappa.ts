import { agreementWeights } from "./agreement-weights.ts";
import { at, entryAt } from "./arrays.ts";
import { type Figure, measuredFrom, ratio } from "./figure.ts";
import { type Measured, undefinedFor } from "./measured.ts";

const KEYS = ["unweighted", "linear", "quadratic"] as const;

export type WeightedKappa = Readonly<Record<(typeof KEYS)[number], number | null>>;

/**
 * Did the panel hold its line between two rounds? Agreement beyond chance of the pairs (round 1, round 2), with near
 * misses counting in part: (po - pe) / (1 - pe), at most 1. `table` counts the pairs, round 1 by round 2, over `levels`.
 *
 * Cohen (1968), Weighted kappa, Psychological Bulletin 70:213-220.
 *
 * @example weightedKappa([[2, 0], [1, 1]], [1, 2]).values.unweighted // 0.5
 */
export function weightedKappa(
  table: readonly (readonly number[])[],
  levels: readonly number[],
): Measured<WeightedKappa> {
  const pairs = Float64Array.from(table.flat());
  const total = sum(pairs);
  if (total === 0) return undefinedFor(KEYS, "no-scores");
  return measuredFrom({
    unweighted: kappa(pairs, agreementWeights(levels, "identity")),
    linear: kappa(pairs, agreementWeights(levels, "linear")),
    quadratic: kappa(pairs, agreementWeights(levels, "quadratic")),
  });
}

function kappa(pairs: Float64Array, weights: Float64Array): Figure {
  const count = Math.sqrt(pairs.length);
  const total = sum(pairs);
  const rows = new Float64Array(count);
  const columns = new Float64Array(count);
  for (let index = 0; index < pairs.length; index += 1) {
    const row = Math.floor(index / count);
    rows[row] = at(rows, row) + at(pairs, index);
    columns[index - row * count] = at(columns, index - row * count) + at(pairs, index);
  }
  let observed = 0;
  let expected = 0;
  for (let index = 0; index < pairs.length; index += 1) {
    const row = Math.floor(index / count);
    observed += at(weights, index) * at(pairs, index);
    expected += at(weights, index) * at(rows, row) * at(columns, index - row * count);
  }
  const chance = expected / (total * total);
  return ratio(observed / total - chance, 1 - chance, 1);
}

function sum(numbers: Float64Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/**
 * Pairs of scores as a table, level by level. A pair with a missing score is left out.
 *
 * @example pairTable([1, 2, null], [2, 2, 1], [1, 2]) // [[0, 1], [0, 1]]
 */
export function pairTable(
  round1: readonly (number | null)[],
  round2: readonly (number | null)[],
  levels: readonly number[],
): number[][] {
  const table = levels.map(() => levels.map(() => 0));
  const indexOf = new Map(levels.map((level, index) => [level, index]));
  for (const [index, before] of round1.entries()) {
    const after = round2[index] ?? null;
    if (before === null || after === null) continue;
    const [row, column] = [indexOf.get(before), indexOf.get(after)];
    if (row === undefined || column === undefined) continue;
    const counts = entryAt(table, row);
    counts[column] = entryAt(counts, column) + 1;
  }
  return table;
}
