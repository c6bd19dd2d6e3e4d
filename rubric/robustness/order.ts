import { entryAt } from "#rubric/statistics/arrays.ts";
/** Values, or `null` where there is none. */
export type Values = readonly (number | null)[];

/**
 * How much two values may differ and still count as level: 1e-12 of the largest size among them. Sums that are equal on
 * paper differ by that little once they are rounded.
 * @example levelWithin([-2, 1, null]) // 2e-12
 */
export function levelWithin(values: Values): number {
  return 1e-12 * values.reduce<number>((largest, value) => Math.max(largest, Math.abs(value ?? 0)), 0);
}

/**
 * The indexes of the values, best first; level ones by index, missing ones left out.
 * @example rankingOf([0.4, null, 0.7, 0.4]) // [2, 0, 3]
 */
export function rankingOf(values: Values): number[] {
  const width = levelWithin(values);
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  known.sort((left, right) => right.value - left.value || left.index - right.index);
  const tied: number[][] = [];
  let best = Number.POSITIVE_INFINITY;
  for (const { value, index } of known) {
    if (best - value > width) {
      tied.push([]);
      best = value;
    }
    entryAt(tied, tied.length - 1).push(index);
  }
  return tied.flatMap((indexes) => indexes.sort((left, right) => left - right));
}

/**
 * The index of the first of the best values; `null` without any.
 * @example leaderOf([0.4, 0.7, 0.7]) // 1
 */
export function leaderOf(values: Values): number | null {
  const best = values.reduce<number | null>(
    (most, value) => (most === null || (value ?? most) > most ? value : most),
    null,
  );
  if (best === null) return null;
  const width = levelWithin(values);
  return values.findIndex((value) => value !== null && best - value <= width);
}
