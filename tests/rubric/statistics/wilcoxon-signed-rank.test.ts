import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { wilcoxonSignedRank } from "#rubric/statistics/wilcoxon-signed-rank.ts";
import { expectSound } from "./panels.ts";

test("Hollander and Wolfe (1973), page 29: nine patients, V 40, two-sided p .039", () => {
  const { values, reasons } = wilcoxonSignedRank(
    [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29],
    [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3],
  );
  expect(values).toMatchObject({ n: 9, zeros: 0, V: 40, pExact: 20 / 512 });
  // (40 - 22.5 - .5) / sqrt(9 x 10 x 19 / 24).
  expect(values.zNormal).toBeCloseTo(17 / Math.sqrt(71.25), 12);
  expect(values.matchedRankBiserial).toBeCloseTo(80 / 45 - 1, 12);
  expect(reasons).toEqual({});
});

describe("by hand", () => {
  test("three rises: one way of eight, both sides", () => {
    const { values } = wilcoxonSignedRank([1, 2, 3], [2, 4, 6]);
    expect(values).toMatchObject({ n: 3, V: 6, pExact: 0.25, matchedRankBiserial: 1 });
    expect(values.zNormal).toBeCloseTo(2.5 / Math.sqrt(3.5), 12);
  });

  test("ties share ranks: +1 +1 -1 +2 has ranks 2 2 2 4", () => {
    const { values } = wilcoxonSignedRank([1, 1, 2, 1, 5], [2, 2, 1, 3, 5]);
    expect(values).toMatchObject({ n: 4, zeros: 1, V: 8 });
    // 8 or more of 10: nothing, or one of the twos, taken away: 4 ways of 16.
    expect(values.pExact).toBe(0.5);
    expect(values.zNormal).toBeCloseTo(2.5 / Math.sqrt(7.5 - 24 / 48), 12);
  });

  test("as much up as down: no deviate, and both probabilities 1", () => {
    expect(wilcoxonSignedRank([1, 2], [2, 1]).values).toMatchObject({ V: 1.5, pExact: 1, zNormal: 0, pNormal: 1 });
  });

  test("decimal scores that move by the same step are ties", () => {
    const { values } = wilcoxonSignedRank([0.1, 0.2, 0.5], [0.2, 0.3, 0.4]);
    expect(values.V).toBe(4);
    expect(values.matchedRankBiserial).toBeCloseTo(1 / 3, 12);
  });
});

test("nobody changed, nobody scored twice", () => {
  for (const [round1, zeros] of [
    [[4, 2, 5], 3],
    [[null, null, null], 0],
  ] as const) {
    expect(wilcoxonSignedRank(round1, [4, 2, 5])).toEqual({
      values: { n: 0, zeros, V: 0, pExact: 1, zNormal: null, pNormal: 1, matchedRankBiserial: null },
      reasons: { zNormal: "no-change", matchedRankBiserial: "no-change" },
    });
  }
});

test("exact up to 50 changes", () => {
  const before = Array.from({ length: 51 }, () => 1);
  const after = before.map((_, index) => 2 + index);
  expect(wilcoxonSignedRank(before.slice(1), after.slice(1)).values.pExact).toBe(2 / 2 ** 50);
  const { values, reasons } = wilcoxonSignedRank(before, after);
  expect(values.pExact).toBeNull();
  expect(reasons).toEqual({ pExact: "too-large" });
});

const round = fc.array(fc.constantFrom(null, 1, 2, 3, 5, 9), { minLength: 9, maxLength: 9 });

property.prop([round, round])("sound, and equal to signing the ranks in every way", (round1, round2) => {
  const found = wilcoxonSignedRank(round1, round2);
  expectSound(found);
  const changes = round1.flatMap((before, index) => {
    const after = round2[index] ?? null;
    return before === null || after === null || before === after ? [] : [after - before];
  });
  const ranks = changes.map((change) => {
    const below = changes.filter((other) => Math.abs(other) < Math.abs(change)).length;
    const same = changes.filter((other) => Math.abs(other) === Math.abs(change)).length;
    return below + (same + 1) / 2;
  });
  const V = ranks.reduce((sum, rank, index) => sum + (changes[index]! > 0 ? rank : 0), 0);
  expect(found.values.V).toBe(V);
  const sums = Array.from({ length: 2 ** ranks.length }, (_, signs) =>
    ranks.reduce((sum, rank, index) => sum + (Math.floor(signs / 2 ** index) % 2) * rank, 0),
  );
  const tail = Math.min(sums.filter((sum) => sum <= V).length, sums.filter((sum) => sum >= V).length);
  expect(found.values.pExact).toBe(Math.min(1, (2 * tail) / sums.length));
  const back = wilcoxonSignedRank(round2, round1).values;
  expect(back.pExact).toBe(found.values.pExact);
  expect(back.n).toBe(found.values.n);
});
