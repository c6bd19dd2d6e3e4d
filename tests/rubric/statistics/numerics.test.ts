import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { add, addCount, at, codeAt, countAt, entryAt } from "#rubric/statistics/arrays.ts";
import { cholesky, logDeterminant, solve, solveLower } from "#rubric/statistics/cholesky.ts";
import { connectedParts } from "#rubric/statistics/connected-parts.ts";
import { crossedSums } from "#rubric/statistics/crossed-sums.ts";
import { measuredFrom, ratio, squares } from "#rubric/statistics/figure.ts";
import { inPlaces, layoutOf, transposed } from "#rubric/statistics/layout.ts";
import { minimise } from "#rubric/statistics/minimise.ts";
import { levelsIn, scoreTable } from "#rubric/statistics/score-table.ts";
import { sortedQuantile } from "#rubric/statistics/sorted-quantile.ts";
import { talliesOf, tallyItems } from "#rubric/statistics/tallies.ts";
import { ratioOf } from "#rubric/statistics/variance-ratio.ts";
import { anyRatings, levels, rows } from "./panels.ts";

test("a place that is not there is refused in every kind of array, and never passes for 0", () => {
  const numbers = Float64Array.of(7, 8);
  const counts = Int32Array.of(7, 8);
  expect([at(numbers, 1), countAt(counts, 1), codeAt(Int8Array.of(7, 8), 1), entryAt(["a", "b"], 1)]).toEqual([
    8,
    8,
    8,
    "b",
  ]);
  for (const place of [2, -1, 0.5]) {
    const refused = new RangeError(`index ${place} of 2`);
    expect(() => at(numbers, place)).toThrow(refused);
    expect(() => countAt(counts, place)).toThrow(refused);
    expect(() => codeAt(counts, place)).toThrow(refused);
    expect(() => entryAt(["a", "b"], place)).toThrow(refused);
    expect(() => add(numbers, place, 1)).toThrow(refused);
    expect(() => addCount(counts, place, 1)).toThrow(refused);
  }
  add(numbers, 0, 3);
  addCount(counts, 0, 3);
  expect([...numbers, ...counts]).toEqual([10, 8, 10, 8]);
});

describe("Cholesky", () => {
  test("the examples in the documentation", () => {
    const factor = cholesky(Float64Array.of(4, 0, 2, 5), 2);
    expect([...factor.lower]).toEqual([2, 0, 1, 2]);
    expect([...solveLower(factor, Float64Array.of(2, 5))]).toEqual([1, 2]);
    expect([...solve(factor, Float64Array.of(6, 8))]).toEqual([0.875, 1.25]);
    expect(logDeterminant(factor)).toBeCloseTo(Math.log(16), 14);
  });

  test("refuses what is not positive definite", () => {
    expect(() => cholesky(Float64Array.of(1, 0, 2, 1), 2)).toThrow("not positive definite");
    expect(() => cholesky(Float64Array.of(Number.NaN), 1)).toThrow(RangeError);
  });

  property.prop([fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 9, maxLength: 9 })])(
    "solves B B' + I",
    (entries) => {
      const matrix = Array.from({ length: 9 }, (_, index) => {
        const [row, column] = [Math.floor(index / 3), index % 3];
        const product = [0, 1, 2].reduce((sum, k) => sum + entries[row * 3 + k]! * entries[column * 3 + k]!, 0);
        return product + Number(row === column);
      });
      const found = solve(cholesky(Float64Array.from(matrix), 3), Float64Array.of(1, 2, 3));
      for (const row of [0, 1, 2]) {
        const back = [0, 1, 2].reduce((sum, column) => sum + matrix[row * 3 + column]! * found[column]!, 0);
        expect(back).toBeCloseTo(row + 1, 9);
      }
    },
  );
});

describe("search for the least value", () => {
  test("of one number and of two, from afar", () => {
    const one = minimise(([x = 0]) => (x - 2) ** 2 + 5, [40], { step: 0.1, mostSteps: 400 });
    expect(one.isConverged).toBe(true);
    expect(one.point[0]).toBeCloseTo(2, 6);
    expect(one.value).toBeCloseTo(5, 12);
    const valley = minimise(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], {
      step: 0.5,
      mostSteps: 400,
    });
    expect(valley.isConverged).toBe(true);
    expect(valley.point[0]).toBeCloseTo(1, 5);
    expect(valley.point[1]).toBeCloseTo(1, 5);
  });

  test("says so where there is none", () => {
    expect(minimise(([x = 0]) => -x * x, [1], { step: 0.5, mostSteps: 400 }).isConverged).toBe(false);
    expect(minimise(([x = 0]) => x * x, [1], { step: 0.5, mostSteps: 3 }).isConverged).toBe(false);
  });

  test("draws all corners in where neither mirroring nor halving helps", () => {
    // A needle at 0 on a slope away from it: from the start, every try is worse.
    const found = minimise(([x = 0, y = 0]) => (x === 0 && y === 0 ? -1 : 10 - Math.abs(x) - Math.abs(y)), [0, 0], {
      step: 1e-3,
      mostSteps: 400,
    });
    expect(found.value).toBe(-1);
  });

  test("roots of variance ratios: either sign, and never without digits", () => {
    expect([ratioOf(-0.5), ratioOf(3), ratioOf(1e9)]).toEqual([0.25, 9, 1e8]);
  });
});

