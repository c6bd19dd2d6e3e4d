import { fc } from "@fast-check/vitest";
import { expect } from "vitest";
import type { Measured } from "#rubric/statistics/measured.ts";
import type { Ratings } from "#rubric/statistics/score-table.ts";

/** Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, data C: 4 observers, 12 units. */
export const KRIPPENDORFF_C = rows("123321412...", "1233224125.3", ".3332342251.", "12332441251.");

/** Shrout and Fleiss (1979), table 2: six targets, four judges. */
export const SHROUT_FLEISS = [
  [9, 6, 8, 7, 10, 6],
  [2, 1, 4, 1, 5, 2],
  [5, 3, 6, 2, 6, 4],
  [8, 2, 8, 6, 9, 7],
];

/** A table written a digit a score, a point for none. */
export function rows(...lines: string[]): (number | null)[][] {
  return lines.map((line) => [...line].map((sign) => (sign === "." ? null : Number(sign))));
}

export function levels(lowest: number, highest: number): number[] {
  return Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
}

/** Tables of up to 6 reviewers and 7 items on 1 to 5, some of them with holes, some constant. */
export const anyRatings: fc.Arbitrary<(number | null)[][]> = fc
  .record({
    reviewers: fc.integer({ min: 0, max: 6 }),
    items: fc.integer({ min: 0, max: 7 }),
    highest: fc.integer({ min: 1, max: 5 }),
    hole: fc.constantFrom(0, 0.2, 0.6),
  })
  .chain(({ reviewers, items, highest, hole }) => {
    const score = fc.integer({ min: 1, max: highest });
    const place = fc.double({ min: 0, max: 1, noNaN: true }).chain((u) => (u < hole ? fc.constant(null) : score));
    const row = fc.array(place, { minLength: items, maxLength: items });
    return fc.array(row, { minLength: reviewers, maxLength: reviewers });
  });

/** The table with reviewers and items put in another order. */
export function shuffled(ratings: Ratings): Ratings {
  return ratings.toReversed().map((row) => [...row.slice(2), ...row.slice(0, 2)]);
}

export function mapped(ratings: Ratings, map: (score: number) => number): Ratings {
  return ratings.map((row) => row.map((score) => (score === null ? null : map(score))));
}

/** Every null has its reason, every reason its null, and no figure is NaN or infinite. */
export function expectSound({ values, reasons }: Measured<object>): void {
  const nulls: string[] = [];
  const visit = (part: unknown, path: string): void => {
    if (part === null) nulls.push(path);
    else if (typeof part === "number") expect(Number.isFinite(part), `${path} is ${part}`).toBe(true);
    else if (Array.isArray(part)) for (const [index, one] of part.entries()) visit(one, `${path}[${index}]`);
  };
  for (const [key, part] of Object.entries(values)) visit(part, key);
  expect(Object.keys(reasons).sort()).toEqual(nulls.sort());
}

/** Equal keys, numbers equal up to rounding. */
export function expectClose(got: object, wanted: object): void {
  expect(Object.keys(got)).toEqual(Object.keys(wanted));
  for (const [key, value] of Object.entries(wanted)) {
    const found: unknown = Reflect.get(got, key);
    if (typeof value === "number") expect(found, key).toBeCloseTo(value, 9);
    else expect(found, key).toEqual(value);
  }
}
