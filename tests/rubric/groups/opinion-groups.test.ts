import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { distinctCamps } from "#rubric/groups/distinct-camps.ts";
import { defaultKs, opinionGroups } from "#rubric/groups/opinion-groups.ts";
import { persistentLabels } from "#rubric/groups/persistent-labels.ts";
import { type Random, randomFrom, uniform } from "#rubric/statistics/random.ts";

const seed = "9b74c9897bac770ffc029102a200c5de";

describe("opinion groups", () => {
  test("the example in their documentation", () => {
    const ratings = [
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 2],
      [5, 5, 5, 5, 5],
      [5, 5, 5, 5, 4],
    ];
    expect(opinionGroups(ratings).values.labels2).toEqual([1, 1, 2, 2]);
  });

  test("answers all merges, and labels and silhouette for each number of groups", () => {
    const ratings = [
      [1, 1, 1, 1, 1],
      [5, 5, 5, 5, 5],
      [1, 1, 1, 1, 1],
      [5, 5, 5, 5, 5],
    ];
    expect(opinionGroups(ratings, { ks: [4, 2, 3] })).toEqual({
      values: {
        mergeHeights: [0, 0, 4],
        bestK: 2,
        pairsWithTooFewCommon: 0,
        labels4: [1, 2, 3, 4],
        silhouette4: 0,
        labels2: [1, 2, 1, 2],
        silhouette2: 1,
        labels3: [1, 2, 1, 3],
        silhouette3: 0.5,
      },
      reasons: {},
    });
  });

  test("of silhouettes that are level the fewest groups are best", () => {
    const ratings = [1, 2, 3, 4].map(() => [3, 3, 3, 3, 3]);
    expect(opinionGroups(ratings, { ks: [3, 2] }).values).toMatchObject({ bestK: 2, silhouette2: 0, silhouette3: 0 });
  });

  test("more groups than reviewers there cannot be, and a single one has no silhouette", () => {
    const ratings = [
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 2],
      [5, 5, 5, 5, 5],
      [5, 5, 5, 5, 4],
    ];
    expect(opinionGroups(ratings, { ks: [1, 5] })).toMatchObject({
      values: { bestK: null, labels1: [1, 1, 1, 1], silhouette1: null, labels5: null, silhouette5: null },
      reasons: {
        bestK: "one-group",
        silhouette1: "one-group",
        labels5: "too-few-raters",
        silhouette5: "too-few-raters",
      },
    });
    expect(opinionGroups(ratings, { ks: [5] }).reasons).toEqual({
      bestK: "too-few-raters",
      labels5: "too-few-raters",
      silhouette5: "too-few-raters",
    });
  });

  test("2 to 5 groups are tried, at most half as many as there are reviewers", () => {
    expect(defaultKs(4)).toEqual([2]);
    expect(defaultKs(9)).toEqual([2, 3, 4]);
    expect(defaultKs(40)).toEqual([2, 3, 4, 5]);
  });

  test.each([
    [
      "too-few-raters",
      [
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4, 5],
        [5, 4, 3, 2, 1],
      ],
    ],
    [
      "too-few-common",
      [
        [1, 2],
        [2, 1],
        [1, 1],
        [2, 2],
      ],
    ],
  ])("nothing can be said: %s", (reason, ratings) => {
    expect(opinionGroups(ratings, { ks: [2] })).toEqual({
      values: { mergeHeights: null, bestK: null, pairsWithTooFewCommon: null, labels2: null, silhouette2: null },
      reasons: {
        mergeHeights: reason,
        bestK: reason,
        pairsWithTooFewCommon: reason,
        labels2: reason,
        silhouette2: reason,
      },
    });
  });

  test("severity passes for a camp unless each reviewer's own mean is taken away", () => {
    const alike = [1, 3, 2, 3, 1, 2, 3, 2];
    const other = [3, 1, 2, 1, 3, 2, 1, 2];
    // Two mild and two severe, of two minds each.
    const ratings = [alike, other, alike.map((score) => score + 6), other.map((score) => score + 6)];
    expect(opinionGroups(ratings, { ks: [2] }).values.labels2).toEqual([1, 1, 2, 2]);
    expect(opinionGroups(ratings, { ks: [2], isCentred: true }).values.labels2).toEqual([1, 2, 1, 2]);
  });

  const panels = fc.tuple(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 6, max: 12 })).chain(([reviewers, items]) =>
    fc.array(fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: items, maxLength: items }), {
      minLength: reviewers,
      maxLength: reviewers,
    }),
  );

  property.prop([panels, fc.boolean()])(
    "naming reviewers or items in another order changes no group",
    (ratings, isCentred) => {
      const before = opinionGroups(ratings, { ks: [2, 3], isCentred }).values;
      const turned = opinionGroups([...ratings].reverse(), { ks: [2, 3], isCentred }).values;
      const mixed = opinionGroups(
        ratings.map((row) => [...row].reverse()),
        { ks: [2, 3], isCentred },
      ).values;
      for (const after of [turned, mixed]) {
        for (const [step, height] of (before.mergeHeights ?? []).entries()) {
          expect(after.mergeHeights?.[step]).toBeCloseTo(height, 9);
        }
      }
      const isApart = (before.mergeHeights ?? []).every(
        (height, step, all) => step === 0 || height - (all[step - 1] ?? 0) > 1e-9,
      );
      if (!isApart) return;
      expect(pairsTogether(mixed.labels3 ?? [])).toEqual(pairsTogether(before.labels3 ?? []));
      expect(pairsTogether([...(turned.labels3 ?? [])].reverse())).toEqual(pairsTogether(before.labels3 ?? []));
      expect(turned.silhouette3).toBeCloseTo(before.silhouette3 ?? Number.NaN, 9);
    },
  );
});

