import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { cellSummary } from "#rubric/statistics/cell-summary.ts";
import { momentsOf } from "#rubric/statistics/moments.ts";
import { quantileOfType } from "#rubric/statistics/quantile.ts";

const five = [-2, -1, 0, 1, 2];
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const panel = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 5 });

describe("cell summary", () => {
  test("the example in its documentation", () => {
    expect(cellSummary([1, 1, 1, 2, 1], five).values.median).toBe(0.5);
  });

  test("BMJ Open 2012 (PMC3467596), table 1: 15 scores, median 7", () => {
    expect(cellSummary([0, 0, 0, 1, 1, 1, 5, 5, 2], nine).values).toMatchObject({ n: 15, median: 7, min: 4, max: 9 });
  });

  test("the scores 1, 2, 3, 4, 10 by hand", () => {
    const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(cellSummary([1, 1, 1, 1, 0, 0, 0, 0, 0, 1], levels)).toEqual({
      values: {
        n: 5,
        counts: [1, 1, 1, 1, 0, 0, 0, 0, 0, 1],
        mean: 4,
        median: 3,
        min: 1,
        max: 10,
        sd: Math.sqrt(12.5),
        q1_type2: 2,
        q3_type2: 4,
        iqr_type2: 2,
        q1_type6: 1.5,
        q3_type6: 7,
        iqr_type6: 5.5,
        q1_type7: 2,
        q3_type7: 4,
        iqr_type7: 2,
        trimmedMean20: 3,
        mad: 1,
        meanAbsDevMedian: 2.2,
        adM: 2.4,
      },
      reasons: {},
    });
  });

  test("a single score has no standard deviation, and its spreads are 0", () => {
    const { values, reasons } = cellSummary([0, 0, 0, 1, 0], five);
    expect(values).toMatchObject({ n: 1, mean: 1, sd: null, iqr_type2: 0, iqr_type6: 0, mad: 0, adM: 0 });
    expect(reasons).toEqual({ sd: "too-few-raters" });
  });

  test("without scores only the tally is left, and every other key says why", () => {
    const { values, reasons } = cellSummary([0, 0, 0, 0, 0], five);
    const { n, counts, ...rest } = values;
    expect({ n, counts }).toEqual({ n: 0, counts: [0, 0, 0, 0, 0] });
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(reasons).toEqual(Object.fromEntries(Object.keys(rest).map((key) => [key, "no-scores"])));
    expect(Object.keys(rest)).toHaveLength(18);
  });

  test("without a level there is nothing to sum", () => {
    expect(momentsOf([], [])).toBeNull();
    expect(momentsOf([0, 0], [1, 2])).toBeNull();
    expect(momentsOf([1, 1], [1, 2])).toEqual({ n: 2, sum: 3, mean: 1.5, squares: 0.5 });
  });

  test("equal scores have a spread of exactly 0, on levels that are no whole numbers too", () => {
    expect(cellSummary([0, 3, 0], [0, 0.1, 0.2]).values).toMatchObject({ mean: 0.1, sd: 0, adM: 0, mad: 0 });
  });

  property.prop([panel])("agrees with computing from the sorted scores", (counts) => {
    const scores = counts.flatMap((count, index) => new Array<number>(count).fill(five[index]!));
    const { values } = cellSummary(counts, five);
    const n = scores.length;
    expect(values.n).toBe(n);
    if (n < 2) return;
    const mean = scores.reduce((sum, score) => sum + score, 0) / n;
    const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
    const kept = scores.slice(Math.floor(n / 5), n - Math.floor(n / 5));
    expect(values.mean).toBeCloseTo(mean, 12);
    expect(values.sd).toBeCloseTo(Math.sqrt(squares / (n - 1)), 12);
    expect(values.adM).toBeCloseTo(scores.reduce((sum, score) => sum + Math.abs(score - mean), 0) / n, 12);
    expect(values.trimmedMean20).toBeCloseTo(kept.reduce((sum, score) => sum + score, 0) / kept.length, 12);
    const deviations = scores.map((score) => Math.abs(score - values.median!)).sort((left, right) => left - right);
    expect(values.mad).toBe((deviations[Math.ceil(n / 2) - 1]! + deviations[Math.floor(n / 2)]!) / 2);
  });

  property.prop([panel])("reversing the scale mirrors location and keeps spread", (counts) => {
    const { values } = cellSummary(counts, five);
    const mirrored = cellSummary([...counts].reverse(), five).values;
    if (values.mean === null || values.median === null || values.q1_type2 === null) return;
    expect(mirrored.mean).toBeCloseTo(-values.mean, 12);
    expect(mirrored.median).toBeCloseTo(-values.median, 12);
    expect(mirrored.q3_type2).toBeCloseTo(-values.q1_type2, 12);
    expect(mirrored.iqr_type7).toBeCloseTo(values.iqr_type7!, 12);
    expect([mirrored.sd, mirrored.mad]).toEqual([values.sd, values.mad]);
  });
});

describe("quantiles of types 6 and 7 (Hyndman and Fan 1996)", () => {
  test("the example in the documentation, and type 2 as it is", () => {
    expect(quantileOfType(7)([0, 1, 1, 0, 0], five, 0.25)).toBe(-0.75);
    expect(quantileOfType(2)([0, 1, 1, 0, 0], five, 0.25)).toBe(-1);
    expect(quantileOfType(6)([0, 0, 0, 0, 0], five, 0.25)).toBeNull();
  });

  test("of 1, 2, 3, 4: positions (n + 1) p and (n - 1) p + 1, not beyond the ends", () => {
    const at = (type: 6 | 7, share: number) => quantileOfType(type)([1, 1, 1, 1], [1, 2, 3, 4], share);
    expect([at(6, 0.25), at(6, 0.75), at(6, 0.1), at(6, 0.9)]).toEqual([1.25, 3.75, 1, 4]);
    expect([at(7, 0.25), at(7, 0.75), at(7, 0), at(7, 1)]).toEqual([1.75, 3.25, 1, 4]);
  });
});
