import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { agreementWeights } from "#rubric/statistics/agreement-weights.ts";
import { gwetAc } from "#rubric/statistics/gwet-ac.ts";
import { type Ratings, scoreTable } from "#rubric/statistics/score-table.ts";
import { talliesOf, tallyItems } from "#rubric/statistics/tallies.ts";
import { anyRatings, expectClose, expectSound, levels, rows, shuffled } from "./panels.ts";

function acOf(ratings: Ratings, scale: readonly number[] = levels(1, 5)) {
  return gwetAc(tallyItems(scoreTable(ratings, scale)), "quadratic");
}

describe("weights (Gwet 2014, chapter 3)", () => {
  test("identity, linear and quadratic by distance on the scale", () => {
    expect([...agreementWeights([1, 2, 5], "identity")]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect([...agreementWeights([1, 2, 5], "linear")]).toEqual([1, 0.75, 0, 0.75, 1, 0.25, 0, 0.25, 1]);
    expect([...agreementWeights([1, 2, 5], "quadratic")]).toEqual([1, 0.9375, 0, 0.9375, 1, 0.4375, 0, 0.4375, 1]);
  });

  test("ordinal by how many pairs of levels lie between, of the 3 there are", () => {
    const [half, third] = [1 - 1 / 3, 1 - 3 / 3];
    expect([...agreementWeights([1, 2, 5], "ordinal")]).toEqual([1, half, third, half, 1, half, third, half, 1]);
  });
});

describe("by hand", () => {
  test("two scores on each of two items: one pair agrees, shares 3/4 and 1/4", () => {
    const { values, reasons } = gwetAc(
      talliesOf(
        [
          [2, 0],
          [1, 1],
        ],
        [1, 2],
      ),
      "identity",
    );
    expectClose(values, {
      pa: 1 / 2,
      peGwet: 3 / 8,
      peFleiss: 5 / 8,
      gwetAC: 1 / 5,
      fleissKappa: -1 / 3,
      brennanPrediger: 0,
    });
    expect(reasons).toEqual({});
  });

  test("an item with one score counts in the shares, not in the agreement", () => {
    const { values } = gwetAc(
      talliesOf(
        [
          [2, 0],
          [0, 1],
        ],
        [1, 2],
      ),
      "identity",
    );
    expectClose(values, { pa: 1, peGwet: 1 / 2, peFleiss: 1 / 2, gwetAC: 1, fleissKappa: 1, brennanPrediger: 1 });
  });

  test("nearly all scores on one level: AC2 stays high where kappa falls below 0", () => {
    const { values } = acOf(rows("5555555551", "5555555515"));
    expect(values.pa).toBe(0.8);
    expect(values.gwetAC).toBeGreaterThan(0.75);
    expect(values.fleissKappa).toBeLessThan(0);
  });

  test("a level nobody used makes agreement by chance less likely", () => {
    const two = gwetAc(tallyItems(scoreTable(rows("112", "122"), [1, 2])), "identity").values;
    const three = gwetAc(tallyItems(scoreTable(rows("112", "122"), [1, 2, 3])), "identity").values;
    expect(two.peGwet).toBeCloseTo(1 / 2, 12);
    expect(three.peGwet).toBeCloseTo(1 / 4, 12);
    expect(three.peFleiss).toBe(two.peFleiss);
  });
});

describe("undefined", () => {
  test("no scores, no pairs, one level, one level used", () => {
    expect(acOf(rows("..")).reasons).toMatchObject({
      pa: "too-few-raters",
      peGwet: "no-scores",
      gwetAC: "too-few-raters",
    });
    const single = acOf(rows("12", ".."));
    expect(single.values).toMatchObject({ pa: null, gwetAC: null });
    expect(single.values.peFleiss).not.toBeNull();
    expect(acOf(rows("1", "1"), [1]).reasons).toMatchObject({ peGwet: "too-few-levels", gwetAC: "too-few-levels" });
    const alike = acOf(rows("33", "33"));
    expect(alike.values).toMatchObject({ pa: 1, peGwet: 0, gwetAC: 1, peFleiss: 1, fleissKappa: null });
    expect(alike.reasons).toEqual({ fleissKappa: "no-variance" });
  });
});

describe("properties", () => {
  property.prop([anyRatings])("sound, and the order of reviewers and items changes nothing", (ratings) => {
    const found = acOf(ratings);
    expectSound(found);
    expectClose(acOf(shuffled(ratings)).values, found.values);
  });

  property.prop([anyRatings])("reversing the scale changes nothing", (ratings) => {
    const reversed = ratings.map((row) => row.map((score) => (score === null ? null : 6 - score)));
    expectClose(acOf(reversed).values, acOf(ratings).values);
  });
});
