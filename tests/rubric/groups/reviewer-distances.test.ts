import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { bitSets, countsByByte, sharedCount, sumOfBytes } from "#rubric/groups/bit-sets.ts";
import { levelDifferences } from "#rubric/groups/level-differences.ts";
import { commonItems, plainDifferences, reviewerDistances } from "#rubric/groups/reviewer-distances.ts";
import { ownMeans, reviewerTable } from "#rubric/groups/reviewer-table.ts";

describe("distances between reviewers", () => {
  test("the examples in their documentation", () => {
    const table = reviewerTable([
      [1, 2, 3, 4, 5],
      [2, 2, 3, 4, 4],
    ]);
    expect([...(reviewerDistances(table, { isCentred: false })?.matrix ?? [])]).toEqual([0, 0.4, 0.4, 0]);
    expect(
      reviewerTable([
        [1, null],
        [3, 2],
      ]).levels,
    ).toEqual({ lowest: 1, count: 3 });
    expect(countsByByte(0x0103ff00)).toBe(0x01020800);
    expect(sumOfBytes(0x01020800)).toBe(11);
  });

  test("only items that both scored count", () => {
    const table = reviewerTable([
      [1, 1, 1, 1, 1, 9, null],
      [1, 1, 2, 2, 3, null, 9],
    ]);
    expect(commonItems(table)[1]).toBe(5);
    expect(reviewerDistances(table, { isCentred: false })).toMatchObject({ size: 2, pairsWithTooFewCommon: 0 });
    expect(reviewerDistances(table, { isCentred: false })?.matrix[1]).toBe(0.8);
  });

  test("fewer than five items in common: the mean of all other distances stands in, and is counted", () => {
    const table = reviewerTable([
      [1, 1, 1, 1, 1, null, null],
      [2, 2, 2, 2, 2, 2, 2],
      [null, null, null, 4, 4, 4, 4],
      [5, 5, 5, 5, 5, 5, 5],
    ]);
    const distances = reviewerDistances(table, { isCentred: false });
    // 1 and 4 from the first, 3 between the second and the last; the third shares four items at most.
    const rows = [0, 1, 2, 3].map((row) => [...(distances?.matrix.subarray(row * 4, row * 4 + 4) ?? [])]);
    const mean = 8 / 3;
    expect(rows).toEqual([
      [0, 1, mean, 4],
      [1, 0, mean, 3],
      [mean, mean, 0, mean],
      [4, 3, mean, 0],
    ]);
    expect(distances?.pairsWithTooFewCommon).toBe(3);
  });

  test("whoever has no scores is at no distance of their own, however far the others' means lie from 0", () => {
    const ratings = [
      [-3, -3, -3, -2, -2],
      [null, null, null, null, null],
      [-2, -3, -3, -2, -3],
    ];
    const table = reviewerTable(ratings);
    const common = commonItems(table);
    const means = ownMeans(table);
    const levels = { lowest: -3, count: 2 };
    expect([...levelDifferences(table, { levels, means, common })]).toEqual([...plainDifferences(table, means)]);
    expect(reviewerDistances(table, { isCentred: true })).toMatchObject({ pairsWithTooFewCommon: 2 });
  });

  test("where no two reviewers share five items there are no distances", () => {
    expect(
      reviewerDistances(
        reviewerTable([
          [1, 2, 3, 4],
          [1, 2, 3, 4],
        ]),
        { isCentred: false },
      ),
    ).toBeNull();
    expect(reviewerDistances(reviewerTable([]), { isCentred: true })).toBeNull();
    expect(reviewerDistances(reviewerTable([[null], [null]]), { isCentred: true })).toBeNull();
  });

  test("centred, somebody who scores all a step higher is at no distance", () => {
    const table = reviewerTable([
      [1, 2, 3, 4, 2],
      [2, 3, 4, 5, 3],
    ]);
    expect(reviewerDistances(table, { isCentred: false })?.matrix[1]).toBe(1);
    expect(reviewerDistances(table, { isCentred: true })?.matrix[1]).toBeCloseTo(0, 12);
  });

  test("scores that are not whole, or on more than sixteen levels, are not taken for levels", () => {
    expect(reviewerTable([[1.5, 2]]).levels).toBeNull();
    expect(reviewerTable([[1, 17]]).levels).toBeNull();
    expect(reviewerTable([[1, 16]]).levels).toEqual({ lowest: 1, count: 16 });
    expect(reviewerTable([[null]]).levels).toBeNull();
    const wide = reviewerTable([
      [0, 20, 0, 20, 0.5],
      [20, 0, 20, 0, 0.5],
    ]);
    expect(reviewerDistances(wide, { isCentred: false })?.matrix[1]).toBe(16);
  });

  const tables = fc
    .tuple(
      fc.integer({ min: 2, max: 7 }),
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: -9, max: 3 }),
      fc.integer({ min: 0, max: 15 }),
    )
    .chain(([reviewers, items, lowest, span]) =>
      fc.array(
        fc.array(fc.option(fc.integer({ min: lowest, max: lowest + span }), { freq: 4 }), {
          minLength: items,
          maxLength: items,
        }),
        { minLength: reviewers, maxLength: reviewers },
      ),
    );

  property.prop([tables])("bits agree with plain sums, whatever is taken away from each reviewer", (ratings) => {
    const table = reviewerTable(ratings);
    if (table.levels === null) return;
    const common = commonItems(table);
    for (const means of [ownMeans(table), new Float64Array(ratings.length)]) {
      const plain = plainDifferences(table, means);
      const bits = levelDifferences(table, { levels: table.levels, means, common });
      for (const [place, sum] of plain.entries()) expect(bits[place]).toBeCloseTo(sum, 9);
    }
  });

  property.prop([tables])("they are those between the score tables, item by item", (ratings) => {
    const distances = reviewerDistances(reviewerTable(ratings), { isCentred: false });
    if (distances === null) return;
    const { size, matrix } = distances;
    for (const [one, own] of ratings.entries()) {
      expect(matrix[one * size + one]).toBe(0);
      for (const [other, others] of ratings.entries()) {
        expect(matrix[one * size + other]).toBe(matrix[other * size + one]);
        const both = own.flatMap((score, item) => {
          const second = others[item] ?? null;
          return score === null || second === null ? [] : [Math.abs(score - second)];
        });
        if (one === other || both.length < 5) continue;
        const mean = both.reduce((sum, difference) => sum + difference, 0) / both.length;
        expect(matrix[one * size + other]).toBeCloseTo(mean, 12);
      }
    }
  });

  property.prop([tables, fc.integer({ min: -3, max: 3 })])(
    "centred, they stay the same when one reviewer scores all by so much higher",
    (ratings, shift) => {
      const shifted = ratings.map((row, reviewer) =>
        row.map((score) => (reviewer === 0 && score !== null ? score + shift : score)),
      );
      const before = reviewerDistances(reviewerTable(ratings), { isCentred: true });
      const after = reviewerDistances(reviewerTable(shifted), { isCentred: true });
      for (const [place, distance] of (before?.matrix ?? []).entries()) {
        expect(after?.matrix[place]).toBeCloseTo(distance, 9);
      }
    },
  );

  property.prop([fc.array(fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), { minLength: 2, maxLength: 2 })])(
    "sets share what is in both",
    (members) => {
      const sets = bitSets(Float64Array.from(members.flat(), Number), 2, 40);
      expect(sharedCount(sets, 0, 1)).toBe(members[0]?.filter((isIn, item) => isIn && members[1]?.[item]).length);
    },
  );
});
