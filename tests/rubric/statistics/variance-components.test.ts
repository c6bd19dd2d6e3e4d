import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { crossedSums } from "#rubric/statistics/crossed-sums.ts";
import { henderson, hendersonComponents } from "#rubric/statistics/henderson.ts";
import { icc } from "#rubric/statistics/icc.ts";
import { transposed } from "#rubric/statistics/layout.ts";
import type { Ratings } from "#rubric/statistics/score-table.ts";
import { varianceComponents } from "#rubric/statistics/variance-components.ts";
import { anyRatings, expectClose, expectSound, mapped, rows, SHROUT_FLEISS, shuffled } from "./panels.ts";

/** Four reviewers, six items, holes in two rows: no closed form. */
const WITH_HOLES = rows("93875.", "2141.2", "53.264", "828697");

describe("a complete table: what the mean squares of Shrout and Fleiss (1979) give", () => {
  const { values, reasons } = varianceComponents(SHROUT_FLEISS);
  const { MSB, MSJ, MSE, ICC2_1, ICC2_k, ICC3_1 } = icc(SHROUT_FLEISS).values;

  test("items (11.24 - 1.02) / 4, reviewers (32.49 - 1.02) / 6, residual 1.02", () => {
    expect(values.henderson_varItem).toBeCloseTo((MSB! - MSE!) / 4, 9);
    expect(values.henderson_varReviewer).toBeCloseTo((MSJ! - MSE!) / 6, 9);
    expect(values.henderson_varResidual).toBeCloseTo(MSE!, 9);
    expect(reasons).toEqual({});
  });

  test("the coefficients are those of the intraclass correlations", () => {
    expect(values.henderson_ICC_A1).toBeCloseTo(ICC2_1!, 9);
    expect(values.henderson_ICC_C1).toBeCloseTo(ICC3_1!, 9);
    expect(values.henderson_ICC_Ak).toBeCloseTo(ICC2_k!, 9);
  });

  test("the likeliest variances are the same, the intercept the grand mean", () => {
    expect(values.reml_varItem).toBe(values.henderson_varItem);
    expect(values.reml_varReviewer).toBe(values.henderson_varReviewer);
    expect(values.reml_intercept).toBeCloseTo(SHROUT_FLEISS.flat().reduce((sum, score) => sum + score, 0) / 24, 12);
    expect(values.reml_ICC_A1).toBe(values.henderson_ICC_A1);
  });
});

describe("likelihood, by its definition", () => {
  /** Twice the negative restricted log-likelihood, from the whole covariance matrix of the scores. */
  function devianceOf(ratings: Ratings, variances: { item: number; reviewer: number; residual: number }): number {
    const scores = ratings.flatMap((row, reviewer) =>
      row.flatMap((score, item) => (score === null ? [] : [{ score, reviewer, item }])),
    );
    const matrix = scores.map((left) =>
      scores.map(
        (right) =>
          Number(left.item === right.item) * variances.item +
          Number(left.reviewer === right.reviewer) * variances.reviewer +
          Number(left === right) * variances.residual,
      ),
    );
    const ones = scores.map(() => 1);
    const y = scores.map(({ score }) => score);
    const { solved, logDeterminant } = eliminated(matrix, [ones, y]);
    const dot = (left: number[], right: number[]) => left.reduce((sum, value, index) => sum + value * right[index]!, 0);
    const weight = dot(ones, solved[0]!);
    const mean = dot(ones, solved[1]!) / weight;
    return logDeterminant + Math.log(weight) + dot(y, solved[1]!) - mean * mean * weight;
  }

  /** Gauss's elimination with several right sides. */
  function eliminated(matrix: number[][], rights: number[][]) {
    const rest = matrix.map((row, index) => [...row, ...rights.map((right) => right[index]!)]);
    let logDeterminant = 0;
    for (const [step, row] of rest.entries()) {
      logDeterminant += Math.log(row[step]!);
      for (const [index, other] of rest.entries()) {
        if (index === step) continue;
        const share = other[step]! / row[step]!;
        for (const column of other.keys()) other[column]! -= share * row[column]!;
      }
    }
    const solved = rights.map((_, side) => rest.map((row, index) => row[matrix.length + side]! / row[index]!));
    return { solved, logDeterminant };
  }

  test.each([
    ["with holes", WITH_HOLES],
    ["with more reviewers than items", transposed(WITH_HOLES)],
    ["where reviewers do not differ", rows("15243", "152.3", "1.243", "25143")],
    ["where items do not differ", rows("1121", "333.", ".545", "2232")],
    ["where Henderson's residual is negative", rows("3.3", "112")],
  ])("no variances nearby are likelier, %s", (_, ratings) => {
    const { values, reasons } = varianceComponents(ratings);
    expect(reasons).toEqual({});
    const found = {
      item: values.reml_varItem!,
      reviewer: values.reml_varReviewer!,
      residual: values.reml_varResidual!,
    };
    const least = devianceOf(ratings, found);
    for (const key of ["item", "reviewer", "residual"] as const) {
      for (const factor of [0.9, 0.99, 1.01, 1.1]) {
        expect(devianceOf(ratings, { ...found, [key]: found[key] * factor })).toBeGreaterThanOrEqual(least - 1e-9);
      }
      expect(devianceOf(ratings, { ...found, [key]: found[key] + 0.01 })).toBeGreaterThan(least);
    }
  });

  test("a variance that would be negative is exactly 0", () => {
    const { values } = varianceComponents(rows("15243", "152.3", "1.243", "25143"));
    expect(values.henderson_varReviewer).toBeLessThan(0);
    expect(values.reml_varReviewer).toBe(0);
    expect(values.henderson_ICC_A1).toBe(values.henderson_ICC_C1);
  });
});

