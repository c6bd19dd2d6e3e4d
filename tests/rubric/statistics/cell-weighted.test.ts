import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { cellWeighted, type WeightedScore } from "#rubric/statistics/cell-weighted.ts";

function weigh(...pairs: readonly (readonly [score: number, weight: number])[]) {
  return cellWeighted(pairs.map(([score, weight]): WeightedScore => ({ score, weight })));
}

describe("one cell, weighted", () => {
  test("the example in its documentation, and one by hand", () => {
    expect(weigh([2, 1], [4, 3]).values.weightedMean).toBe(3.5);
    expect(weigh([5, 2], [1, 1], [3, 1])).toEqual({
      values: { weightedMean: 3.5, weightedMedian: 4, effectiveN: 16 / 6 },
      reasons: {},
    });
  });

  test("half of the weight within rounding is half of it", () => {
    expect(weigh([1, 0.1], [2, 0.2], [3, 0.3]).values.weightedMedian).toBe(2.5);
  });

  test("a score without weight is no score, not even next to the middle", () => {
    expect(weigh([1, 1], [2, 0], [3, 1]).values.weightedMedian).toBe(2);
    expect(weigh([1, 1], [9, 0]).values).toEqual({ weightedMean: 1, weightedMedian: 1, effectiveN: 1 });
  });

  test("without scores, and without weight", () => {
    const nothing = { weightedMean: null, weightedMedian: null, effectiveN: null };
    const because = (reason: string) => ({ weightedMean: reason, weightedMedian: reason, effectiveN: reason });
    expect(weigh()).toEqual({ values: nothing, reasons: because("no-scores") });
    expect(weigh([1, 0], [2, 0])).toEqual({ values: nothing, reasons: because("no-weight") });
  });

  property.prop([
    fc.array(fc.record({ score: fc.integer({ min: 1, max: 9 }), weight: fc.integer({ min: 0, max: 5 }) }), {
      minLength: 1,
      maxLength: 12,
    }),
  ])("whole weights count a score that many times", (scores) => {
    const repeated = scores.flatMap(({ score, weight }) => new Array<WeightedScore>(weight).fill({ score, weight: 1 }));
    const [weighted, counted] = [cellWeighted(scores).values, cellWeighted(repeated).values];
    expect(weighted.weightedMedian).toBe(counted.weightedMedian);
    if (weighted.weightedMean === null || counted.weightedMean === null) return;
    expect(weighted.weightedMean).toBeCloseTo(counted.weightedMean, 12);
    expect(weighted.effectiveN).toBeGreaterThanOrEqual(1 - 1e-12);
    expect(weighted.effectiveN).toBeLessThanOrEqual(scores.length + 1e-12);
  });
});
