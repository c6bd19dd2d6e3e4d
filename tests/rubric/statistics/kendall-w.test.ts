import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { completeTable } from "#rubric/statistics/complete-table.ts";
import { kendallW } from "#rubric/statistics/kendall-w.ts";
import { midranks } from "#rubric/statistics/midranks.ts";
import { anyRatings, expectSound, mapped, rows, shuffled } from "./panels.ts";

test("Kendall, Rank Correlation Methods, chapter 6: three rankings of ten with ties, S 591, W .828", () => {
  const { values, reasons } = kendallW([
    [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
    [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
    [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
  ]);
  expect(values).toMatchObject({ n: 10, m: 3, S: 591, T: 114, df: 9 });
  expect(values.W).toBeCloseTo(0.828, 3);
  expect(values.Wuncorrected).toBeCloseTo((12 * 591) / (9 * 990), 12);
  expect(values.chi2).toBeCloseTo(3 * 9 * values.W!, 12);
  expect(values.meanSpearman).toBeCloseTo((3 * values.W! - 1) / 2, 12);
  // Printed tables: chi-squared with 9 degrees of freedom passes 21.67 at .01 and 23.59 at .005.
  expect(values.p! < 0.01 && values.p! > 0.005).toBe(true);
  expect(reasons).toEqual({});
});

describe("by hand", () => {
  test("one order in three scales: W is 1", () => {
    expect(kendallW(rows("135", "246", "127")).values).toMatchObject({ S: 18, T: 0, W: 1, meanSpearman: 1 });
  });

  test("opposite orders: W is 0, the mean correlation -1", () => {
    expect(kendallW(rows("1234", "4321")).values).toMatchObject({ S: 0, W: 0, p: 1, meanSpearman: -1 });
  });

  test("a reviewer who scores all alike stays in", () => {
    expect(kendallW(rows("1324", "1342", "2222")).values).toMatchObject({
      m: 3,
      S: 12,
      T: 60,
      W: 0.4,
      Wuncorrected: 144 / 540,
    });
  });

  test("items with a hole are left out", () => {
    expect(kendallW(rows("12953", "23.64"))).toEqual(kendallW(rows("1253", "2364")));
  });
});

test("undefined with fewer than three items or two reviewers, or where all score all alike", () => {
  expect(kendallW(rows("12", "12"))).toMatchObject({
    values: { n: 2, m: 2, W: null },
    reasons: { W: "too-few-items" },
  });
  expect(kendallW(rows("123"))).toMatchObject({ values: { n: 3, m: 1, S: null }, reasons: { S: "too-few-raters" } });
  expect(kendallW(rows("444", "111"))).toEqual({
    values: { n: 3, m: 2, S: 0, T: 48, W: null, Wuncorrected: 0, chi2: null, df: 2, p: null, meanSpearman: null },
    reasons: { W: "no-variance", chi2: "no-variance", p: "no-variance", meanSpearman: "no-variance" },
  });
});

test("midranks: ties share, and a slack makes near ones equal", () => {
  expect(midranks([5, 7, 5], 0)).toEqual({ doubled: [3, 6, 3], ties: 6 });
  expect(midranks([0.3, 0.1 + 0.2, 1], 1e-12)).toEqual({ doubled: [3, 3, 6], ties: 6 });
  expect(midranks([0.3, 0.1 + 0.2, 1], 0)).toEqual({ doubled: [2, 4, 6], ties: 0 });
  expect(midranks([], 0)).toEqual({ doubled: [], ties: 0 });
});

test("complete items, one after another", () => {
  expect(completeTable(rows("12.", "345"))).toEqual({ items: 2, reviewers: 2, scores: Float64Array.of(1, 3, 2, 4) });
  expect(completeTable([])).toEqual({ items: 0, reviewers: 0, scores: new Float64Array(0) });
});

describe("properties", () => {
  property.prop([anyRatings])("sound, 0 to 1, and free of order and of increasing relabelling", (ratings) => {
    const found = kendallW(ratings);
    expectSound(found);
    expect(kendallW(shuffled(ratings))).toEqual(found);
    expect(kendallW(mapped(ratings, (score) => score * score * score))).toEqual(found);
    expect(kendallW(mapped(ratings, (score) => -score))).toEqual(found);
    if (found.values.W !== null) expect(found.values.W >= 0 && found.values.W <= 1 + 1e-12).toBe(true);
  });

  property.prop([anyRatings])(
    "the mean of Spearman's correlations, where every reviewer tells items apart",
    (ratings) => {
      const { values } = kendallW(ratings);
      const { items, reviewers, scores } = completeTable(ratings);
      const ranks = Array.from({ length: reviewers }, (_, reviewer) => {
        return midranks(
          Array.from({ length: items }, (_, item) => scores[item * reviewers + reviewer]!),
          0,
        ).doubled;
      });
      if (values.T !== 0 || values.meanSpearman === null) return;
      const rho = (left: readonly number[], right: readonly number[]) =>
        1 - (6 * left.reduce((sum, rank, item) => sum + (rank - right[item]!) ** 2 / 4, 0)) / (items ** 3 - items);
      const all = ranks.flatMap((left, index) => ranks.slice(index + 1).map((right) => rho(left, right)));
      expect(values.meanSpearman).toBeCloseTo(all.reduce((sum, one) => sum + one, 0) / all.length, 9);
    },
  );
});
