import { entryAt } from "./arrays.ts";
/** Ranks with ties sharing their mean rank. */
export interface Midranks {
  /** Twice the rank of each number, in the order given: a whole number. The least number has rank 1. */
  readonly doubled: readonly number[];
  /** Sum over groups of t equal numbers of t^3 - t. */
  readonly ties: number;
}

/**
 * Ranks numbers. Numbers that differ by no more than `slack` from the least of their group count as equal.
 *
 * @example midranks([5, 7, 5], 0) // { doubled: [3, 6, 3], ties: 6 }
 */
export function midranks(numbers: readonly number[], slack: number): Midranks {
  const sorted = numbers.map((value, index) => ({ value, index })).sort((left, right) => left.value - right.value);
  const doubled = numbers.map(() => 0);
  let ties = 0;
  let start = 0;
  while (start < sorted.length) {
    const most = entryAt(sorted, start).value + slack;
    let end = start + 1;
    while (end < sorted.length && entryAt(sorted, end).value <= most) end += 1;
    // Ranks start + 1 to end, on average.
    for (let place = start; place < end; place += 1) doubled[entryAt(sorted, place).index] = start + 1 + end;
    const size = end - start;
    ties += size * size * size - size;
    start = end;
  }
  return { doubled, ties };
}