describe("undefined", () => {
  test("no scores, one item, one reviewer", () => {
    expect(varianceComponents(rows("..", "..")).reasons.henderson_varItem).toBe("no-scores");
    expect(varianceComponents(rows("1.", "2.")).reasons).toMatchObject({
      henderson_ICC_A1: "too-few-items",
      reml_varItem: "too-few-items",
    });
    expect(varianceComponents(rows("12", "..")).reasons.reml_varItem).toBe("too-few-raters");
  });

  test("nobody scored two items: items and reviewers cannot be told apart", () => {
    expect(varianceComponents(rows("1.", ".2")).reasons).toMatchObject({
      henderson_varItem: "no-residual",
      reml_intercept: "no-residual",
    });
    expect(hendersonComponents(crossedSums(rows("1.", ".2")))).toBeNull();
  });

  test("as many parameters as scores, and no noise at all", () => {
    expect(varianceComponents(rows("12", "3.")).reasons).toMatchObject({ reml_varItem: "no-residual" });
    expect(varianceComponents(rows("1234", "234.", "3456")).reasons).toMatchObject({ reml_varItem: "no-variance" });
  });

  test("a search that gives up, while Henderson stays", () => {
    const { values, reasons } = varianceComponents(WITH_HOLES, 5);
    expect(reasons).toEqual({
      reml_varItem: "not-converged",
      reml_varReviewer: "not-converged",
      reml_varResidual: "not-converged",
      reml_intercept: "not-converged",
      reml_ICC_A1: "not-converged",
      reml_ICC_C1: "not-converged",
    });
    expect(values).toMatchObject({ ...henderson(crossedSums(WITH_HOLES)).values, reml_varItem: null });
    expect(varianceComponents(WITH_HOLES).reasons).toEqual({});
  });

  test("a constant table has no variance anywhere, and so no shares", () => {
    const { values, reasons } = varianceComponents(rows("33.", "333"));
    expect(values).toMatchObject({ henderson_varItem: 0, reml_varItem: 0, reml_varResidual: 0, reml_intercept: 3 });
    expect(reasons).toEqual({
      henderson_ICC_A1: "no-variance",
      henderson_ICC_C1: "no-variance",
      henderson_ICC_Ak: "no-variance",
      reml_ICC_A1: "no-variance",
      reml_ICC_C1: "no-variance",
    });
  });

  test("beyond 300 reviewers and 300 items the search is left out, and Henderson stays", () => {
    const wide = Array.from({ length: 301 }, (_, reviewer) =>
      Array.from({ length: 301 }, (_, item) =>
        (reviewer * 7 + item * 3 + reviewer * item) % 11 === 0 ? null : (reviewer * item) % 5,
      ),
    );
    const { values, reasons } = varianceComponents(wide);
    expect(reasons.reml_varItem).toBe("too-large");
    expect(values.henderson_varResidual).not.toBeNull();
  });
});

describe("properties", () => {
  property.prop([anyRatings])("sound, and free of order", (ratings) => {
    const found = varianceComponents(ratings);
    expectSound(found);
    expectClose(henderson(crossedSums(shuffled(ratings))).values, henderson(crossedSums(ratings)).values);
  });

  property.prop([anyRatings])("free of the scale's zero point, and squared in its unit", (ratings) => {
    const found = henderson(crossedSums(ratings)).values;
    const moved = henderson(crossedSums(mapped(ratings, (score) => 1e6 - 10 * score))).values;
    expectClose({ share: moved.henderson_ICC_A1 }, { share: found.henderson_ICC_A1 });
    if (found.henderson_varItem === null) return;
    expect(moved.henderson_varItem! / 100).toBeCloseTo(found.henderson_varItem, 9);
  });
});
