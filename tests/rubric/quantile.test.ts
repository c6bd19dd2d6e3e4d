import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { interquartileRange, median, orderStatistic, quantile, total } from "#rubric/statistics/quantile.ts";

const five = [-2, -1, 0, 1, 2];

describe("quantile, type 2 (Hyndman and Fan 1996)", () => {
  test("the example in its documentation", () => {
    expect(quantile([0, 1, 1, 0, 0], five, 0.5)).toBe(-0.5);
  });

  test("the median of an even panel is the midpoint, halves kept", () => {
    expect(median([1, 0, 0, 1, 0], five)).toBe(-0.5);
  });

  test("nine fives and a split panel share the median, so a spread stands beside it", () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(median([0, 0, 0, 0, 9, 0, 0, 0, 0], nine)).toBe(5);
    expect(median([1, 2, 1, 0, 1, 0, 1, 2, 1], nine)).toBe(5);
    expect(interquartileRange([0, 0, 0, 0, 9, 0, 0, 0, 0], nine)).toBe(0);
    expect(interquartileRange([1, 2, 1, 0, 1, 0, 1, 2, 1], nine)).toBe(6);
  });

  test("a share that is whole only up to rounding counts as whole: 90 scores at 0.7", () => {
    const counts = [63, 27, 0, 0, 0];
    expect(quantile(counts, five, 0.7)).toBe(-1.5);
  });

  test("a rank beyond the scores is refused", () => {
    expect(orderStatistic([1, 0, 2, 0, 0], five, 3)).toBe(0);
    expect(() => orderStatistic([1, 0, 2, 0, 0], five, 4)).toThrow(new RangeError("rank 4 of 3 scores"));
  });

  test("without scores there is no quantile", () => {
    expect(quantile([0, 0, 0, 0, 0], five, 0.5)).toBeNull();
    expect(interquartileRange([0, 0, 0, 0, 0], five)).toBeNull();
  });

  property.prop([
    fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: 5 }),
    fc.constantFrom(0.25, 0.3, 0.5, 0.7, 0.75),
  ])("agrees with sorting the scores and averaging at the steps", (counts, share) => {
    const scores = counts.flatMap((count, index) => new Array<number>(count).fill(five[index] ?? 0));
    expect(total(counts)).toBe(scores.length);
    expect(quantile(counts, five, share)).toBe(sortedQuantile(scores, share));
  });
});

function sortedQuantile(scores: readonly number[], share: number): number | null {
  if (scores.length === 0) return null;
  const h = Math.round(scores.length * share * 1000) / 1000;
  const at = (rank: number) => scores[Math.min(scores.length, Math.max(1, rank)) - 1] ?? 0;
  return Number.isInteger(h) ? (at(h) + at(h + 1)) / 2 : at(Math.ceil(h));
}
