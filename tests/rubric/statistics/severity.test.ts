import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { additiveFit } from "#rubric/statistics/additive-fit.ts";
import { layoutOf, transposed } from "#rubric/statistics/layout.ts";
import type { Ratings } from "#rubric/statistics/score-table.ts";
import { additiveSeverity } from "#rubric/statistics/severity-additive.ts";
import { mixedSeverity } from "#rubric/statistics/severity-mixed.ts";
import { sweptSeverity } from "#rubric/statistics/severity-sweeps.ts";
import { anyRatings, expectSound, mapped, rows, SHROUT_FLEISS, shuffled } from "./panels.ts";

/** Each of four reviewers scored some of six items. */
const PLANNED = rows("93.7.5", "21.12.", ".5362.", "8.28.7");

function expectNear(
  got: readonly (number | null)[] | null,
  wanted: readonly (number | null)[] | null,
  digits = 9,
): void {
  expect(got?.length).toBe(wanted?.length);
  for (const [index, value] of (wanted ?? []).entries()) {
    if (value === null) expect(got?.[index]).toBeNull();
    else expect(got?.[index]).toBeCloseTo(value, digits);
  }
}

describe("additive", () => {
  test("scores that are item plus severity give both back", () => {
    const [items, severities] = [
      [2, 4, 5, 9],
      [-1, 0, 1],
    ];
    const holes = new Set(["0,3", "1,0", "2,1"]);
    const ratings = severities.map((severity, reviewer) =>
      items.map((item, place) => (holes.has(`${reviewer},${place}`) ? null : item + severity)),
    );
    const { values, reasons } = additiveSeverity(ratings);
    expectNear(values.adjusted, items);
    expectNear(values.severity, severities);
    expect(values).toMatchObject({ rss: 0, df: 3, sigma2: 0, components: 1, rawMean: [2, 3.5, 5, 9.5] });
    expect(reasons).toEqual({});
  });

  test("on a complete table the adjusted means are the raw ones: Shrout and Fleiss 1979, residual square 1.02", () => {
    const { values } = additiveSeverity(SHROUT_FLEISS);
    expectNear(values.adjusted, values.rawMean);
    expect(values.sigma2).toBeCloseTo(1.02, 2);
    expect(values.df).toBe(15);
  });

  test("no reviewer's or item's residuals are left to explain, whichever side is longer", () => {
    for (const ratings of [PLANNED, transposed(PLANNED)]) {
      const { values } = additiveSeverity(ratings);
      const residual = (reviewer: number, item: number) => {
        const score = ratings[reviewer]![item] ?? null;
        return score === null ? 0 : score - values.adjusted![item]! - values.severity![reviewer]!;
      };
      for (const [reviewer, row] of ratings.entries()) {
        expect(row.reduce<number>((sum, _, item) => sum + residual(reviewer, item), 0)).toBeCloseTo(0, 9);
      }
      for (const item of ratings[0]!.keys()) {
        expect(ratings.reduce((sum, _, reviewer) => sum + residual(reviewer, item), 0)).toBeCloseTo(0, 9);
      }
      expect(values.severity!.reduce<number>((sum, severity) => sum + severity!, 0)).toBeCloseTo(0, 9);
    }
  });

  test("separate parts cannot be compared, but their noise can be pooled", () => {
    const { values, reasons } = additiveSeverity(rows("13..", "24..", "..52", "..42"));
    expect(values).toMatchObject({ adjusted: null, severity: null, components: 2, df: 2 });
    expect(values.rss).toBeCloseTo(0.25, 12);
    expect(reasons).toEqual({ adjusted: "disconnected", severity: "disconnected" });
  });

  test("who has no scores is a part alone, and has no figure", () => {
    const { values, reasons } = additiveSeverity(rows("246.", "35..", "...."));
    expectNear(values.severity, [-0.5, 0.5, null]);
    expectNear(values.adjusted, [2.5, 4.5, 6.5, null]);
    expect(values.components).toBe(3);
    expect(reasons).toEqual({
      "severity[2]": "no-scores",
      "adjusted[3]": "no-scores",
      "rawMean[3]": "no-scores",
    });
  });

  test("as many parameters as scores, and no scores at all", () => {
    expect(additiveSeverity(rows("12", "3."))).toMatchObject({
      values: { rss: 0, df: 0, sigma2: null },
      reasons: { sigma2: "no-residual" },
    });
    expect(additiveSeverity(rows("..")).reasons).toEqual({
      "adjusted[0]": "no-scores",
      "adjusted[1]": "no-scores",
      "severity[0]": "no-scores",
      "rawMean[0]": "no-scores",
      "rawMean[1]": "no-scores",
      rss: "no-scores",
      df: "no-scores",
      sigma2: "no-scores",
    });
    expect(additiveSeverity([]).values).toMatchObject({ adjusted: [], severity: [], components: 0 });
  });
});

