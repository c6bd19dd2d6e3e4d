import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { krippendorffAlpha } from "#rubric/statistics/krippendorff-alpha.ts";
import { alphaBootstrap, alphaJackknife } from "#rubric/statistics/krippendorff-alpha-ci.ts";
import { type Ratings, scoreTable } from "#rubric/statistics/score-table.ts";
import { tallyItems } from "#rubric/statistics/tallies.ts";
import { anyRatings, expectSound, KRIPPENDORFF_C, levels, rows } from "./panels.ts";

const SEED = "0123456789abcdef0123456789abcdef";

function talliesIn(ratings: Ratings) {
  return tallyItems(scoreTable(ratings, levels(1, 5)));
}

function bootstrap(ratings: Ratings, resamples = 2000, seed = SEED) {
  return alphaBootstrap(talliesIn(ratings), { metric: "ordinal", confidence: 0.95, resamples, seed });
}

describe("jackknife", () => {
  test("the example in its documentation: alphas 0, 1 and 0 about a mean of 1/3", () => {
    // Without 1-1 or 2-2 one score deviates; without 1-2 all items agree.
    const { values, reasons } = alphaJackknife(talliesIn(rows("112", "122")), "nominal", 0.95);
    const se = Math.sqrt((2 / 3) * (1 / 9 + 4 / 9 + 1 / 9));
    expect(values.alpha).toBeCloseTo(4 / 9, 12);
    expect(values.jackknifeSe).toBeCloseTo(se, 12);
    // t with 2 degrees of freedom, 97.5 %: 4.30265 (printed tables 4.303).
    expect(values.jackknifeCiLow).toBeCloseTo(4 / 9 - 4.3026527 * se, 6);
    expect(values.jackknifeCiHigh).toBe(1);
    expect(reasons).toEqual({});
  });

  property.prop([anyRatings])("equals deleting each item from the table", (ratings) => {
    const found = alphaJackknife(talliesIn(ratings), "ordinal", 0.9);
    expectSound(found);
    const usable = (ratings[0] ?? [])
      .map((_, item) => item)
      .filter((item) => {
        return ratings.filter((row) => row[item] !== null).length > 1;
      });
    const alphas = usable.map(
      (gone) =>
        krippendorffAlpha(talliesIn(ratings.map((row) => row.filter((_, item) => item !== gone)))).values.ordinal,
    );
    if (found.values.jackknifeSe === null) {
      expect(usable.length < 2 || alphas.includes(null)).toBe(true);
      return;
    }
    const mean = alphas.reduce<number>((sum, alpha) => sum + alpha!, 0) / alphas.length;
    const squares = alphas.reduce<number>((sum, alpha) => sum + (alpha! - mean) ** 2, 0);
    expect(found.values.jackknifeSe).toBeCloseTo(Math.sqrt(((alphas.length - 1) / alphas.length) * squares), 9);
  });

  test("one item, no pairs, no variation, and none once an item is left out", () => {
    expect(alphaJackknife(talliesIn(rows("1", "2")), "ordinal", 0.95)).toEqual({
      values: { alpha: 0, jackknifeSe: null, jackknifeCiLow: null, jackknifeCiHigh: null },
      reasons: { jackknifeSe: "too-few-items", jackknifeCiLow: "too-few-items", jackknifeCiHigh: "too-few-items" },
    });
    expect(alphaJackknife(talliesIn(rows("12")), "ordinal", 0.95).reasons).toEqual({
      alpha: "too-few-raters",
      jackknifeSe: "too-few-raters",
      jackknifeCiLow: "too-few-raters",
      jackknifeCiHigh: "too-few-raters",
    });
    expect(alphaJackknife(talliesIn(rows("11", "11")), "ordinal", 0.95).reasons.alpha).toBe("no-variance");
    const once = alphaJackknife(talliesIn(rows("112", "112")), "ordinal", 0.95);
    expect(once.values.alpha).toBe(1);
    expect(once.reasons.jackknifeSe).toBe("no-variance");
  });
});

describe("bootstrap", () => {
  test("the same seed gives the same bytes, another seed others", () => {
    expect(bootstrap(KRIPPENDORFF_C)).toEqual(bootstrap(KRIPPENDORFF_C));
    expect(bootstrap(KRIPPENDORFF_C).values).not.toEqual(
      bootstrap(KRIPPENDORFF_C, 2000, SEED.replace("0", "1")).values,
    );
  });

  test("two items, one split: half of the resamples take both, a quarter only the split one", () => {
    // Both: 1 - 3 x 1 / 3 = 0; the split one twice: 1 - 3 x 2 / 4 = -.5; the other twice: nothing varies.
    const { values } = bootstrap(rows("11", "12"), 4000);
    expect(values.undefinedShare).toBeCloseTo(0.25, 1);
    expect(values.bootCiLow).toBe(-0.5);
    expect(values.bootCiHigh).toBe(0);
    // A third of the defined ones lie at -.5: .5 x sqrt(2/9).
    expect(values.bootSd).toBeCloseTo(0.2357, 2);
  });

  test("no figure without pairs, without a second item, or where no resample varies", () => {
    expect(bootstrap(rows("12")).reasons.bootSd).toBe("too-few-raters");
    expect(bootstrap(rows("1", "2")).reasons).toEqual({
      bootCiLow: "too-few-items",
      bootCiHigh: "too-few-items",
      bootSd: "too-few-items",
      undefinedShare: "too-few-items",
    });
    // A single resample that misses the one item that differs.
    const seeds = Array.from({ length: 40 }, (_, index) => SEED.slice(2) + (16 + index).toString(16));
    const missed = seeds
      .map((seed) => bootstrap(rows("112", "112"), 1, seed))
      .find(({ values }) => values.undefinedShare === 1);
    expect(missed?.reasons).toEqual({ bootCiLow: "no-variance", bootCiHigh: "no-variance", bootSd: "no-variance" });
    expect(bootstrap(rows("123", "123"), 1).values).toMatchObject({ bootCiLow: 1, bootCiHigh: 1, bootSd: null });
  });

  property.prop([anyRatings], { numRuns: 50 })("sound, and its ends in order", (ratings) => {
    const found = bootstrap(ratings, 50);
    expectSound(found);
    const { bootCiLow, bootCiHigh } = found.values;
    if (bootCiLow !== null && bootCiHigh !== null) expect(bootCiLow).toBeLessThanOrEqual(bootCiHigh);
  });
});
