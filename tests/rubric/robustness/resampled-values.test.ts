import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { resampledValues } from "#rubric/robustness/resampled-values.ts";
import { randomFrom } from "#rubric/statistics/random.ts";

const five = { min: 1, max: 5 };
const seed = "00000001000000020000000300000004";
const chance = (resamples = 400) => ({ resamples, random: randomFrom(seed) });

/** One criterion that counts fully. */
function panelOf(ratings: readonly (readonly (readonly (number | null)[])[])[]) {
  return { ratings, anchors: [five], weights: [1], ownWeights: ratings.map(() => null) };
}

describe("values and ranks over panels drawn from this one", () => {
  test("a panel of one mind does not move", () => {
    expect(
      resampledValues(
        panelOf([
          [[5], [2]],
          [[5], [2]],
          [[5], [2]],
        ]),
        chance(),
      ),
    ).toEqual({
      values: {
        low: [1, 0.25],
        high: [1, 0.25],
        rankProbability: [
          [1, 0],
          [0, 1],
        ],
        undefinedShare: 0,
      },
      reasons: {},
    });
  });

  test("two reviewers: each twice in a quarter of the resamples, both in half", () => {
    const { values } = resampledValues(
      panelOf([
        [[5], [3]],
        [[1], [3]],
      ]),
      chance(20_000),
    );
    expect(values).toMatchObject({ low: [0, 0.5], high: [1, 0.5], undefinedShare: 0 });
    // First with the first reviewer twice, or level where both are there.
    expect(values.rankProbability?.[0]?.[0]).toBeCloseTo(0.75, 1);
    expect(values.rankProbability?.[1]?.[0]).toBeCloseTo(0.75, 1);
  });

  test("weights are drawn with their reviewers", () => {
    const ratings = [[[5, 1]], [[5, 1]]];
    const panel = {
      ratings,
      anchors: [five, five],
      weights: [0.5, 0.5],
      ownWeights: [
        [1, 0],
        [0, 1],
      ],
    };
    expect(resampledValues(panel, chance()).values).toMatchObject({ low: [0], high: [1] });
    const fixed = { ...panel, ownWeights: [null, null] };
    expect(resampledValues(fixed, chance()).values).toMatchObject({ low: [0.5], high: [0.5] });
  });

  test("weights that sum to less count for less, as they do in the mean of all", () => {
    const others = Array.from({ length: 7 }, () => [0, 0.99]);
    const panel = {
      ratings: Array.from({ length: 8 }, () => [[5, 1]]),
      anchors: [five, five],
      weights: [0.01 / 6.94, 6.93 / 6.94],
      ownWeights: [[0.01, 0], ...others],
    };
    const { low, high } = resampledValues(panel, chance(20_000)).values;
    // The first is hardly ever drawn more than three times of eight, and weighs .03 beside 4.95 then.
    expect([low, high]).toEqual([[0], [expect.closeTo(0.03 / 4.98, 12)]]);
  });

  test("resamples in which a cell has no score, or nobody has weights, are left out and counted", () => {
    const missing = resampledValues(
      panelOf([
        [[5], [2]],
        [[null], [4]],
      ]),
      chance(20_000),
    );
    expect(missing.values.undefinedShare).toBeCloseTo(0.25, 1);
    expect(missing.values.low?.[0]).toBe(1);
    const unweighed = { ...panelOf([[[5]], [[3]]]), ownWeights: [[1], null] };
    expect(resampledValues(unweighed, chance(20_000)).values.undefinedShare).toBeCloseTo(0.25, 1);
  });

  test("a policy with a cell that nobody scored has no value", () => {
    expect(
      resampledValues(
        panelOf([
          [[5], [null]],
          [[5], [null]],
        ]),
        chance(),
      ),
    ).toEqual({
      values: { low: [1, null], high: [1, null], rankProbability: [[1], null], undefinedShare: 0 },
      reasons: { "low[1]": "no-scores", "high[1]": "no-scores", "rankProbability[1]": "no-scores" },
    });
  });

  test.each([
    ["too-few-raters", panelOf([[[5]]])],
    ["no-scores", panelOf([[[null]], [[null]]])],
  ])("nothing can be said: %s", (reason, panel) => {
    expect(resampledValues(panel, chance())).toEqual({
      values: { low: null, high: null, rankProbability: null, undefinedShare: null },
      reasons: { low: reason, high: reason, rankProbability: reason, undefinedShare: reason },
    });
  });

  property.prop(
    [
      fc.array(
        fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 1 }), {
          minLength: 3,
          maxLength: 3,
        }),
        {
          minLength: 2,
          maxLength: 6,
        },
      ),
    ],
    { numRuns: 30 },
  )("an interval lies within the scores, ranks sum to 1, and the same seed gives the same", (ratings) => {
    const { values } = resampledValues(panelOf(ratings), chance(200));
    for (const policy of [0, 1, 2]) {
      const scores = ratings.map((own) => ((own[policy]?.[0] ?? Number.NaN) - 1) / 4);
      expect(values.low?.[policy]).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-12);
      expect(values.high?.[policy]).toBeLessThanOrEqual(Math.max(...scores) + 1e-12);
      expect(values.low?.[policy]).toBeLessThanOrEqual(values.high?.[policy] ?? Number.NaN);
      expect(values.rankProbability?.[policy]?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    }
    expect(resampledValues(panelOf(ratings), chance(200)).values).toEqual(values);
  });
});