describe("camps that are more than chance", () => {
  test("two camps of five that want opposite things are found, and may be shown", () => {
    const { values, reasons } = distinctCamps(campPanel(10, 20, randomFrom(seed)), chance());
    expect(values).toMatchObject({ groups: 2, pValue: 0.01, isDistinct: true, mayBeShown: true });
    expect(values.labels).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    expect(values.silhouette).toBeGreaterThan(0.3);
    expect(reasons).toEqual({});
  });

  test("a camp of two is distinct but is not shown; one alone is no camp", () => {
    const two = [...campPanel(12, 30, randomFrom(seed)).filter((_, reviewer) => reviewer % 2 === 0 || reviewer < 4)];
    expect(distinctCamps(two, chance()).values).toMatchObject({
      groups: 2,
      pValue: 0.01,
      isDistinct: true,
      mayBeShown: false,
    });
    const one = two.filter((_, reviewer) => reviewer !== 1);
    expect(distinctCamps(one, chance()).values).toMatchObject({ groups: 2, isDistinct: false, mayBeShown: false });
  });

  test("reviewers who are merely severe are no camp", () => {
    const random = randomFrom(seed);
    const taste = Array.from({ length: 20 }, () => Math.floor(uniform(random) * 3) + 1);
    const ratings = Array.from({ length: 10 }, (_, reviewer) =>
      taste.map((score) => score + (reviewer % 2) * 4 + Math.floor(uniform(random) * 2)),
    );
    expect(distinctCamps(ratings, chance()).values.isDistinct).toBe(false);
  });

  test("single populations pass for camps about once in twenty, not more", () => {
    const random = randomFrom(seed);
    const found = Array.from({ length: 60 }, () => {
      const ratings = Array.from({ length: 8 }, () =>
        Array.from({ length: 12 }, () => Math.floor(uniform(random) * 5)),
      );
      return distinctCamps(ratings, { permutations: 99, random }).values;
    });
    expect(found.filter(({ pValue }) => (pValue ?? 0) <= 0.05).length).toBeLessThanOrEqual(8);
    for (const { pValue } of found) expect(pValue).toBeGreaterThanOrEqual(0.01);
  });

  test("where nothing varies every permutation groups as well", () => {
    const ratings = [1, 2, 3, 4, 5].map(() => [3, 3, 3, 3, 3, 3]);
    expect(distinctCamps(ratings, chance()).values).toMatchObject({ silhouette: 0, pValue: 1, isDistinct: false });
  });

  test("missing scores stay missing where they are, and the same seed gives the same answer", () => {
    const random = randomFrom(seed);
    const ratings = campPanel(10, 30, random).map((row) => row.map((score) => (uniform(random) < 0.2 ? null : score)));
    const before = structuredClone(ratings);
    const { values } = distinctCamps(ratings, chance());
    expect(values).toMatchObject({ groups: 2, isDistinct: true });
    expect(distinctCamps(ratings, chance()).values).toEqual(values);
    expect(ratings).toEqual(before);
  });

  test.each([
    [
      "too-few-raters",
      [
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4, 5],
        [5, 4, 3, 2, 1],
      ],
    ],
    [
      "too-few-common",
      [
        [1, 2],
        [2, 1],
        [1, 1],
        [2, 2],
      ],
    ],
  ])("nothing can be said: %s", (reason, ratings) => {
    const { values, reasons } = distinctCamps(ratings, chance());
    expect(Object.keys(values)).toEqual(["labels", "groups", "silhouette", "pValue", "isDistinct", "mayBeShown"]);
    expect(new Set(Object.values(values))).toEqual(new Set([null]));
    expect(reasons).toEqual(Object.fromEntries(Object.keys(values).map((key) => [key, reason])));
  });
});

