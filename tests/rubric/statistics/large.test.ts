import { test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { crossedSums } from "#rubric/statistics/crossed-sums.ts";
import { gwetAc } from "#rubric/statistics/gwet-ac.ts";
import { icc } from "#rubric/statistics/icc.ts";
import { onewayIcc } from "#rubric/statistics/icc-oneway-unbalanced.ts";
import { kendallW } from "#rubric/statistics/kendall-w.ts";
import { krippendorffAlpha } from "#rubric/statistics/krippendorff-alpha.ts";
import { large } from "#rubric/statistics/large.ts";
import { scoreTable } from "#rubric/statistics/score-table.ts";
import { tallyItems } from "#rubric/statistics/tallies.ts";
import { varianceComponents } from "#rubric/statistics/variance-components.ts";
import { anyRatings, expectSound, KRIPPENDORFF_C, levels, rows, SHROUT_FLEISS } from "./panels.ts";

test("a complete table: each figure as its own measure has it", () => {
  const ten = levels(1, 10);
  const tallies = tallyItems(scoreTable(SHROUT_FLEISS, ten));
  const { nominal, ordinal, interval, ratio } = krippendorffAlpha(tallies).values;
  const forms = icc(SHROUT_FLEISS).values;
  const { values, reasons } = large(SHROUT_FLEISS, ten);
  expect(values).toMatchObject({
    counts: [2, 4, 1, 2, 2, 5, 2, 3, 2, 1],
    firstRow10: [9, 6, 8, 7, 10, 6],
    alpha_nominal: nominal,
    alpha_ordinal: ordinal,
    alpha_interval: interval,
    alpha_ratio: ratio,
    ...varianceComponents(SHROUT_FLEISS).values,
    ICC1_n0: onewayIcc(crossedSums(SHROUT_FLEISS)).values.ICC1_n0,
    gwetAC2_quadratic: gwetAc(tallies, "quadratic").values.gwetAC,
    kendallW: kendallW(SHROUT_FLEISS).values.W,
    ICC1_1: forms.ICC1_1,
    ICC3_k: forms.ICC3_k,
    ICC2_1_ci: forms.ICC2_1_ci,
  });
  expect(reasons).toEqual({});
});

test("with holes: what wants a complete table is incomplete, and holes in the first row need no reason", () => {
  const { values, reasons } = large(KRIPPENDORFF_C, levels(1, 5));
  expect(values.counts).toEqual([9, 13, 11, 5, 3]);
  expect(values.firstRow10).toEqual([1, 2, 3, 3, 2, 1, 4, 1, 2, null]);
  expect(values).toMatchObject({ ICC2_1: null, ICC2_1_ci: null, kendallW: null });
  expect(Object.values(reasons).every((reason) => reason === "incomplete")).toBe(true);
  expect(Object.keys(reasons)).toHaveLength(9);
});

test("reasons keep their figure's new name", () => {
  const { reasons } = large(rows("33", "33"), levels(-1, 3));
  expect(reasons).toMatchObject({
    alpha_ordinal: "no-variance",
    alpha_ratio: "scale-not-ratio",
    ICC3_1_ci: "no-variance",
  });
  expect(reasons).toMatchObject({ kendallW: "too-few-items", ICC1_n0: "no-variance" });
  expect(large([], [1, 2]).values).toMatchObject({ counts: [0, 0], firstRow10: [] });
});

property.prop([anyRatings])("sound", (ratings) => {
  const { values, reasons } = large(ratings, levels(1, 5));
  expectSound({ values: { ...values, firstRow10: [] }, reasons });
});