describe("mixed", () => {
  test("complete: raw means, severities drawn in by n / (n + lambda); Shrout and Fleiss 1979", () => {
    const { values, reasons } = mixedSeverity(SHROUT_FLEISS);
    const { values: fixed } = additiveSeverity(SHROUT_FLEISS);
    // Mean squares 32.486 between judges, 1.0194 residual.
    expect(values.varResidual).toBeCloseTo(1.0194, 3);
    expect(values.varReviewer).toBeCloseTo((32.486 - 1.0194) / 6, 3);
    const lambda = values.varResidual! / values.varReviewer!;
    expectNear(values.adjusted, fixed.rawMean);
    expectNear(
      values.severity,
      fixed.severity!.map((severity) => (severity! * 6) / (6 + lambda)),
    );
    expectNear(
      values.seAdjusted,
      fixed.rawMean.map(() => Math.sqrt((values.varReviewer! + values.varResidual!) / 4)),
    );
    expect(reasons).toEqual({});
  });

  test("the normal equations of items and severities hold", () => {
    const { values } = mixedSeverity(PLANNED);
    const lambda = values.varResidual! / values.varReviewer!;
    for (const [reviewer, row] of PLANNED.entries()) {
      const rest = row.reduce<number>(
        (sum, score, item) =>
          score === null ? sum : sum + score - values.adjusted![item]! - values.severity![reviewer]!,
        0,
      );
      expect(rest).toBeCloseTo(lambda * values.severity![reviewer]!, 9);
    }
    expect(values.seAdjusted!.every((error) => error! > 0)).toBe(true);
  });

  test("where reviewers differ by no more than noise, severities are 0 and nothing is adjusted", () => {
    const { values } = mixedSeverity(rows("15243", "152.3", "1.243", "25143"));
    expect(values).toMatchObject({ severity: [0, 0, 0, 0], varReviewer: 0 });
    expectNear(values.adjusted, values.rawMean);
    expect(values.seAdjusted![0]).toBeCloseTo(Math.sqrt(values.varResidual! / 4), 12);
    expect(values.seAdjusted![1]).toBeCloseTo(Math.sqrt(values.varResidual! / 3), 12);
  });

  test("without noise the severities are those of least squares, part by part", () => {
    const { values } = mixedSeverity(rows("12.", "23.", "34.", "..5"));
    expectNear(values.severity, [-1, 0, 1, 0]);
    expectNear(values.adjusted, [2, 3, 5]);
    expect(values.varResidual).toBe(0);
    // Squared severities 1 + 0 + 1 + 0 on 4 - 2 degrees of freedom.
    expect(values.varReviewer).toBeCloseTo(1, 12);
    expectNear(values.seAdjusted, [Math.sqrt(1 / 3), Math.sqrt(1 / 3), 1]);
  });

  test("a table without any difference within items", () => {
    const { values, reasons } = mixedSeverity(rows("12", "12"));
    expect(values).toMatchObject({
      adjusted: [1, 2],
      severity: [0, 0],
      seAdjusted: [0, 0],
      varReviewer: 0,
      varResidual: 0,
    });
    expect(reasons).toEqual({});
  });

  test("separate parts are tied together by the assumption alone", () => {
    const { values } = mixedSeverity(rows("14..", "25..", "35..", "..41", "..52"));
    expect(values.components).toBe(2);
    expect(values.adjusted!.every((item) => item !== null)).toBe(true);
  });

  test("one score an item, and no scores", () => {
    const { values, reasons } = mixedSeverity(rows("1.", ".2"));
    expect(values).toMatchObject({ adjusted: null, severity: null, varResidual: null, rawMean: [1, 2], components: 2 });
    expect(reasons.adjusted).toBe("no-residual");
    // Two reviewers' difference may be severity or noise.
    expect(mixedSeverity(rows("1.", "3.", ".2")).reasons.varReviewer).toBe("no-residual");
    expect(mixedSeverity(rows("..")).reasons).toMatchObject({ adjusted: "no-scores", "rawMean[1]": "no-scores" });
    expect(mixedSeverity([]).values).toMatchObject({ adjusted: null, rawMean: [], components: 0 });
    expect(mixedSeverity(rows("12", "34", "..")).reasons).toEqual({ "severity[2]": "no-scores" });
  });

  test("a search that gives up leaves the raw means", () => {
    const { values, reasons } = mixedSeverity(PLANNED, 3);
    const why = "not-converged";
    expect(reasons).toEqual({ adjusted: why, seAdjusted: why, severity: why, varReviewer: why, varResidual: why });
    expect(values).toMatchObject({ adjusted: null, components: 1, rawMean: mixedSeverity(PLANNED).values.rawMean });
    expect(mixedSeverity(PLANNED).reasons).toEqual({});
  });

  test("more than 300 reviewers: Henderson's variances (method 3), the same equations", () => {
    const many = Array.from({ length: 301 }, (_, reviewer) =>
      [0, 1, 2].map((item) => ((reviewer + item) % 4 === 0 ? null : 3 + (reviewer % 3) + ((reviewer * item) % 2))),
    );
    const { values } = mixedSeverity(many);
    expect(values.varReviewer).toBeGreaterThan(0);
    const lambda = values.varResidual! / values.varReviewer!;
    const layout = layoutOf(many);
    const swept = sweptSeverity(layout, lambda, new Float64Array(layout.members));
    expectNear(values.adjusted, [...swept.items], 7);
    // Every item with as many levels as reviewers differ by, in the other direction: no severity is left.
    const crossing = Array.from({ length: 302 }, (_, reviewer) => (reviewer % 2 === 0 ? [1, 2, 1] : [2, 1, 1]));
    expect(mixedSeverity(crossing).values.varReviewer).toBe(0);
  });
});