describe("groups under the numbers that readers know", () => {
  test("the example in their documentation", () => {
    expect(persistentLabels([1, 1, 1, 2], [1, 2, 2, 2])).toEqual([3, 1, 1, 1]);
  });

  test("a group keeps its number by its largest overlap, newcomers aside", () => {
    expect(persistentLabels([2, 2, 1, 1, null], [1, 1, 2, 2, 2])).toEqual([2, 2, 1, 1, 1]);
    expect(persistentLabels([null, null], [1, 2])).toEqual([1, 2]);
    expect(persistentLabels([], [])).toEqual([]);
  });

  test("of equal overlaps the smallest numbers go first, and a group split off gets a new number", () => {
    expect(persistentLabels([1, 1, 2, 2], [1, 2, 1, 2])).toEqual([1, 2, 1, 2]);
    expect(persistentLabels([1, 1, 1, 2, 2], [1, 1, 2, 3, 3])).toEqual([1, 1, 3, 2, 2]);
    expect(persistentLabels([1, 1, 1, 1], [4, 5, 6, 6])).toEqual([2, 3, 1, 1]);
  });

  property.prop([
    fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), { maxLength: 12 }),
  ])("who is together stays together, and the same groups keep their numbers", (members) => {
    const [earlier, now] = [members.map(([label]) => label), members.map(([, label]) => label)];
    expect(pairsTogether(persistentLabels(earlier, now))).toEqual(pairsTogether(now));
    expect(persistentLabels(earlier, earlier)).toEqual(earlier);
    expect(
      persistentLabels(
        earlier,
        earlier.map((label) => 9 - label),
      ),
    ).toEqual(earlier);
  });
});

function chance() {
  return { permutations: 99, random: randomFrom(seed) };
}

/** Two camps that take turns: each wants high what the other wants low, give or take a step. */
function campPanel(reviewers: number, items: number, random: Random): number[][] {
  return Array.from({ length: reviewers }, (_, reviewer) =>
    Array.from({ length: items }, (_, item) => ((reviewer + item) % 2 === 0 ? 1 : 4) + Math.floor(uniform(random) * 2)),
  );
}

function pairsTogether(labels: readonly number[]): boolean[] {
  return labels.flatMap((one) => labels.map((other) => one === other));
}
