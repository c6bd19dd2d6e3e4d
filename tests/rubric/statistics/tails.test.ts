import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  binomialAtMost,
  chiSquaredQuantile,
  chiSquaredUpperTail,
  fQuantile,
  fUpperTail,
  normalQuantile,
  normalUpperTail,
  tQuantile,
  tUpperTail,
} from "#rubric/statistics/tails.ts";

const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
const df = fc.double({ min: 0.5, max: 400, noNaN: true });

/** Equal to 11 digits. */
function expectClose(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-11 * Math.max(Math.abs(wanted), Number.MIN_VALUE));
}

test("the examples in the documentation", () => {
  expect([normalUpperTail(0), tUpperTail(0, 3)]).toEqual([0.5, 0.5]);
  expectClose(tUpperTail(1, 1), 0.25);
  expectClose(chiSquaredUpperTail(2, 2), Math.exp(-1));
  expectClose(fUpperTail(1, 7, 7), 0.5);
  expectClose(binomialAtMost(1, 3, 0.5), 0.5);
  expectClose(normalQuantile(0.975), 1.959963984540054);
  expectClose(tQuantile(0.75, 1), 1);
  expectClose(chiSquaredQuantile(0.95, 1), 3.841458820694124);
  expectClose(fQuantile(0.5, 7, 7), 1);
});

describe("tables of Abramowitz and Stegun 1964, chapter 26", () => {
  test.each([
    [1, 0.841344746068543],
    [2, 0.977249868051821],
    [3, 0.998650101968367],
  ])("26.1, the normal distribution at %i", (z, lower) => {
    expectClose(1 - normalUpperTail(z), lower);
    expectClose(normalUpperTail(-z), lower);
    expectClose(normalQuantile(lower), z);
  });

  test.each([
    [0.95, 1, 6.314],
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 8, 2.306],
    [0.995, 10, 3.169],
    [0.975, 30, 2.042],
    [0.9995, 120, 3.373],
  ])("26.10, quantiles of t: %f with %i degrees of freedom", (lower, freedom, t) => {
    expect(tQuantile(lower, freedom)).toBeCloseTo(t, 3);
    expect(tQuantile(1 - lower, freedom)).toBeCloseTo(-t, 3);
  });

  test.each([
    [0.95, 1, 3.84146],
    [0.95, 10, 18.307],
    [0.995, 5, 16.7496],
    [0.05, 10, 3.9403],
    [0.99, 30, 50.8922],
    [0.975, 100, 129.561],
  ])("26.8, quantiles of chi-squared: %f with %i degrees of freedom", (lower, freedom, x) => {
    expect(chiSquaredQuantile(lower, freedom) / x).toBeCloseTo(1, 4);
  });

  test.each([
    [0.95, 1, 1, 161.4],
    [0.95, 5, 10, 3.33],
    [0.975, 3, 15, 4.15],
    [0.99, 8, 20, 3.56],
    [0.95, 24, 60, 1.7],
    [0.995, 4, 6, 12.03],
  ])("26.9, quantiles of F: %f with %i and %i degrees of freedom", (lower, df1, df2, f) => {
    expect(Math.abs(fQuantile(lower, df1, df2) - f)).toBeLessThanOrEqual(f > 100 ? 0.05 : 0.0051);
  });
});

describe("closed forms", () => {
  property.prop([fc.double({ min: 1e-3, max: 1e3, noNaN: true })])("t with 1 and 2 degrees of freedom", (t) => {
    expectClose(tUpperTail(t, 1), Math.atan2(1, t) / Math.PI);
    expectClose(tUpperTail(t, 2), 1 / (Math.sqrt(2 + t * t) * (Math.sqrt(2 + t * t) + t)));
    expectClose(tUpperTail(-t, 1), 1 - Math.atan2(1, t) / Math.PI);
  });

  property.prop([fc.double({ min: 1e-3, max: 100, noNaN: true }), df])(
    "F with 2 degrees of freedom above or below, the other not whole, and chi-squared with 2 and 4",
    (x, freedom) => {
      expectClose(fUpperTail(x, 2, freedom), Math.exp((-freedom / 2) * Math.log1p((2 * x) / freedom)));
      expectClose(fUpperTail(1 / x, freedom, 2), 1 - Math.exp((-freedom / 2) * Math.log1p((2 * x) / freedom)));
      expectClose(chiSquaredUpperTail(x, 2), Math.exp(-x / 2));
      expectClose(chiSquaredUpperTail(x, 4), Math.exp(-x / 2) * (1 + x / 2));
    },
  );

  property.prop([fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.05, max: 0.95, noNaN: true })])(
    "the binomial distribution is the sum of its terms",
    (trials, chance) => {
      let term = (1 - chance) ** trials;
      let sum = term;
      for (let k = 0; k < trials; k += 1) {
        expectClose(binomialAtMost(k, trials, chance), sum);
        term *= ((trials - k) / (k + 1)) * (chance / (1 - chance));
        sum += term;
      }
    },
  );

  test("quantiles that no double can hold stay at the end of the search", () => {
    expect(fQuantile(0.5, 113, 0.001) / 1e300).toBeCloseTo(1, 12);
    expect(tQuantile(1e-12, 0.02) / 1e150).toBeCloseTo(-1, 12);
    expect(chiSquaredQuantile(1e-9, 0.02) / 2e-300).toBeCloseTo(1, 12);
  });

  test("beyond the ends of the support", () => {
    expect([binomialAtMost(-1, 4, 0.3), binomialAtMost(4, 4, 0.3), binomialAtMost(9, 4, 0.3)]).toEqual([0, 1, 1]);
    expect([fUpperTail(0, 3, 4), fUpperTail(-1, 3, 4), chiSquaredUpperTail(0, 3)]).toEqual([1, 1, 1]);
  });
});

describe("quantiles undo the tails", () => {
  property.prop([share, df, df])("for every share and degrees of freedom", (lower, df1, df2) => {
    const close = (tail: number) => expect(Math.abs(tail - (1 - lower))).toBeLessThan(1e-12);
    close(fUpperTail(fQuantile(lower, df1, df2), df1, df2));
    close(tUpperTail(tQuantile(lower, df1), df1));
    close(chiSquaredUpperTail(chiSquaredQuantile(lower, df1), df1));
    close(normalUpperTail(normalQuantile(lower)));
  });

  test("also far out, with many degrees of freedom, and in the middle", () => {
    for (const lower of [1e-300, 1e-20, 1e-12]) {
      expectClose(normalUpperTail(-normalQuantile(lower)), lower);
      expectClose(tUpperTail(-tQuantile(lower, 5), 5), lower);
    }
    expectClose(1 - chiSquaredUpperTail(chiSquaredQuantile(0.01, 1e5), 1e5), 0.01);
    expectClose(fUpperTail(fQuantile(0.975, 999, 998_001), 999, 998_001), 0.025);
    expect([tQuantile(0.5, 7), normalQuantile(0.5)]).toEqual([0, 0]);
    expectClose(fUpperTail(fQuantile(1e-12, 60, 1), 60, 1), 1 - 1e-12);
  });
});
