import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { panelWeights, rankOrderWeights } from "#rubric/robustness/criteria-weights.ts";

describe("panel weights from points", () => {
  test("the example in its documentation: every reviewer counts alike, however many points are given", () => {
    expect(
      panelWeights([
        [100, 100],
        [30, 10],
      ]).values.panel,
    ).toEqual([0.625, 0.375]);
  });

  test("points left open count as nought, and the spread is the share that would have to move", () => {
    expect(
      panelWeights([
        [1, 1, null],
        [0, 1, 1],
      ]),
    ).toEqual({
      values: {
        normalised: [
          [0.5, 0.5, 0],
          [0, 0.5, 0.5],
        ],
        panel: [0.25, 0.5, 0.25],
        meanTotalVariation: 0.25,
      },
      reasons: {},
    });
  });

  test("a reviewer whose points sum to nought is left out", () => {
    expect(
      panelWeights([
        [0, null],
        [1, 3],
      ]),
    ).toEqual({
      values: { normalised: [null, [0.25, 0.75]], panel: [0.25, 0.75], meanTotalVariation: 0 },
      reasons: { "normalised[0]": "no-points" },
    });
  });

  test.each([[[[0, 0]]], [[]], [[[]]]])("without any points there are no weights: %j", (points) => {
    expect(panelWeights(points)).toEqual({
      values: { normalised: null, panel: null, meanTotalVariation: null },
      reasons: { normalised: "no-points", panel: "no-points", meanTotalVariation: "no-points" },
    });
  });

  const points = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 100 })), { minLength: 4, maxLength: 4 }), {
    minLength: 1,
    maxLength: 9,
  });

  property.prop([points, fc.integer({ min: 1, max: 50 })])(
    "weights sum to 1, and neither the order of reviewers nor the size of their points matters",
    (given, factor) => {
      const { panel, meanTotalVariation } = panelWeights(given).values;
      if (panel === null || meanTotalVariation === null) return;
      expect(panel.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(meanTotalVariation).toBeGreaterThanOrEqual(0);
      expect(meanTotalVariation).toBeLessThanOrEqual(1);
      const scaled = given.map((row, index) => row.map((point) => point && point * (index === 0 ? factor : 1)));
      for (const other of [panelWeights([...given].reverse()), panelWeights(scaled)]) {
        for (const [criterion, weight] of panel.entries())
          expect(other.values.panel?.[criterion]).toBeCloseTo(weight, 12);
        expect(other.values.meanTotalVariation).toBeCloseTo(meanTotalVariation, 12);
      }
    },
  );
});

describe("rank-order centroid weights", () => {
  test("the example in their documentation", () => {
    expect(rankOrderWeights([2, 1])).toEqual([0.25, 0.75]);
  });

  test("four ranks: .5208 .2708 .1458 .0625 (Barron and Barrett 1996)", () => {
    expect(rankOrderWeights([1, 2, 3, 4]).map((weight) => weight.toFixed(4))).toEqual([
      "0.5208",
      "0.2708",
      "0.1458",
      "0.0625",
    ]);
    expect(rankOrderWeights([4, 1, 3, 2]).map((weight) => weight.toFixed(4))).toEqual([
      "0.0625",
      "0.5208",
      "0.1458",
      "0.2708",
    ]);
  });

  test("criteria of one rank share what their places are worth", () => {
    expect(rankOrderWeights([1, 1])).toEqual([0.5, 0.5]);
    const [first = 0, second = 0, third = 0] = rankOrderWeights([1, 2, 2]);
    expect(first).toBeCloseTo(11 / 18, 12);
    expect(second).toBeCloseTo(7 / 36, 12);
    expect(third).toBe(second);
    expect(rankOrderWeights([])).toEqual([]);
  });

  property.prop([fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 })])(
    "sum to 1, and a better rank never weighs less",
    (ranks) => {
      const weights = rankOrderWeights(ranks);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      for (const [one, rank] of ranks.entries()) {
        for (const [other, otherRank] of ranks.entries()) {
          if (rank < otherRank) expect(weights[one]).toBeGreaterThan(weights[other] ?? Number.NaN);
        }
      }
    },
  );
});