describe("who met whom", () => {
  test("layouts leave out holes and whoever has no scores", () => {
    const layout = layoutOf(rows("...", "5.7", "6.."));
    expect(layout).toMatchObject({
      members: 2,
      groupPlaces: [0, 2],
      memberPlaces: [1, 2],
      scores: 3,
      zero: 5,
      squares: 5,
    });
    expect(layout.groups.map(({ members, scores, sum }) => [[...members], [...scores], sum])).toEqual([
      [[0, 1], [0, 1], 1],
      [[0], [2], 2],
    ]);
    expect(inPlaces([5, 6], [0, 2], 3)).toEqual([5, "no-scores", 6]);
    expect(transposed(rows("12", "3."))).toEqual([
      [1, 3],
      [2, null],
    ]);
    expect(transposed([])).toEqual([]);
  });

  test("parts count from their first group; a late meeting joins them", () => {
    const parts = connectedParts(layoutOf(rows("1...", ".2.3", "..1.", "..44")));
    expect(parts.count).toBe(2);
    expect([...parts.ofGroup]).toEqual([0, 1, 1, 1]);
    expect([...parts.ofMember]).toEqual([0, 1, 1, 1]);
    expect(connectedParts(layoutOf([])).count).toBe(0);
  });

  property.prop([anyRatings])("there are as many parts as rounds of passing the least number on leave", (ratings) => {
    const layout = layoutOf(ratings);
    const marks = Array.from({ length: layout.members }, (_, member) => member);
    for (const _ of marks) {
      for (const { members } of layout.groups) {
        const least = Math.min(...[...members].map((member) => marks[member]!));
        for (const member of members) marks[member] = least;
      }
    }
    expect(connectedParts(layout).count).toBe(new Set(marks).size);
  });
});

describe("figures", () => {
  test("values and reasons, set apart at every depth", () => {
    expect(measuredFrom({ W: "no-variance", n: 3, list: [1, ["no-scores", null]] })).toEqual({
      values: { W: null, n: 3, list: [1, [null, null]] },
      reasons: { W: "no-variance", "list[1][0]": "no-scores" },
    });
  });

  test("a denominator or a sum of squares that is rounding only counts as 0", () => {
    expect(ratio(1, 0.1 + 0.2 - 0.3, 0.6)).toBe("no-variance");
    expect(ratio(1, -4, 4)).toBe(-0.25);
    expect([squares(1e-14, 10), squares(1e-10, 10), squares(0, 0)]).toEqual([0, 1e-10, 0]);
  });

  test("quantiles of type 2 of sorted numbers", () => {
    const five = Float64Array.of(1, 2, 4, 8, 16);
    expect([0, 0.2, 0.5, 0.9, 1].map((share) => sortedQuantile(five, share))).toEqual([1, 1.5, 4, 16, 16]);
  });
});

describe("tables", () => {
  test("codes, levels that occur, and tallies with the missing scores in slot 0", () => {
    const table = scoreTable(
      [
        [-1, null],
        [1, 0],
      ],
      [-1, 0, 1],
    );
    expect([...table.codes]).toEqual([1, 0, 3, 2]);
    expect([...tallyItems(table).slots]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    expect(
      levelsIn([
        [2.5, null],
        [1, 2.5],
      ]),
    ).toEqual([1, 2.5]);
    expect([...scoreTable([[1, 9]], [1, 2]).codes]).toEqual([1, 0]);
  });

  test.each([
    [7, 8],
    [8, 16],
    [15, 16],
    [16, 17],
  ])("%i levels take %i slots an item", (count, stride) => {
    const scale = levels(1, count);
    const tallies = talliesOf([scale.map(() => 2), scale.map((level) => level % 3)], scale);
    expect(tallies.stride).toBe(stride);
    expect(tallies.slots[stride + count]).toBe(count % 3);
    const whole = tallyItems(scoreTable([scale, scale], scale));
    expect(whole.slots.filter((slot) => slot === 2)).toHaveLength(count);
  });

  test("crossed sums take the first score as zero", () => {
    expect(crossedSums(rows(".2", "41"))).toEqual({
      zero: 2,
      scores: 3,
      items: 2,
      reviewers: 2,
      sum: 1,
      squares: 5,
      itemSquares: 4 + 1 / 2,
      itemSizes: 5,
      itemInverses: 1.5,
      reviewerSquares: 1 / 2,
      reviewerSizes: 5,
    });
  });
});
