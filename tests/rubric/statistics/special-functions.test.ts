import { describe, expect, test } from "vitest";
import { reciprocalFraction } from "#rubric/statistics/continued-fraction.ts";
import { regularisedBeta } from "#rubric/statistics/incomplete-beta.ts";
import { regularisedGamma } from "#rubric/statistics/incomplete-gamma.ts";
import { deviance, stirlingError } from "#rubric/statistics/stirling.ts";

test("what Stirling's formula leaves, by the values of the gamma function at 1, 1/2 and 11", () => {
  expect(stirlingError(1)).toBe(0.0810614667953272);
  const rest = (a: number, logGamma: number) => logGamma - ((a - 0.5) * Math.log(a) - a + Math.log(2 * Math.PI) / 2);
  expect(stirlingError(1)).toBeCloseTo(rest(1, 0), 14);
  expect(stirlingError(0.5)).toBeCloseTo(rest(0.5, Math.log(Math.PI) / 2), 14);
  expect(stirlingError(11)).toBeCloseTo(rest(11, Math.log(3_628_800)), 13);
});

test("the deviance near the mean, far from it, and of a mean of 0", () => {
  expect(deviance(2, 2)).toBe(0);
  expect(deviance(1, 3)).toBeCloseTo(2 - Math.log(3), 14);
  // (x - m)² / 2 m (1 - (x - m) / 3 m ..), where subtracting logarithms would leave 3 digits.
  expect(deviance(1e6 + 1, 1e6) / (0.5e-6 * (1 - 1 / 3e6))).toBeCloseTo(1, 10);
  expect(deviance(2, 0)).toBe(Number.POSITIVE_INFINITY);
});

describe("regularised incomplete functions", () => {
  test("the beta function with whole parameters is a polynomial", () => {
    expect(regularisedBeta(2, 3)(0.5, 0.5).lower).toBe(0.6875000000000002);
    for (const x of [0.01, 0.3, 0.6, 0.99]) {
      const { lower, upper, rate } = regularisedBeta(2, 3)(x, 1 - x);
      expect(lower).toBeCloseTo(x * x * (6 - 8 * x + 3 * x * x), 14);
      expect(lower + upper).toBeCloseTo(1, 15);
      expect(rate).toBeCloseTo(12 * x * x * (1 - x) ** 3, 14);
    }
  });

  test("the gamma function with whole parameters ends in an exponential", () => {
    expect(regularisedGamma(1)(2).upper).toBe(0.13533528323661273);
    for (const x of [0.01, 1, 3, 12]) {
      const { upper, rate } = regularisedGamma(3)(x);
      expect(upper).toBeCloseTo(Math.exp(-x) * (1 + x + (x * x) / 2), 14);
      expect(rate).toBeCloseTo((x ** 3 * Math.exp(-x)) / 2, 14);
    }
  });
});

test("a continued fraction, also through a denominator of 0", () => {
  expect(reciprocalFraction(1, () => ({ over: 1, plus: 1 }))).toBe(0.6180339887498948);
  expect(reciprocalFraction(0, (step) => ({ over: step === 1 ? 2 : 0, plus: 1 }))).toBeCloseTo(0.5, 14);
});
