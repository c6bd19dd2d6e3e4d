import { createHash } from "node:crypto";
import { drawBelow, type Random, randomFrom } from "#rubric/statistics/random.ts";

/** Draws that a seed decides. */
export interface Draw {
  below(bound: number): number;
  /** A whole number from `low` to `high`, both included. */
  from(low: number, high: number): number;
  /** True so many times in a hundred. */
  often(percent: number): boolean;
  one<Item>(items: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): Item[];
  some<Item>(items: readonly Item[], count: number): Item[];
  /** Draws of its own, which do not move these on. */
  apart(purpose: string): Draw;
}

export function drawFrom(seed: string): Draw {
  const random: Random = randomFrom(hashed(seed));
  const draw: Draw = {
    below: (bound) => drawBelow(random, bound),
    from: (low, high) => low + drawBelow(random, high - low + 1),
    often: (percent) => drawBelow(random, 100) < percent,
    one: (items) => items[drawBelow(random, items.length)] as (typeof items)[number],
    shuffled(items) {
      const left = [...items];
      return items.flatMap(() => left.splice(drawBelow(random, left.length), 1));
    },
    some: (items, count) => draw.shuffled(items).slice(0, count),
    apart: (purpose) => drawFrom(`${seed}/${purpose}`),
  };
  return draw;
}

/** Hex digits that depend on the text alone. */
export function hashed(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
