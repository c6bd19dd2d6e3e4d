import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { exp, log, log1p, power } from "#rubric/statistics/elementary.ts";

/** How many units in the last place two doubles lie apart. */
function unitsApart(left: number, right: number): number {
  if (Object.is(left, right) || left === right) return 0;
  const size = Math.max(Math.abs(left), Math.abs(right));
  const unit = Math.max(2 ** (Math.floor(Math.log2(size)) - 52), 2 ** -1074);
  return Math.abs(left - right) / unit;
}

const anyPositive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });

describe("log", () => {
  test("the example in its documentation, and the ends of its range", () => {
    expect(log(8)).toBe(2.0794415416798357);
    expect([log(1), log(0), log(Number.POSITIVE_INFINITY)]).toEqual([0, -Infinity, Infinity]);
    expect([log(-1), log(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    expect(unitsApart(log(Number.MIN_VALUE), -744.4400719213812)).toBeLessThanOrEqual(1);
  });

  property.prop([anyPositive], { numRuns: 5000 })("agrees with the engine within 2 units", (x) => {
    expect(unitsApart(log(x), Math.log(x))).toBeLessThanOrEqual(2);
  });

  property.prop([fc.double({ min: 0.5, max: 2, noNaN: true })], { numRuns: 5000 })("also near 1", (x) => {
    expect(unitsApart(log(x), Math.log(x))).toBeLessThanOrEqual(2);
  });
});

describe("log1p", () => {
  test("the example in its documentation, and the ends of its range", () => {
    expect(log1p(1e-20)).toBe(1e-20);
    expect([log1p(0), log1p(-1), log1p(Number.POSITIVE_INFINITY)]).toEqual([0, -Infinity, Infinity]);
    expect(log1p(-2)).toBeNaN();
  });

  property.prop([fc.double({ min: -0.999, max: 1e3, noNaN: true })], { numRuns: 5000 })(
    "agrees with the engine within 3 units",
    (x) => {
      expect(unitsApart(log1p(x), Math.log1p(x))).toBeLessThanOrEqual(3);
    },
  );
});

describe("exp", () => {
  test("the example in its documentation, and the ends of its range", () => {
    expect(exp(2)).toBe(7.38905609893065);
    expect([exp(0), exp(710), exp(-746), exp(-Infinity), exp(Infinity)]).toEqual([1, Infinity, 0, 0, Infinity]);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(-745)).toBe(Number.MIN_VALUE);
    expect(unitsApart(exp(709.7), Math.exp(709.7))).toBeLessThanOrEqual(2);
  });

  property.prop([fc.double({ min: -746, max: 710, noNaN: true })], { numRuns: 5000 })(
    "agrees with the engine within 2 units",
    (x) => {
      expect(unitsApart(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
    },
  );

  property.prop([fc.double({ min: -20, max: 20, noNaN: true })])("undoes log", (x) => {
    expect(log(exp(x))).toBeCloseTo(x, 13);
  });
});

describe("power", () => {
  test("the example in its documentation, and exact whole powers", () => {
    expect(power(2, 10)).toBe(1024);
    expect([power(-3, 3), power(10, -2), power(0, 0), power(2, 64), power(7, 1)]).toEqual([-27, 0.01, 1, 2 ** 64, 7]);
  });

  test("beyond the whole powers that are multiplied", () => {
    expect([power(0, 0.5), power(0, -0.5), power(4, 0.5)]).toEqual([0, Infinity, 2]);
    expect(power(-1, 0.5)).toBeNaN();
    expect(power(-1.5, 101) / (-1.5) ** 101).toBeCloseTo(1, 13);
    expect(power(-1.5, 100) / 1.5 ** 100).toBeCloseTo(1, 13);
  });

  property.prop([fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: -20, max: 20, noNaN: true })])(
    "agrees with the engine to 13 digits",
    (base, exponent) => {
      expect(power(base, exponent) / base ** exponent).toBeCloseTo(1, 12);
    },
  );
});
