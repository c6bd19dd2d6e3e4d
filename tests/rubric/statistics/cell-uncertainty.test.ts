import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { cellUncertainty } from "#rubric/statistics/cell-uncertainty.ts";

/** n different scores 1..n. */
function spread(n: number): [counts: number[], levels: number[]] {
  return [new Array<number>(n).fill(1), Array.from({ length: n }, (_, index) => index + 1)];
}

describe("how far a cell could lie elsewhere", () => {
  test("the example in its documentation", () => {
    expect(cellUncertainty([3, 0, 3], [1, 2, 3], 0.95).values.medianCiCoverage).toBeCloseTo(0.96875, 14);
  });

  // The sign test's ranks and coverages; e.g. Conover (1999), Practical Nonparametric Statistics, table A3 (binomial).
  test.each([
    [6, 1, 0.96875],
    [8, 1, 0.9921875],
    [9, 2, 0.9609375],
    [12, 3, 0.96142578125],
    [15, 4, 0.96484375],
    [20, 6, 0.958610534667969],
  ])("%i scores: from the score at rank %i, covering %f at 95 %%", (n, rank, coverage) => {
    const { values } = cellUncertainty(...spread(n), 0.95);
    expect([values.medianCiLow, values.medianCiHigh]).toEqual([rank, n + 1 - rank]);
    expect(values.medianCiCoverage).toBeCloseTo(coverage, 14);
  });

  test("five scores or fewer reach no 95 % interval, but reach exactly what they can", () => {
    const { values, reasons } = cellUncertainty(...spread(5), 0.95);
    expect(values).toMatchObject({ medianCiLow: null, medianCiHigh: null, medianCiCoverage: null });
    expect(reasons).toEqual({
      medianCiLow: "no-interval",
      medianCiHigh: "no-interval",
      medianCiCoverage: "no-interval",
    });
    // 1 - 2 / 2^5
    expect(cellUncertainty(...spread(5), 0.9375).values).toMatchObject({ medianCiLow: 1, medianCiHigh: 5 });
  });

  test("the mean of 1..5: standard error sqrt(1/2), t = 2.776 with 4 degrees of freedom", () => {
    const { values } = cellUncertainty(...spread(5), 0.95);
    expect(values.meanSe).toBeCloseTo(Math.SQRT1_2, 15);
    expect(values.meanCiHigh).toBeCloseTo(3 + 2.776445105 * Math.SQRT1_2, 8);
    expect(values.meanCiLow).toBeCloseTo(3 - 2.776445105 * Math.SQRT1_2, 8);
  });

  test("equal scores leave no doubt; a single one leaves everything open; none is nothing", () => {
    expect(cellUncertainty([0, 7, 0], [1, 2, 3], 0.95).values).toMatchObject({
      medianCiLow: 2,
      medianCiHigh: 2,
      meanSe: 0,
      meanCiLow: 2,
      meanCiHigh: 2,
    });
    const one = cellUncertainty([0, 1, 0], [1, 2, 3], 0.95);
    expect(Object.values(one.values).every((value) => value === null)).toBe(true);
    expect(one.reasons).toMatchObject({ medianCiLow: "no-interval", meanSe: "too-few-raters" });
    const none = cellUncertainty([0, 0, 0], [1, 2, 3], 0.95);
    expect(new Set(Object.values(none.reasons))).toEqual(new Set(["no-scores"]));
    expect(Object.keys(none.reasons)).toEqual(Object.keys(none.values));
  });

  property.prop([fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0.05, max: 0.999, noNaN: true })])(
    "the interval covers what was asked for, and the next narrower one would not",
    (n, confidence) => {
      const { medianCiLow, medianCiHigh, medianCiCoverage } = cellUncertainty(...spread(n), confidence).values;
      if (medianCiLow === null) {
        expect(2 * 0.5 ** n).toBeGreaterThan(1 - confidence);
        return;
      }
      expect(medianCiLow + medianCiHigh!).toBe(n + 1);
      expect(medianCiCoverage).toBeGreaterThanOrEqual(confidence - 1e-11);
      // Scores at ranks k + 1 .. n - k leave out the two central terms of rank k.
      const logChoose = logFactorial(n) - logFactorial(medianCiLow) - logFactorial(n - medianCiLow);
      expect(medianCiCoverage! - 2 * Math.exp(logChoose - n * Math.LN2)).toBeLessThan(confidence + 1e-9);
    },
  );
});

function logFactorial(n: number): number {
  let sum = 0;
  for (let factor = 2; factor <= n; factor += 1) sum += Math.log(factor);
  return sum;
}
