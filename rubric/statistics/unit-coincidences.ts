import { add, at, countAt } from "./arrays.ts";
import type { Coincidences } from "./coincidences.ts";
import type { Tallies } from "./tallies.ts";

/** The coincidences of every item with two scores or more by itself, one after another. */
export interface UnitCoincidences {
  readonly units: number;
  readonly levels: number;
  /** Units x levels. */
  readonly scores: Float64Array;
  /** Units x pairs of levels. */
  readonly pairs: Float64Array;
}

export function unitCoincidences({ items, levels, stride, slots }: Tallies): UnitCoincidences {
  const count = levels.length;
  const usable: Int32Array[] = [];
  for (let item = 0; item < items; item += 1) {
    const counts = slots.subarray(item * stride + 1, item * stride + 1 + count);
    if (sum(counts) >= 2) usable.push(counts);
  }
  const scores = new Float64Array(usable.length * count);
  const width = (count * (count - 1)) / 2;
  const pairs = new Float64Array(usable.length * width);
  for (const [unit, counts] of usable.entries()) {
    scores.set(counts, unit * count);
    setPairs(pairs.subarray(unit * width, (unit + 1) * width), counts);
  }
  return { units: usable.length, levels: count, scores, pairs };
}

function setPairs(pairs: Float64Array, counts: Int32Array): void {
  const share = sum(counts) - 1;
  let index = 0;
  for (let low = 0; low < counts.length; low += 1) {
    for (let high = low + 1; high < counts.length; high += 1) {
      pairs[index] = (countAt(counts, low) * countAt(counts, high)) / share;
      index += 1;
    }
  }
}

function sum(counts: Int32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/** Arrays for one sum of units. */
export type Room = Pick<Coincidences, "scores" | "pairs">;

export function roomFor({ levels }: UnitCoincidences): Room {
  return { scores: new Float64Array(levels), pairs: new Float64Array((levels * (levels - 1)) / 2) };
}

/** Sums some units, each as often as `weights` says, into arrays that the caller lends: the sum is good until the next. */
export function sumUnits(
  { units, levels, scores, pairs }: UnitCoincidences,
  weights: Int32Array,
  into: Room,
): Coincidences {
  const width = into.pairs.length;
  into.scores.fill(0);
  into.pairs.fill(0);
  let used = 0;
  for (let unit = 0; unit < units; unit += 1) {
    const weight = countAt(weights, unit);
    if (weight === 0) continue;
    used += weight;
    for (let level = 0; level < levels; level += 1) add(into.scores, level, weight * at(scores, unit * levels + level));
    for (let pair = 0; pair < width; pair += 1) add(into.pairs, pair, weight * at(pairs, unit * width + pair));
  }
  let pairable = 0;
  for (const score of into.scores) pairable += score;
  return { ...into, pairable, units: used };
}

/** The sum without one of its units, in arrays that the caller lends. */
export function withoutUnit(
  all: Coincidences,
  { unit, of }: { readonly unit: number; readonly of: UnitCoincidences },
  into: Room,
): Coincidences {
  const width = into.pairs.length;
  let pairable = 0;
  for (let level = 0; level < of.levels; level += 1) {
    const rest = at(all.scores, level) - at(of.scores, unit * of.levels + level);
    into.scores[level] = rest;
    pairable += rest;
  }
  for (let pair = 0; pair < width; pair += 1) {
    into.pairs[pair] = at(all.pairs, pair) - at(of.pairs, unit * width + pair);
  }
  return { ...into, pairable, units: all.units - 1 };
}
