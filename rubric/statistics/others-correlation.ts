import { at, entryAt } from "./arrays.ts";
import { type Figure, squares } from "./figure.ts";
import type { Layout } from "./layout.ts";

const FEWEST_COMMON = 3;

/**
 * For each reviewer, how closely their scores follow the mean of the others' scores: Pearson's correlation over the items
 * that both have, from -1 to 1. Items are the layout's groups.
 *
 * @example correlationsWithOthers(layoutOf([[1, 2, 3], [1, 2, 4]])) // [0.9819805060619656, 0.9819805060619656]
 */
export function correlationsWithOthers({ groups, members }: Layout): Figure[] {
  const common = Array.from({ length: members }, (): Common => ({ own: [], others: [] }));
  for (const group of groups) {
    const size = group.members.length;
    if (size < 2) continue;
    for (const [place, member] of group.members.entries()) {
      const score = at(group.scores, place);
      common[member]?.own.push(score);
      common[member]?.others.push((group.sum - score) / (size - 1));
    }
  }
  return common.map(correlation);
}

interface Common {
  readonly own: number[];
  readonly others: number[];
}

function correlation({ own, others }: Common): Figure {
  if (own.length < FEWEST_COMMON) return "too-few-common";
  const [left, right] = [deviations(own), deviations(others)];
  const spread = left.squares * right.squares;
  if (spread === 0) return "no-variance";
  const joint = left.off.reduce((sum, value, index) => sum + value * entryAt(right.off, index), 0);
  return joint / Math.sqrt(spread);
}

function deviations(numbers: readonly number[]) {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const off = numbers.map((number) => number - mean);
  const total = numbers.reduce((sum, number) => sum + number * number, 0);
  const about = off.reduce((sum, number) => sum + number * number, 0);
  return { off, squares: squares(about, total) };
}