describe("sweeps", () => {
  test("settle on the mixed model's answer, and quickly from a near start", () => {
    const { values } = mixedSeverity(PLANNED);
    const layout = layoutOf(PLANNED);
    const lambda = values.varResidual! / values.varReviewer!;
    const first = sweptSeverity(layout, lambda, new Float64Array(layout.members));
    expectNear([...first.items], values.adjusted, 8);
    expectNear([...first.reviewers], values.severity, 8);
    expect(sweptSeverity(layout, lambda, first.reviewers).sweeps).toBe(1);
  });

  test("stop after a thousand where nothing holds the parts", () => {
    const chain = Array.from({ length: 80 }, (_, reviewer) =>
      Array.from({ length: 80 }, (_, item) =>
        item === reviewer || item === reviewer + 1 ? (reviewer % 2) * 4 + (item % 3) : null,
      ),
    );
    const layout = layoutOf(chain);
    expect(sweptSeverity(layout, 1e-6, new Float64Array(layout.members)).sweeps).toBe(1000);
  });
});

describe("properties", () => {
  property.prop([anyRatings])("sound", (ratings) => {
    expectSound(additiveSeverity(ratings));
    expectSound(mixedSeverity(ratings));
  });

  property.prop([anyRatings])(
    "free of order; moving the scale moves the items, not the severities",
    (ratings: Ratings) => {
      const found = additiveSeverity(ratings).values;
      const moved = additiveSeverity(mapped(ratings, (score) => score + 50)).values;
      if (found.adjusted === null) expect(moved.adjusted).toBeNull();
      else
        expectNear(
          moved.adjusted,
          found.adjusted.map((item) => (item === null ? null : item + 50)),
        );
      if (found.severity !== null) expectNear(moved.severity, found.severity);
      expect(additiveFit(shuffled(ratings)).rss).toBeCloseTo(additiveFit(ratings).rss, 9);
    },
  );
});
