import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { crossedSums } from "#rubric/statistics/crossed-sums.ts";
import { icc } from "#rubric/statistics/icc.ts";
import { onewayIcc } from "#rubric/statistics/icc-oneway-unbalanced.ts";
import { fUpperTail } from "#rubric/statistics/tails.ts";
import { anyRatings, expectClose, expectSound, mapped, rows, SHROUT_FLEISS, shuffled } from "./panels.ts";

describe("Shrout and Fleiss (1979), six targets and four judges", () => {
  const { values, reasons } = icc(SHROUT_FLEISS);

  test("table 3: mean squares 11.24, 6.26, 32.49, 1.02", () => {
    expect(values).toMatchObject({ n: 6, k: 4 });
    expect(values.MSB).toBeCloseTo(11.24, 2);
    expect(values.MSW).toBeCloseTo(6.26, 2);
    expect(values.MSJ).toBeCloseTo(32.49, 2);
    expect(values.MSE).toBeCloseTo(1.02, 2);
    expect(reasons).toEqual({});
  });

  test("table 4: ICC .17 .29 .71 of one judge, .44 .62 .91 of four", () => {
    expect(values.ICC1_1).toBeCloseTo(0.17, 2);
    expect(values.ICC2_1).toBeCloseTo(0.29, 2);
    expect(values.ICC3_1).toBeCloseTo(0.71, 2);
    expect(values.ICC1_k).toBeCloseTo(0.44, 2);
    expect(values.ICC2_k).toBeCloseTo(0.62, 2);
    expect(values.ICC3_k).toBeCloseTo(0.91, 2);
  });

  test("intervals turn back into F: at each end of forms 1 and 3 the F test is at .025", () => {
    const fOf = (end: number) => (1 + 3 * end) / (1 - end);
    const [low1, high1] = values.ICC1_1_ci!;
    expect(fUpperTail(values.MSB! / values.MSW! / fOf(low1), 5, 18)).toBeCloseTo(0.025, 9);
    expect(fUpperTail(values.MSB! / values.MSW! / fOf(high1), 5, 18)).toBeCloseTo(0.975, 9);
    const [low3, high3] = values.ICC3_1_ci!;
    expect(fUpperTail(values.F_rows! / fOf(low3), 5, 15)).toBeCloseTo(0.025, 9);
    expect(fUpperTail(values.F_rows! / fOf(high3), 5, 15)).toBeCloseTo(0.975, 9);
  });

  test("the intervals of averages step up those of single scores (Spearman and Brown)", () => {
    for (const [one, mean] of [
      [values.ICC1_1_ci!, values.ICC1_k_ci!],
      [values.ICC2_1_ci!, values.ICC2_k_ci!],
      [values.ICC3_1_ci!, values.ICC3_k_ci!],
    ]) {
      for (const end of [0, 1]) expect(mean![end]).toBeCloseTo((4 * one![end]!) / (1 + 3 * one![end]!), 9);
    }
    expect(values.ICC2_1_ci![0] < values.ICC2_1! && values.ICC2_1! < values.ICC2_1_ci![1]).toBe(true);
    expect(values.ICC2_1_df2).toBeCloseTo(4.785, 3);
  });

  test("do targets differ? F 11.03 on 5 and 15 degrees of freedom", () => {
    expect(values.F_rows).toBeCloseTo(11.03, 2);
    expect(values.p_rows! < 0.001).toBe(true);
  });
});

