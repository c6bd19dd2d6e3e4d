import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { averageLinkage, cutTree } from "#rubric/groups/average-linkage.ts";

/** A matrix from its rows. */
function distances(rows: readonly (readonly number[])[]) {
  return { size: rows.length, matrix: Float64Array.from(rows.flat()) };
}

describe("average linkage", () => {
  test("the example in its documentation", () => {
    expect(averageLinkage({ size: 3, matrix: Float64Array.of(0, 1, 4, 1, 0, 2, 4, 2, 0) })).toEqual([
      { kept: 0, joined: 1, height: 1 },
      { kept: 0, joined: 2, height: 3 },
    ]);
  });

  test("five objects of Kaufman and Rousseeuw 1990, chapter 5: joined at 2, 3, 4.5 and 7.8", () => {
    const merges = averageLinkage(
      distances([
        [0, 2, 6, 10, 9],
        [2, 0, 5, 9, 8],
        [6, 5, 0, 4, 5],
        [10, 9, 4, 0, 3],
        [9, 8, 5, 3, 0],
      ]),
    );
    expect(merges.map(({ height }) => height)).toEqual([2, 3, 4.5, expect.closeTo(47 / 6, 12)]);
    expect(cutTree(merges, 2)).toEqual([1, 1, 2, 2, 2]);
    expect(cutTree(merges, 3)).toEqual([1, 1, 2, 3, 3]);
  });

  test("of equally near pairs the one with the smallest members is joined", () => {
    const square = distances([
      [0, 1, 1, 1],
      [1, 0, 1, 1],
      [1, 1, 0, 1],
      [1, 1, 1, 0],
    ]);
    expect(averageLinkage(square)).toEqual([
      { kept: 0, joined: 1, height: 1 },
      { kept: 0, joined: 2, height: 1 },
      { kept: 0, joined: 3, height: 1 },
    ]);
    const line = distances([
      [0, 3, 9, 9],
      [3, 0, 2, 9],
      [9, 2, 0, 2],
      [9, 9, 2, 0],
    ]);
    expect(averageLinkage(line)[0]).toEqual({ kept: 1, joined: 2, height: 2 });
  });

  test("distances that differ by rounding alone are equally near", () => {
    const merges = averageLinkage(
      distances([
        [0, 0.1 + 0.2, 1, 1],
        [0.1 + 0.2, 0, 1, 1],
        [1, 1, 0, 0.3],
        [1, 1, 0.3, 0],
      ]),
    );
    expect(merges[0]).toEqual({ kept: 0, joined: 1, height: 0.1 + 0.2 });
  });

  test("one member, or none, joins nobody", () => {
    expect(averageLinkage(distances([[0]]))).toEqual([]);
    expect(averageLinkage(distances([]))).toEqual([]);
    expect(cutTree([], 1)).toEqual([1]);
  });

  // Coarse distances tie often, fine ones hardly ever.
  const tables = fc.constantFrom(3, 1000).chain((most) =>
    fc.array(fc.array(fc.integer({ min: 1, max: most }), { minLength: 8, maxLength: 8 }), {
      minLength: 1,
      maxLength: 8,
    }),
  );

  property.prop([tables])("joins what a search through all pairs of groups joins", (table) => {
    const rows = table.map((row, one) =>
      table.map((_, other) =>
        one === other ? 0 : (table[Math.max(one, other)]?.[Math.min(one, other)] ?? row.length),
      ),
    );
    const merges = averageLinkage(distances(rows));
    let groups = rows.map((_, member) => [member]);
    for (const { kept, joined, height } of merges) {
      const pairs = groups.flatMap((one, at) =>
        groups.slice(at + 1).map((other) => ({ one, other, distance: meanBetween(rows, one, other) })),
      );
      const least = Math.min(...pairs.map(({ distance }) => distance));
      const nearest = pairs.find(({ distance }) => distance <= least + 1e-9);
      expect([nearest?.one[0], nearest?.other[0]]).toEqual([kept, joined]);
      expect(height).toBeCloseTo(least, 9);
      groups = groups
        .filter(([first]) => first !== joined)
        .map((group) => (group[0] === kept ? [...group, ...(nearest?.other ?? [])] : group));
      const labels = cutTree(merges, groups.length);
      expect(new Set(labels).size).toBe(groups.length);
      for (const group of groups) expect(new Set(group.map((member) => labels[member])).size).toBe(1);
      expect(labels).toEqual(byFirstAppearance(labels));
    }
    expect(merges).toHaveLength(rows.length - 1);
  });
});

function meanBetween(rows: readonly (readonly number[])[], one: readonly number[], other: readonly number[]): number {
  const all = one.flatMap((left) => other.map((right) => rows[left]?.[right] ?? Number.NaN));
  return all.reduce((sum, distance) => sum + distance, 0) / all.length;
}

function byFirstAppearance(labels: readonly number[]): number[] {
  const seen = [...new Set(labels)];
  return labels.map((label) => seen.indexOf(label) + 1);
}
