import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { krippendorffAlpha } from "#rubric/statistics/krippendorff-alpha.ts";
import { levelsIn, type Ratings, scoreTable } from "#rubric/statistics/score-table.ts";
import { talliesOf, tallyItems } from "#rubric/statistics/tallies.ts";
import { anyRatings, expectClose, expectSound, KRIPPENDORFF_C, levels, mapped, rows, shuffled } from "./panels.ts";

function alphaOf(ratings: Ratings, scale: readonly number[] = levels(1, 5)) {
  return krippendorffAlpha(tallyItems(scoreTable(ratings, scale)));
}

describe("published values", () => {
  test("Krippendorff 2011, data C: nominal .743, ordinal .815, interval .849, ratio .797", () => {
    const { values, reasons } = alphaOf(KRIPPENDORFF_C);
    expect(values.nominal).toBeCloseTo(0.743, 3);
    expect(values.ordinal).toBeCloseTo(0.815, 3);
    expect(values.interval).toBeCloseTo(0.849, 3);
    expect(values.ratio).toBeCloseTo(0.797, 3);
    expect(values).toMatchObject({ pairableValues: 40, units: 11 });
    expect(reasons).toEqual({});
  });

  test("Krippendorff 2011, data A: two observers, ten articles, two categories: .095", () => {
    const { values } = alphaOf(rows("0100000010", "1110010000"), [0, 1]);
    expect(values.nominal).toBeCloseTo(0.095, 3);
    expect(values.pairableValues).toBe(20);
  });
});

describe("by hand", () => {
  test("the example in its documentation: 1 - 5 x 1 / (3 x 3)", () => {
    const tallies = talliesOf(
      [
        [2, 0],
        [1, 1],
        [0, 2],
      ],
      [1, 2],
    );
    expect(krippendorffAlpha(tallies).values.nominal).toBe(1 - 5 / 9);
  });

  test("one deviating score in a unanimous table gives exactly 0 in every metric", () => {
    const { values } = alphaOf(rows("4444", "4444", "4.42", "444."));
    expect(values).toMatchObject({ nominal: 0, ordinal: 0, interval: 0, ratio: 0, pairableValues: 14 });
  });

  test("an item scored once has nothing to be compared with", () => {
    expect(alphaOf(rows("12", "1."))).toEqual(alphaOf(rows("1", "1")));
    expect(alphaOf(rows("13.52", "1.44.", "...5.")).values).toMatchObject({
      pairableValues: 5,
      units: 2,
      nominal: 0.5,
    });
  });
});

describe("undefined", () => {
  test("nothing varies: neither 0 nor 1, but no figure", () => {
    const { values, reasons } = alphaOf(rows("444", "444"));
    expect(values).toEqual({ nominal: null, ordinal: null, interval: null, ratio: null, pairableValues: 6, units: 3 });
    expect(reasons).toMatchObject({ nominal: "no-variance", ratio: "no-variance" });
  });

  test("one reviewer, and no scores at all", () => {
    for (const ratings of [rows("2351"), rows("....", "...."), []]) {
      const { values, reasons } = alphaOf(ratings);
      expect(values).toMatchObject({ ordinal: null, pairableValues: 0, units: 0 });
      expect(reasons.ordinal).toBe("too-few-raters");
    }
  });

  test("ratio wants a scale that starts at 0 or above, whether or not a lower level was used", () => {
    const { values, reasons } = alphaOf(rows("12", "11"), levels(-1, 3));
    expect(values.ratio).toBeNull();
    expect(reasons).toEqual({ ratio: "scale-not-ratio" });
    expect(alphaOf(rows("01", "00"), [0, 1]).values.ratio).toBe(0);
  });
});

test("scales of more levels than fit in a byte", () => {
  const wide = alphaOf(
    [
      [1, 150, 200],
      [2, 150, 190],
    ],
    levels(1, 200),
  );
  expectClose(
    wide.values,
    alphaOf(
      [
        [1, 150, 200],
        [2, 150, 190],
      ],
      [1, 2, 150, 190, 200],
    ).values,
  );
  expect(
    alphaOf(
      [
        [1, 12],
        [12, 12],
      ],
      levels(1, 12),
    ).values.nominal,
  ).toBe(0);
});

describe("properties", () => {
  property.prop([anyRatings])("sound", (ratings) => expectSound(alphaOf(ratings)));

  property.prop([anyRatings])(
    "the order of reviewers and items, and unused levels, change nothing at all",
    (ratings) => {
      const expected = alphaOf(ratings);
      expect(alphaOf(shuffled(ratings))).toEqual(expected);
      expect(alphaOf(ratings, levels(0, 9))).toEqual(expected);
      expect(alphaOf(ratings, levelsIn(ratings))).toEqual(expected);
    },
  );

  property.prop([anyRatings])(
    "ordinal alpha stays under an increasing relabelling, interval alpha under a linear one",
    (ratings) => {
      const { nominal, ordinal, interval } = alphaOf(ratings).values;
      const squared = alphaOf(
        mapped(ratings, (score) => score * score),
        [1, 4, 9, 16, 25],
      ).values;
      expect([squared.nominal, squared.ordinal]).toEqual([nominal, ordinal]);
      const moved = alphaOf(
        mapped(ratings, (score) => 3 * score - 8),
        [-5, -2, 1, 4, 7],
      ).values;
      expectClose({ interval: moved.interval }, { interval });
    },
  );

  property.prop([anyRatings])("reversing the scale leaves all but ratio", (ratings) => {
    const { nominal, ordinal, interval } = alphaOf(ratings).values;
    const reversed = alphaOf(mapped(ratings, (score) => 6 - score)).values;
    expectClose(
      { nominal: reversed.nominal, ordinal: reversed.ordinal, interval: reversed.interval },
      { nominal, ordinal, interval },
    );
  });

  property.prop([anyRatings])("equals the mean over pairs of scores, in and across items", (ratings) => {
    const { values } = alphaOf(ratings);
    const columns = (ratings[0] ?? []).map((_, item) =>
      ratings.map((row) => row[item]!).filter((score) => score !== null),
    );
    const usable = columns.filter((column) => column.length > 1);
    const scores = usable.flat();
    const spread = (column: number[]) =>
      column.reduce((sum, left) => sum + column.reduce((so, right) => so + (left - right) ** 2, 0), 0);
    const observed = usable.reduce((sum, column) => sum + spread(column) / (column.length - 1), 0) / scores.length;
    const expected = spread(scores) / (scores.length * (scores.length - 1));
    if (values.interval === null) expect(scores.length === 0 || expected === 0).toBe(true);
    else expect(values.interval).toBeCloseTo(1 - observed / expected, 9);
  });
});
