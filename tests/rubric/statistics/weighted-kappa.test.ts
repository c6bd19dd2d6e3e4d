import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { pairTable, weightedKappa } from "#rubric/statistics/weighted-kappa.ts";
import { expectSound } from "./panels.ts";

describe("Feinstein and Cicchetti (1990), J Clin Epidemiol 43:543-549: the same 85 % of agreement", () => {
  test("kappa .70 with balanced margins", () => {
    const { values } = weightedKappa(
      [
        [40, 9],
        [6, 45],
      ],
      [1, 2],
    );
    expect(values.unweighted).toBeCloseTo(0.7, 2);
    // With two levels there is nothing between hit and miss.
    expect(values.linear).toBeCloseTo(values.unweighted!, 12);
    expect(values.quadratic).toBeCloseTo(values.unweighted!, 12);
  });

  test("kappa .32 with skewed ones", () => {
    const { values } = weightedKappa(
      [
        [80, 10],
        [5, 5],
      ],
      [1, 2],
    );
    expect(values.unweighted).toBeCloseTo(0.32, 2);
  });
});

test("by hand: three levels, one pair a step off and one two steps off, of four", () => {
  const table = [
    [1, 1, 0],
    [0, 1, 0],
    [1, 0, 0],
  ];
  const { values } = weightedKappa(table, [1, 2, 3]);
  // po 1/2, pe (2x2 + 1x2 + 1x0) / 16.
  expect(values.unweighted).toBeCloseTo((1 / 2 - 6 / 16) / (1 - 6 / 16), 12);
  // po (2 + .5) / 4; expected misses (2x2 + 1x2 + 1x2) / 16 a step off, 1x2 / 16 two off.
  expect(values.linear).toBeCloseTo((2.5 / 4 - (6 + 8 / 2) / 16) / (1 - (6 + 8 / 2) / 16), 12);
  expect(values.quadratic).toBeCloseTo((2.75 / 4 - (6 + 8 * 0.75) / 16) / (1 - (6 + 8 * 0.75) / 16), 12);
});

test("levels that are not evenly spaced weigh by their distance", () => {
  const table = [
    [1, 1, 0],
    [0, 0, 0],
    [0, 0, 2],
  ];
  // One change in four, a tenth or a half of the scale; half the scale is what strangers differ by.
  expect(weightedKappa(table, [0, 1, 10]).values.linear).toBeCloseTo(1 - 0.025 / 0.5, 12);
  expect(weightedKappa(table, [0, 5, 10]).values.linear).toBeCloseTo(1 - 0.125 / 0.5, 12);
});

test("undefined without pairs, and where all pairs are the same", () => {
  expect(weightedKappa([], []).reasons).toEqual({
    unweighted: "no-scores",
    linear: "no-scores",
    quadratic: "no-scores",
  });
  expect(
    weightedKappa(
      [
        [0, 0],
        [0, 0],
      ],
      [1, 2],
    ).reasons.quadratic,
  ).toBe("no-scores");
  expect(
    weightedKappa(
      [
        [3, 0],
        [0, 0],
      ],
      [1, 2],
    ).reasons,
  ).toEqual({
    unweighted: "no-variance",
    linear: "no-variance",
    quadratic: "no-variance",
  });
});

test("pairs of scores become a table; a missing score leaves its pair out", () => {
  expect(pairTable([1, 2, null, 2, 3], [2, 2, 1, null, 3], [1, 2, 3])).toEqual([
    [0, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  expect(pairTable([1], [7], [1, 2])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(pairTable([7], [1], [1])).toEqual([[0]]);
  expect(pairTable([1, 1], [1], [1])).toEqual([[1]]);
});

property.prop([
  fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 12 }),
])("quadratic: 1 less the mean squared change by that of strangers (Fleiss and Cohen 1973)", (pairs) => {
  const found = weightedKappa(
    pairTable(
      pairs.map(([before]) => before),
      pairs.map(([, after]) => after),
      [1, 2, 3, 4, 5],
    ),
    [1, 2, 3, 4, 5],
  );
  expectSound(found);
  const observed = pairs.reduce((sum, [before, after]) => sum + (before - after) ** 2, 0) / pairs.length;
  const expected =
    pairs.reduce((sum, [before]) => sum + pairs.reduce((so, [, after]) => so + (before - after) ** 2, 0), 0) /
    pairs.length ** 2;
  if (expected === 0) expect(found.values.quadratic).toBeNull();
  else expect(found.values.quadratic).toBeCloseTo(1 - observed / expected, 9);
});
