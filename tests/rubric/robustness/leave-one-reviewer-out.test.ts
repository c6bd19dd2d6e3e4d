import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { leaveOneReviewerOut } from "#rubric/robustness/leave-one-reviewer-out.ts";
import { leaderOf } from "#rubric/robustness/order.ts";
import { policyValues } from "#rubric/robustness/policy-values.ts";

const five = { min: 1, max: 5 };

describe("leaving each reviewer out", () => {
  test("the example in its documentation", () => {
    const panel = {
      ratings: [
        [[5], [4]],
        [[1], [3]],
      ],
      anchors: [five],
      weights: [1],
    };
    expect(leaveOneReviewerOut(panel).values.winnerWithout).toEqual([1, 0]);
  });

  test("says who leads, how far the order holds, and whose leaving changes the first", () => {
    const ratings = [
      [[5], [2], [1]],
      [[3], [4], [1]],
      [[4], [4], [1]],
    ];
    expect(leaveOneReviewerOut({ ratings, anchors: [five], weights: [1] })).toEqual({
      values: {
        values: [0.75, expect.closeTo(7 / 12, 12), 0],
        ranking: [0, 1, 2],
        winnerWithout: [1, 0, 0],
        kendallTau: [expect.closeTo(1 / 3, 12), 1, 1],
        maxValueShift: [expect.closeTo(1 / 6, 12), 0.125, expect.closeTo(1 / 12, 12)],
        influentialReviewers: [0],
      },
      reasons: {},
    });
  });

  test("criteria are weighed, and a reviewer without scores changes nothing", () => {
    const ratings = [
      [
        [5, 1],
        [3, 3],
      ],
      [
        [null, null],
        [null, null],
      ],
    ];
    const { values } = leaveOneReviewerOut({ ratings, anchors: [five, five], weights: [0.75, 0.25] });
    expect(values).toMatchObject({ values: [0.75, 0.5], ranking: [0, 1] });
    expect(values.winnerWithout).toEqual([null, 0]);
    expect(values.maxValueShift).toEqual([null, 0]);
    expect(values.influentialReviewers).toEqual([]);
  });

  test("a policy with an empty cell has no value and no rank; one that loses its only score drops out", () => {
    const ratings = [
      [[5], [4], [null]],
      [[null], [3], [null]],
    ];
    expect(leaveOneReviewerOut({ ratings, anchors: [five], weights: [1] })).toEqual({
      values: {
        values: [1, 0.625, null],
        ranking: [0, 1],
        winnerWithout: [1, 0],
        kendallTau: [null, 1],
        maxValueShift: [0.125, 0.125],
        influentialReviewers: [0],
      },
      reasons: { "values[2]": "no-scores", "kendallTau[0]": "too-few-items" },
    });
  });

  test("where all policies are level there is no order to compare", () => {
    const { values, reasons } = leaveOneReviewerOut({
      ratings: [
        [[2], [2]],
        [[2], [2]],
      ],
      anchors: [five],
      weights: [1],
    });
    expect(values).toMatchObject({
      ranking: [0, 1],
      winnerWithout: [0, 0],
      kendallTau: [null, null],
      influentialReviewers: [],
    });
    expect(reasons).toEqual({ "kendallTau[0]": "no-variance", "kendallTau[1]": "no-variance" });
  });

  test("one reviewer cannot be left out, but the values stand", () => {
    expect(leaveOneReviewerOut({ ratings: [[[2], [4]]], anchors: [five], weights: [1] })).toEqual({
      values: {
        values: [0.25, 0.75],
        ranking: [1, 0],
        winnerWithout: null,
        kendallTau: null,
        maxValueShift: null,
        influentialReviewers: null,
      },
      reasons: {
        winnerWithout: "too-few-raters",
        kendallTau: "too-few-raters",
        maxValueShift: "too-few-raters",
        influentialReviewers: "too-few-raters",
      },
    });
  });

  test.each([
    ["no-weight", { ratings: [[[2]], [[3]]], anchors: [five], weights: [0] }],
    ["no-scores", { ratings: [[[null]], [[null]]], anchors: [five], weights: [1] }],
    ["no-scores", { ratings: [], anchors: [five], weights: [1] }],
  ])("nothing can be said: %s", (reason, panel) => {
    const { values, reasons } = leaveOneReviewerOut(panel);
    expect(new Set(Object.values(values))).toEqual(new Set([null]));
    expect(Object.keys(reasons)).toEqual(Object.keys(values));
    expect(new Set(Object.values(reasons))).toEqual(new Set([reason]));
  });

  const score = fc.option(fc.integer({ min: 1, max: 5 }), { freq: 5 });
  const panels = fc
    .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }))
    .chain(([reviewers, policies, criteria]) => {
      const list = <Entry>(entry: fc.Arbitrary<Entry>, length: number) =>
        fc.array(entry, { minLength: length, maxLength: length });
      return fc.record({
        ratings: list(list(list(score, criteria), policies), reviewers),
        weights: fc.constant(new Array(criteria).fill(1 / criteria)),
        anchors: fc.constant(new Array(criteria).fill(five)),
      });
    });

  property.prop([panels])("the figures without a reviewer are those of the panel without them", (panel) => {
    const { values } = leaveOneReviewerOut(panel);
    for (const [reviewer, winner] of (values.winnerWithout ?? []).entries()) {
      const rest = panel.ratings.filter((_, other) => other !== reviewer);
      const alone = policyValues({ ...panel, means: meansOf(rest) }).values.values;
      expect(winner).toBe(leaderOf(alone));
      const shifts = alone.flatMap((value, policy) => {
        const before = values.values?.[policy] ?? null;
        return value === null || before === null ? [] : [Math.abs(value - before)];
      });
      if (winner !== null) expect(values.maxValueShift?.[reviewer]).toBeCloseTo(Math.max(0, ...shifts), 12);
      expect(values.influentialReviewers?.includes(reviewer)).toBe(winner !== null && winner !== values.ranking?.[0]);
    }
  });

  property.prop([panels])("naming the reviewers in another order names the figures in that order", (panel) => {
    const before = leaveOneReviewerOut(panel).values;
    const after = leaveOneReviewerOut({ ...panel, ratings: [...panel.ratings].reverse() }).values;
    expect(after.values).toEqual(before.values);
    expect(after.ranking).toEqual(before.ranking);
    for (const key of ["winnerWithout", "kendallTau", "maxValueShift"] as const) {
      expect(after[key]).toEqual(before[key] && [...before[key]].reverse());
    }
  });

  property.prop([panels])("every undefined figure has a reason", (panel) => {
    const { values, reasons } = leaveOneReviewerOut(panel);
    const missing = Object.entries(values).flatMap(([key, value]) => {
      if (value === null) return [key];
      return value.flatMap((entry: unknown, index: number) => (entry === null ? [`${key}[${index}]`] : []));
    });
    expect(Object.keys(reasons).sort()).toEqual(missing.sort());
  });
});

function meansOf(ratings: readonly (readonly (readonly (number | null)[])[])[]): (number | null)[][] {
  const [first = []] = ratings;
  return first.map((row, policy) =>
    row.map((_, criterion) => {
      const scores = ratings.flatMap((own) => own[policy]?.[criterion] ?? []);
      return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
    }),
  );
}
