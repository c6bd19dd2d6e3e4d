import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { kendallTau } from "#rubric/robustness/kendall-tau.ts";
import { leaderOf, levelWithin, rankingOf } from "#rubric/robustness/order.ts";
import { anchored, policyValues, weighted } from "#rubric/robustness/policy-values.ts";

const five = { min: 1, max: 5 };

describe("policy values", () => {
  test("the examples in their documentation", () => {
    const means = [[5, 1]];
    expect(policyValues({ means, anchors: [five, five], weights: [0.75, 0.25] }).values.values).toEqual([0.75]);
    expect(anchored(4, five)).toBe(0.75);
    expect(weighted([4, 2], [0.25, 0.75])).toBe(2.5);
  });

  test("each criterion is measured on its own scale, and equal weights stand beside", () => {
    const measured = policyValues({
      means: [
        [5, 0],
        [3, 2],
      ],
      anchors: [five, { min: -2, max: 2 }],
      weights: [0.75, 0.25],
    });
    expect(measured).toEqual({ values: { values: [0.875, 0.625], equalValues: [0.75, 0.75] }, reasons: {} });
  });

  test("a policy with a cell without scores has no value", () => {
    expect(
      policyValues({
        means: [
          [5, null],
          [3, 1],
        ],
        anchors: [five, five],
        weights: [1, 0],
      }),
    ).toEqual({
      values: { values: [null, 0.5], equalValues: [null, 0.25] },
      reasons: { "values[0]": "no-scores", "equalValues[0]": "no-scores" },
    });
  });

  test("a criterion without anchors has no place on a scale", () => {
    expect(anchored(3, undefined)).toBeNull();
  });

  const mean = fc.double({ min: 1, max: 5, noNaN: true });
  const table = fc.array(fc.array(mean, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });

  property.prop([
    table,
    fc.array(mean, { minLength: 3, maxLength: 3 }),
    fc.array(mean, { minLength: 3, maxLength: 3 }),
  ])("adding a policy changes neither the values nor the order of the others", (means, added, points) => {
    const total = points.reduce((sum, point) => sum + point, 0);
    const weights = points.map((point) => point / total);
    const anchors = [five, five, five];
    const before = policyValues({ means, anchors, weights }).values.values;
    const after = policyValues({ means: [...means, added], anchors, weights }).values.values;
    expect(after.slice(0, -1)).toEqual(before);
    expect(rankingOf(after).filter((policy) => policy < means.length)).toEqual(rankingOf(before));
    for (const value of before) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
    }
  });
});

describe("the order of values", () => {
  test("the examples in its documentation", () => {
    expect(levelWithin([-2, 1, null])).toBe(2e-12);
    expect(rankingOf([0.4, null, 0.7, 0.4])).toEqual([2, 0, 3]);
    expect(leaderOf([0.4, 0.7, 0.7])).toBe(1);
  });

  test("what differs by rounding alone is level, and goes by index", () => {
    expect(rankingOf([0.3, 0.1 + 0.2, 0.1])).toEqual([0, 1, 2]);
    expect(leaderOf([0.3, 0.1 + 0.2])).toBe(0);
  });

  test("without values there is no order and no leader", () => {
    expect(rankingOf([null, null])).toEqual([]);
    expect(leaderOf([null])).toBeNull();
    expect(leaderOf([])).toBeNull();
  });

  test("values below nought have a leader too", () => {
    expect(leaderOf([null, -3, -2, null])).toBe(2);
    expect(rankingOf([-3, -2, 0])).toEqual([2, 1, 0]);
  });
});

describe("Kendall's tau-b", () => {
  test("the example in its documentation", () => {
    expect(kendallTau([1, 2, 3], [10, 30, 20])).toBe(1 / 3);
  });

  test("canned tuna, nine lots: 26 concordant pairs of 36, tau .444 (Hollander and Wolfe 1973, p. 187)", () => {
    const lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
    const quality = [2.6, 3.1, 2.5, 5, 3.6, 4, 5.2, 2.8, 3.8];
    expect(kendallTau(lightness, quality)).toBeCloseTo(16 / 36, 12);
  });

  test("ties count in neither direction: 1 1 2 against 1 2 3 is two concordant over the root of two times three", () => {
    expect(kendallTau([1, 1, 2], [1, 2, 3])).toBeCloseTo(2 / Math.sqrt(6), 12);
  });

  test("is undefined where one list ties everything", () => {
    expect(kendallTau([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(kendallTau([1, 2, 3], [2, 2, 2])).toBeNull();
    expect(kendallTau([1], [2])).toBeNull();
  });

  property.prop([fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { minLength: 2 })])(
    "is symmetric, lies between -1 and 1, and changes sign when one list is reversed",
    (pairs) => {
      const [left, right] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
      const tau = kendallTau(left, right);
      expect(kendallTau(right, left)).toBe(tau);
      if (tau === null) return;
      expect(Math.abs(tau)).toBeLessThanOrEqual(1 + 1e-12);
      expect(
        kendallTau(
          left.map((value) => 5 - value),
          right,
        ),
      ).toBeCloseTo(-tau, 12);
    },
  );
});
