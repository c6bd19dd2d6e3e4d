import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { euclidean, silhouette } from "#rubric/groups/silhouette.ts";

/** How unlike 142 students found twelve countries: below the diagonal, country by country. */
const countries = [
  [],
  [5.58],
  [7, 6.5],
  [7.08, 7, 3.83],
  [4.83, 5.08, 8.17, 5.83],
  [2.17, 5.75, 6.67, 6.92, 4.92],
  [6.42, 5, 5.58, 6, 4.67, 6.42],
  [3.42, 5.5, 6.42, 6.42, 5, 3.92, 6.17],
  [2.5, 4.92, 6.25, 7.33, 4.5, 2.25, 6.33, 2.75],
  [6.08, 6.67, 4.25, 2.67, 6, 6.17, 6.17, 6.92, 6.17],
  [5.25, 6.83, 4.5, 3.75, 5.75, 5.42, 6.08, 5.83, 6.67, 3.67],
  [4.75, 3, 6.08, 6.67, 5, 5.58, 4.83, 6.17, 5.67, 6.5, 6.92],
];
const names = ["BEL", "BRA", "CHI", "CUB", "EGY", "FRA", "IND", "ISR", "USA", "USS", "YUG", "ZAI"];

function distancesOf(below: readonly (readonly number[])[]) {
  const rows = below.map((row, one) => below.map((_, other) => row[other] ?? below[other]?.[one] ?? 0));
  return { size: below.length, matrix: Float64Array.from(rows.flat()) };
}

/** Each country's group: the place of the list it stands in, else one after the last. */
function labelsOf(...groups: readonly (readonly string[])[]) {
  return names.map((name) => {
    const found = groups.findIndex((group) => group.includes(name));
    return found === -1 ? groups.length + 1 : found + 1;
  });
}

describe("silhouettes", () => {
  test("the examples in their documentation", () => {
    expect(silhouette(euclidean([[0], [1], [5]]), [1, 1, 2]).values.widths).toEqual([0.8, 0.75, 0]);
    expect([
      ...euclidean([
        [0, 0],
        [3, 4],
      ]).matrix,
    ]).toEqual([0, 5, 5, 0]);
  });

  test("twelve countries in three groups: .33 (Rousseeuw 1987; Kaufman and Rousseeuw 1990)", () => {
    const labels = labelsOf(["CHI", "CUB", "USS", "YUG"], ["BRA", "IND", "ZAI"]);
    const { averageWidth, widths } = silhouette(distancesOf(countries), labels).values;
    expect(averageWidth?.toFixed(2)).toBe("0.33");
    const printed = { USA: "0.47", FRA: "0.44", BEL: "0.42", ISR: "0.37", EGY: "0.02", CUB: "0.48", USS: "0.44" };
    for (const [name, width] of Object.entries(printed)) expect(widths?.[names.indexOf(name)]?.toFixed(2)).toBe(width);
  });

  test("the same in two groups: .28", () => {
    const labels = labelsOf(["CHI", "CUB", "IND", "USS", "YUG"]);
    expect(silhouette(distancesOf(countries), labels).values.averageWidth?.toFixed(2)).toBe("0.28");
  });

  test("one alone in a group has the width nought, and groups are told by rising label", () => {
    expect(silhouette(euclidean([[0], [4], [4], [9]]), [7, 2, 2, 4])).toEqual({
      values: { averageWidth: 0.5, perCluster: [1, 0, 0], widths: [0, 1, 1, 0] },
      reasons: {},
    });
  });

  test("where all are at one place there is nothing to tell", () => {
    expect(silhouette(euclidean([[1], [1], [1], [1]]), [1, 1, 2, 2]).values.widths).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ["one-group", [[0], [1]], [3, 3]],
    ["no-scores", [], []],
  ])("is undefined: %s", (reason, points, labels) => {
    expect(silhouette(euclidean(points), labels)).toEqual({
      values: { averageWidth: null, perCluster: null, widths: null },
      reasons: { averageWidth: reason, perCluster: reason, widths: reason },
    });
  });

  const member = fc.tuple(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 1, max: 4 }),
  );

  property.prop([fc.array(member, { minLength: 2, maxLength: 12 })])(
    "widths lie between -1 and 1 and follow the definition; other names for the groups change nothing",
    (members) => {
      const points = members.map(([x, y]) => [x, y]);
      const labels = members.map(([, , label]) => label);
      const distances = euclidean(points);
      const { widths, averageWidth } = silhouette(distances, labels).values;
      if (widths === null || averageWidth === null) return;
      for (const [one, width] of widths.entries()) {
        expect(Math.abs(width)).toBeLessThanOrEqual(1);
        expect(width).toBeCloseTo(widthOf(distances, labels, one), 9);
      }
      expect(averageWidth).toBeCloseTo(widths.reduce((sum, width) => sum + width, 0) / widths.length, 12);
      const renamed = silhouette(
        distances,
        labels.map((label) => 9 - label),
      ).values;
      for (const [one, width] of widths.entries()) expect(renamed.widths?.[one]).toBeCloseTo(width, 12);
    },
  );
});

function widthOf(
  { size, matrix }: { size: number; matrix: Float64Array },
  labels: readonly number[],
  one: number,
): number {
  const to = (label: number) => {
    const others = labels.flatMap((other, at) => (other === label && at !== one ? [matrix[one * size + at] ?? 0] : []));
    return others.reduce((sum, distance) => sum + distance, 0) / others.length;
  };
  const own = labels[one] ?? 0;
  if (labels.filter((label) => label === own).length === 1) return 0;
  const nearest = Math.min(...[...new Set(labels)].filter((label) => label !== own).map(to));
  const within = to(own);
  return Math.max(within, nearest) === 0 ? 0 : (nearest - within) / Math.max(within, nearest);
}
