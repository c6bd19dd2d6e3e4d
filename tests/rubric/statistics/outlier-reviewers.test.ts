import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { alphasWithout } from "#rubric/statistics/alpha-without.ts";
import { krippendorffAlpha } from "#rubric/statistics/krippendorff-alpha.ts";
import { outlierReviewers } from "#rubric/statistics/outlier-reviewers.ts";
import { scoreTable } from "#rubric/statistics/score-table.ts";
import { additiveSeverity } from "#rubric/statistics/severity-additive.ts";
import { tallyItems } from "#rubric/statistics/tallies.ts";
import { anyRatings, expectSound, levels, rows } from "./panels.ts";

/** Reviewer 3 is two points generous, reviewer 4 runs the other way. */
const PANEL = rows("1234512", "1235423", "2234412", "3456734", "5432154");

describe("a panel with one generous and one contrary reviewer", () => {
  const { values, reasons } = outlierReviewers(PANEL);

  test("the generous one stands out in severity, the contrary one in residuals and correlation", () => {
    expect(reasons).toEqual({});
    expect(values.severity).toEqual(additiveSeverity(PANEL).values.severity);
    expect(Math.max(...values.severityRobustZ!.map(Number))).toBe(values.severityRobustZ![3]);
    expect(values.residualRobustZ![4]).toBeGreaterThan(3);
    expect(values.correlationWithOthers[4]).toBeLessThan(0);
    expect(values.correlationWithOthers.slice(0, 4).every((one) => one! > 0.5)).toBe(true);
    expect(values.alphaDeltaWithout![4]).toBeGreaterThan(0.2);
    expect(values.usedLevels).toEqual([5, 5, 4, 5, 5]);
  });

  test("half of the robust distances are at most 1 / 1.4826", () => {
    const distances = values.severityRobustZ!.map((z) => Math.abs(z!)).sort((left, right) => left - right);
    expect(distances[2]).toBeCloseTo(1 / 1.4826, 9);
  });

  test("by hand: the root mean square of a reviewer's residuals", () => {
    const { adjusted, severity } = additiveSeverity(PANEL).values;
    const residuals = PANEL[0]!.map((score, item) => score! - adjusted![item]! - severity![0]!);
    const square = residuals.reduce((sum, one) => sum + one * one, 0) / 7;
    expect(values.residualRms[0]).toBeCloseTo(Math.sqrt(square), 9);
  });
});

test("correlation by hand: 1 2 3 with means 1 2 4 of the others", () => {
  const { values } = outlierReviewers(rows("123", "124"));
  expect(values.correlationWithOthers[0]).toBeCloseTo(3 / Math.sqrt(2 * (14 / 3)), 12);
});

test("an item that nobody else scored says nothing of how a reviewer follows the others", () => {
  const { correlationWithOthers } = outlierReviewers(rows("1239", "124.")).values;
  expect(correlationWithOthers).toEqual(outlierReviewers(rows("123", "124")).values.correlationWithOthers);
});

describe("undefined, with the reason where it stands", () => {
  test("no scores, too few in common, the same score throughout", () => {
    const { values, reasons } = outlierReviewers(rows("12345", "12354", "3333.", "12...", "....."));
    expect(values.usedLevels).toEqual([5, 5, 1, 2, 0]);
    expect(reasons).toMatchObject({
      "correlationWithOthers[2]": "no-variance",
      "correlationWithOthers[3]": "too-few-common",
      "correlationWithOthers[4]": "no-scores",
      "severity[4]": "no-scores",
      "alphaDeltaWithout[4]": "no-scores",
    });
  });

  test("others who all agree with each other on one score for every item", () => {
    expect(outlierReviewers(rows("123", "333", "333")).reasons["correlationWithOthers[0]"]).toBe("no-variance");
  });

  test("no distance to measure by: most severities are the same", () => {
    const { values, reasons } = outlierReviewers(rows("123", "123", "123", "234"));
    expect(values.severityRobustZ).toEqual([null, null, null, null]);
    expect(values.residualRms.every((one) => one === 0)).toBe(true);
    expect(reasons).toMatchObject({ "severityRobustZ[0]": "no-variance", "residualRobustZ[3]": "no-variance" });
  });

  test("separate parts: severities cannot be compared, residuals can", () => {
    const { values, reasons } = outlierReviewers(rows("13..", "24..", "..52", "..42"));
    expect(values).toMatchObject({ severity: null, severityRobustZ: null });
    expect(values.residualRms[2]).toBeCloseTo(0.25, 12);
    expect(reasons).toMatchObject({ severity: "disconnected", severityRobustZ: "disconnected" });
  });

  test("no alpha at all, and none without one of two reviewers", () => {
    expect(outlierReviewers(rows("33", "33"))).toMatchObject({
      values: { alpha: null, alphaDeltaWithout: null },
      reasons: { alpha: "no-variance", alphaDeltaWithout: "no-variance" },
    });
    expect(outlierReviewers(rows("12", "21")).reasons).toMatchObject({
      "alphaDeltaWithout[0]": "too-few-raters",
      "alphaDeltaWithout[1]": "too-few-raters",
    });
    expect(outlierReviewers([]).values).toMatchObject({ severity: [], residualRms: [], alpha: null, usedLevels: [] });
  });
});

describe("alpha without each reviewer", () => {
  property.prop([anyRatings])("equals leaving the row out, exactly, and the table is left as it was", (ratings) => {
    const table = scoreTable(ratings, levels(1, 5));
    const before = table.codes.slice();
    const { all, without } = alphasWithout(table);
    const alphaOf = (rest: typeof ratings) => {
      const { values, reasons } = krippendorffAlpha(tallyItems(scoreTable(rest, levels(1, 5))));
      return values.ordinal ?? reasons.ordinal;
    };
    expect(all).toBe(alphaOf(ratings));
    expect(without).toEqual(ratings.map((_, gone) => alphaOf(ratings.filter((_, row) => row !== gone))));
    expect(table.codes).toEqual(before);
  });

  property.prop([anyRatings])("sound", (ratings) => expectSound(outlierReviewers(ratings)));
});
