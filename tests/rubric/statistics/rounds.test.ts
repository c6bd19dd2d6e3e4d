import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { roundConvergence } from "#rubric/statistics/round-convergence.ts";
import { roundStability } from "#rubric/statistics/round-stability.ts";
import { expectClose, expectSound, levels, rows } from "./panels.ts";

const nine = levels(1, 9);
const scores = fc.array(fc.constantFrom(null, 1, 2, 3, 7, 9), { minLength: 8, maxLength: 8 });

function stability(first: string, second: string, scale: readonly number[] = nine) {
  const [round1 = [], round2 = []] = rows(first, second);
  return roundStability(round1, round2, scale);
}

describe("one cell, two rounds", () => {
  test("by hand: four of six moved, all towards the median, 4", () => {
    // Round 1: 1 2 3 5 8 9, round 2: 3 3 3 5 6 1.
    const { values, reasons } = stability("123589", "333561");
    expectClose(values, {
      nPaired: 6,
      changed: 4,
      proportionChanged: 4 / 6,
      meanChange: (2 + 1 + 0 + 0 - 2 - 8) / 6,
      meanAbsChange: 13 / 6,
      up: 2,
      down: 2,
      towardRound1Median: 4,
      awayFromRound1Median: 0,
      // Levels 2, 8 and 9 lose a score each, 3 gains two, 6 one.
      histogramChange: 3 / 6,
      medianShift: 3 - 4,
      iqrChange: 2 - 6,
      sdRatio: Math.sqrt(15.5 / 5) / Math.sqrt(184 / 6 - (28 / 6) ** 2) / Math.sqrt(6 / 5),
    });
    expect(reasons).toEqual({});
  });

  test("away from the earlier median, and as far on its other side", () => {
    expect(stability("456", "195").values).toMatchObject({ towardRound1Median: 1, awayFromRound1Median: 2 });
    expect(stability("446", "466").values).toMatchObject({
      changed: 1,
      towardRound1Median: 0,
      awayFromRound1Median: 1,
    });
    expect(stability("3456.", "5456.").values).toMatchObject({ changed: 1, towardRound1Median: 1 });
  });

  test("who scored one round only is in that round's histogram, in no pair", () => {
    const { values } = stability("22.9", "2.55");
    expect(values).toMatchObject({ nPaired: 2, changed: 1, meanChange: -2, down: 1 });
    // Two thirds and one third on 2, then one third on 2 and two thirds on 5.
    expect(values.histogramChange).toBeCloseTo(2 / 3, 12);
    expect(values.medianShift).toBe(3);
  });

  test("the same again", () => {
    const { values } = stability("2455", "2455");
    expect(values).toMatchObject({ changed: 0, proportionChanged: 0, histogramChange: 0, iqrChange: 0, sdRatio: 1 });
  });

  test("undefined without pairs, without scores, or without a spread to compare with", () => {
    const apart = stability("12..", "..34");
    expect(apart.values).toMatchObject({
      nPaired: 0,
      changed: null,
      up: null,
      histogramChange: 1,
      medianShift: 2,
      sdRatio: 1,
    });
    expect(apart.reasons.towardRound1Median).toBe("no-scores");
    const empty = stability("...", "123");
    expect(empty.values).toMatchObject({ nPaired: 0, histogramChange: null, medianShift: null, sdRatio: null });
    expect(empty.reasons).toMatchObject({ iqrChange: "no-scores", sdRatio: "too-few-raters" });
    expect(stability("33", "34").reasons).toEqual({ sdRatio: "no-variance" });
    expect(stability("34", "33").values.sdRatio).toBe(0);
    expect(roundStability([0.1, 0.1, 0.1], [0.1, 0.2, 0.3], [0.1, 0.2, 0.3]).reasons).toEqual({
      sdRatio: "no-variance",
    });
  });

  property.prop([scores, scores])(
    "sound; the histogram's change is a share; reversing the scale reverses directions",
    (one, two) => {
      const found = roundStability(one, two, nine);
      expectSound(found);
      const { histogramChange } = found.values;
      if (histogramChange !== null) expect(histogramChange >= 0 && histogramChange <= 1 + 1e-12).toBe(true);
      const turned = (round: (number | null)[]) => round.map((score) => (score === null ? null : 10 - score));
      const { values } = roundStability(turned(one), turned(two), nine);
      expectClose(
        { up: values.up, shift: values.medianShift, toward: values.towardRound1Median, sd: values.sdRatio },
        {
          up: found.values.down,
          shift: found.values.medianShift === null ? null : 0 - found.values.medianShift,
          toward: found.values.towardRound1Median,
          sd: found.values.sdRatio,
        },
      );
    },
  );
});

describe("several rounds", () => {
  test("by hand: 1 5, then 2 4, then 3 3", () => {
    const { values, reasons } = roundConvergence([
      [1, 5],
      [2, null, 4],
      [3, 3],
    ]);
    expect(values.sd).toEqual([Math.sqrt(8), Math.sqrt(2), 0]);
    expect(values.meanAbsDev).toEqual([2, 1, 0]);
    expect(values.range).toEqual([4, 2, 0]);
    expect(values.sdRatioLastFirst).toBe(0);
    expect(reasons).toEqual({});
  });

  test("a round with fewer than two scores, equal scores first, no rounds", () => {
    expect(
      roundConvergence([
        [1, 5],
        [3, null],
      ]),
    ).toEqual({
      values: { sd: [Math.sqrt(8), null], meanAbsDev: [2, null], range: [4, null], sdRatioLastFirst: null },
      reasons: {
        "sd[1]": "too-few-raters",
        "meanAbsDev[1]": "too-few-raters",
        "range[1]": "too-few-raters",
        sdRatioLastFirst: "too-few-raters",
      },
    });
    expect(
      roundConvergence([
        [0.1, 0.1, 0.1],
        [1, 2],
      ]).reasons,
    ).toEqual({ sdRatioLastFirst: "no-variance" });
    expect(roundConvergence([]).reasons).toEqual({ sdRatioLastFirst: "no-scores" });
    expect(roundConvergence([[], []]).reasons).toMatchObject({ sdRatioLastFirst: "too-few-raters" });
  });

  property.prop([fc.array(scores, { maxLength: 4 })])("sound", (rounds) => expectSound(roundConvergence(rounds)));
});