describe("special tables", () => {
  test("a constant offset leaves form 3 perfect, and tests nothing", () => {
    const { values, reasons } = icc(rows("1356", "2467"));
    expect(values).toMatchObject({ ICC3_1: 1, ICC3_k: 1, MSE: 0, F_rows: null, ICC3_1_ci: null, ICC2_1_ci: null });
    expect(values.ICC2_1).toBeCloseTo(59 / 65, 12);
    expect(values.ICC1_1).toBeCloseTo(28 / 31, 12);
    expect(values.ICC1_1_ci).not.toBeNull();
    expect(reasons).toMatchObject({ F_rows: "no-variance", p_rows: "no-variance", ICC2_1_df2: "no-variance" });
  });

  test("nothing varies, also not by rounding", () => {
    const { values, reasons } = icc([
      [0.1, 0.1, 0.1],
      [0.1, 0.1, 0.1],
    ]);
    expect(values).toMatchObject({ MSB: 0, MSW: 0, ICC1_1: null, ICC2_1: null, ICC3_k: null, ICC1_1_ci: null });
    expect(Object.values(reasons).every((reason) => reason === "no-variance")).toBe(true);
  });

  test("items whose means are equal: single scores below 0, no figure for averages", () => {
    const { values, reasons } = icc(rows("12", "21"));
    expect(values).toMatchObject({ MSB: 0, ICC1_1: -1, ICC3_1: -1, ICC1_k: null, ICC3_k: null, ICC2_1: null });
    expect(values.ICC1_1_ci).toEqual([-1, -1]);
    expect(reasons).toMatchObject({ ICC1_k: "no-variance", ICC1_k_ci: "no-variance", ICC2_1: "no-variance" });
  });

  test("an error without any degrees of freedom leaves form 2 without its interval", () => {
    const { values, reasons } = icc(rows("23", "21"));
    expect(values).toMatchObject({ MSB: 0, MSJ: 1, MSE: 1, ICC2_1: -1, ICC2_1_df2: null, ICC2_1_ci: null });
    expect(reasons).toMatchObject({
      ICC2_1_df2: "no-variance",
      ICC2_1_ci: "no-variance",
      ICC2_k_ci: "no-variance",
    });
    // Here rounding leaves a trace of freedom that is not there on paper.
    expect(icc(rows("12", "21", "33")).reasons).toMatchObject({ ICC2_1_df2: "no-variance", ICC2_k_ci: "no-variance" });
  });

  test("items with a hole are left out; too few items or reviewers", () => {
    expect(icc(rows("12953", "23.64"))).toEqual(icc(rows("1253", "2364")));
    expect(icc(rows("1", "2"))).toMatchObject({
      values: { n: 1, k: 2, MSB: null },
      reasons: { ICC1_1: "too-few-items" },
    });
    expect(icc(rows("12"))).toMatchObject({ values: { n: 2, k: 1, F_rows: null }, reasons: { MSE: "too-few-raters" } });
  });

  test("large numbers lose no digits", () => {
    expectClose(icc(mapped(SHROUT_FLEISS, (score) => score + 1e9)).values, icc(SHROUT_FLEISS).values);
  });
});

describe("properties", () => {
  property.prop([anyRatings])("sound, and free of order", (ratings) => {
    const found = icc(ratings);
    expectSound(found);
    const { reasons } = icc(shuffled(ratings));
    expect(reasons).toEqual(found.reasons);
  });

  property.prop([anyRatings])("free of order, of zero point, unit and direction of the scale", (ratings) => {
    const { ICC1_1, ICC2_1, ICC3_1 } = icc(ratings).values;
    for (const other of [shuffled(ratings), mapped(ratings, (score) => 5 - 2 * score)]) {
      const { values } = icc(other);
      expectClose({ a: values.ICC1_1, b: values.ICC2_1, c: values.ICC3_1 }, { a: ICC1_1, b: ICC2_1, c: ICC3_1 });
    }
  });

  property.prop([anyRatings])("on a complete table the one-way figure for unequal numbers is form 1", (ratings) => {
    const complete = ratings.filter((row) => row.every((score) => score !== null));
    const { values } = icc(complete);
    if (values.n < 2 || values.k < 2) return;
    const oneway = onewayIcc(crossedSums(complete)).values;
    expectClose(
      { MSB: oneway.MSB, MSW: oneway.MSW, n0: oneway.n0, one: oneway.ICC1_n0, size: oneway.ICC1_meanSize },
      { MSB: values.MSB, MSW: values.MSW, n0: values.k, one: values.ICC1_1, size: values.ICC1_1 },
    );
    expectClose({ mean: oneway.ICC2_groupMean }, { mean: values.ICC1_k });
  });
});

describe("one way, unequal numbers", () => {
  test("by hand: items 1 3 5 and 2 2", () => {
    const { values, reasons } = onewayIcc(crossedSums(rows("12", "32", "5.")));
    // Means 3 and 2 about 2.6: 3 x .16 + 2 x .36; within 8 on 3 degrees of freedom; n0 = 5 - 13/5.
    expectClose(values, {
      MSB: 1.2,
      MSW: 8 / 3,
      n0: 2.4,
      meanSize: 2.5,
      ICC1_n0: (1.2 - 8 / 3) / (1.2 + (1.4 * 8) / 3),
      ICC1_meanSize: (1.2 - 8 / 3) / (1.2 + (1.5 * 8) / 3),
      ICC2_groupMean: (1.2 - 8 / 3) / 1.2,
    });
    expect(reasons).toEqual({});
  });

  test("undefined for one item, one score each, or no variation", () => {
    expect(onewayIcc(crossedSums(rows("1", "2"))).reasons.ICC1_n0).toBe("too-few-items");
    expect(onewayIcc(crossedSums(rows("12", ".."))).reasons.MSB).toBe("too-few-raters");
    expect(onewayIcc(crossedSums(rows("33", "3."))).reasons).toEqual({
      ICC1_n0: "no-variance",
      ICC1_meanSize: "no-variance",
      ICC2_groupMean: "no-variance",
    });
  });

  property.prop([anyRatings])("sound", (ratings) => expectSound(onewayIcc(crossedSums(ratings))));
});
