import { levelsIn } from "#rubric/statistics/score-table.ts";
import type { Ratings, StatedScale } from "./inputs.ts";

// How much a case may ask for. Beyond it a measure answers `too-large`: it would take more memory, or more hours, than
// there are.

/** Numbers held at once: 400 MB of them. */
const MOST_NUMBERS = 50_000_000;

/** Additions and multiplications: some minutes of them. */
const MOST_STEPS = 100_000_000_000;

/** A square of numbers for each pair of so many things. */
export function isSquareTooLarge(size: number): boolean {
  return size * size > MOST_NUMBERS;
}

export function areStepsTooMany(...factors: readonly number[]): boolean {
  return factors.reduce((product, factor) => product * Math.max(1, factor), 1) > MOST_STEPS;
}

/** A square over levels for each number of scores that an item can have, and a histogram of each item. */
export function areLevelsTooMany({ levels, items, reviewers }: { levels: number; items: number; reviewers: number }) {
  return levels * levels * Math.min(items, reviewers + 1) > MOST_NUMBERS || levels * items > MOST_NUMBERS;
}

/** The same of a table of scores; on a continuous scale its levels are the scores that occur. */
export function isTableTooLarge({
  ratings,
  scale,
}: {
  readonly ratings: Ratings;
  readonly scale?: StatedScale | undefined;
}) {
  const levels = scale?.levels ?? levelsIn(ratings);
  return areLevelsTooMany({ levels: levels.length, ...sizeOf(ratings) });
}

export function sizeOf(ratings: Ratings): { readonly reviewers: number; readonly items: number } {
  return { reviewers: ratings.length, items: ratings[0]?.length ?? 0 };
}
