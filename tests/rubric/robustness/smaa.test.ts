import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { simplexPieces } from "#rubric/robustness/simplex-pieces.ts";
import { smaa, smaaFromDraws } from "#rubric/robustness/smaa.ts";
import { randomFrom, uniform } from "#rubric/statistics/random.ts";

const seed = "00000001000000020000000300000004";
const chance = () => ({ draws: 1000, random: randomFrom(seed) });

describe("pieces of the weights within which the order stays the same", () => {
  test("the example in their documentation", () => {
    expect(
      simplexPieces([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual([
      { share: 0.5, centre: [0.75, 0.25] },
      { share: 0.5, centre: [0.25, 0.75] },
    ]);
  });

  test("pieces too thin to have an area are none, and the others still make up the whole", () => {
    const scores = [
      [2.000000000004, 1.000000000006, 3.000000000006],
      [3.000000000006, 4e-12, 1.999999999994],
      [3, 0, 2],
      [3.000000000006, 6e-12, 0],
      [3, 1.000000000002, 1.999999999994],
    ];
    const pieces = simplexPieces(scores);
    expect(pieces.every(({ share, centre }) => share > 0 && centre.every(Number.isFinite))).toBe(true);
    expect(pieces.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test("one criterion is a single point", () => {
    expect(simplexPieces([[1], [2]])).toEqual([{ share: 1, centre: [1] }]);
  });

  test("three policies, each best on one of three criteria, cut the triangle into six equal parts", () => {
    const pieces = simplexPieces([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(pieces.map(({ share }) => share.toFixed(12))).toEqual(new Array(6).fill((1 / 6).toFixed(12)));
    // Each is a small triangle between a corner, the middle of a side, and the middle of the whole.
    const centres = pieces.map(({ centre }) => [...centre].sort().map((weight) => (weight * 18).toFixed(6)));
    expect(centres).toEqual(new Array(6).fill(["2.000000", "5.000000", "11.000000"]));
  });

  const whole = fc.integer({ min: 1, max: 5 });
  const anyCriteria = fc
    .integer({ min: 1, max: 3 })
    .chain((criteria) =>
      fc.array(fc.array(whole, { minLength: criteria, maxLength: criteria }), { minLength: 1, maxLength: 7 }),
    );

  property.prop([anyCriteria])("shares sum to 1, and the pieces' centres have the centre of all weights", (scores) => {
    const pieces = simplexPieces(scores);
    expect(pieces.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
    const criteria = scores[0]?.length ?? 0;
    for (let criterion = 0; criterion < criteria; criterion += 1) {
      const mean = pieces.reduce((sum, { share, centre }) => sum + share * (centre[criterion] ?? 0), 0);
      expect(mean).toBeCloseTo(1 / criteria, 10);
    }
  });
});

describe("acceptability under all weights", () => {
  test("the example in its documentation", () => {
    const { firstRank } = smaa(
      [
        [5, 1],
        [3, 3],
        [1, 4],
      ],
      { draws: 1000, random: randomFrom(seed) },
    ).values;
    expect(firstRank).toEqual([0.5, expect.closeTo(1 / 6, 12), expect.closeTo(1 / 3, 12)]);
  });

  test("two criteria are an interval: 4 0 against 1 1 leads from a first weight of a quarter", () => {
    expect(
      smaa(
        [
          [4, 0],
          [1, 1],
        ],
        chance(),
      ),
    ).toEqual({
      values: {
        rankAcceptability: [
          [0.75, 0.25],
          [0.25, 0.75],
        ],
        firstRank: [0.75, 0.25],
        centralWeights: [
          [0.625, 0.375],
          [0.125, 0.875],
        ],
        pairwiseWinning: [
          [0, 0.75],
          [0.25, 0],
        ],
      },
      reasons: {},
    });
  });

  test("three criteria with one policy best on each: a third each, and all ranks alike", () => {
    const { values } = smaa(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      chance(),
    );
    for (const row of values.rankAcceptability ?? []) {
      for (const share of row ?? []) expect(share).toBeCloseTo(1 / 3, 12);
    }
    // The largest of three weights is 1/3 (1 + 1/2 + 1/3) on average.
    const [low, high] = [expect.closeTo(3.5 / 18, 12), expect.closeTo(11 / 18, 12)];
    expect(values.centralWeights).toEqual([
      [high, low, low],
      [low, high, low],
      [low, low, high],
    ]);
  });

  test("four criteria come from draws: one policy best on each has a quarter, within four standard errors", () => {
    const scores = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    const { firstRank, centralWeights } = smaa(scores, { draws: 40_000, random: randomFrom(seed) }).values;
    for (const share of firstRank ?? [])
      expect(Math.abs((share ?? 0) - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 40_000));
    // The largest of four weights is 1/4 (1 + 1/2 + 1/3 + 1/4) on average.
    expect(Math.abs((centralWeights?.[2]?.[2] ?? 0) - 25 / 48)).toBeLessThan(0.01);
  });

  test("level policies share the better rank", () => {
    const { values, reasons } = smaa(
      [
        [2, 3],
        [2, 3],
        [1, 1],
      ],
      chance(),
    );
    expect(values.rankAcceptability).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(values.pairwiseWinning).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(values.centralWeights).toEqual([[0.5, 0.5], [0.5, 0.5], null]);
    expect(reasons).toEqual({ "centralWeights[2]": "never-first" });
  });

  test("a policy with a missing score takes no part", () => {
    expect(
      smaa(
        [
          [4, 0],
          [9, null],
          [1, 1],
        ],
        chance(),
      ),
    ).toEqual({
      values: {
        rankAcceptability: [[0.75, 0.25, 0], null, [0.25, 0.75, 0]],
        firstRank: [0.75, null, 0.25],
        centralWeights: [[0.625, 0.375], null, [0.125, 0.875]],
        pairwiseWinning: [[0, null, 0.75], null, [0.25, null, 0]],
      },
      reasons: {
        "rankAcceptability[1]": "no-scores",
        "firstRank[1]": "no-scores",
        "centralWeights[1]": "no-scores",
        "pairwiseWinning[1]": "no-scores",
        "pairwiseWinning[0][1]": "no-scores",
        "pairwiseWinning[2][1]": "no-scores",
      },
    });
  });

  test.each([[[]], [[[], []]], [[[null, 1]]]])("without a complete policy all is undefined: %j", (scores) => {
    const { values, reasons } = smaa(scores, chance());
    expect(values).toEqual({ rankAcceptability: null, firstRank: null, centralWeights: null, pairwiseWinning: null });
    expect(new Set(Object.values(reasons))).toEqual(new Set(["no-scores"]));
    expect(Object.keys(reasons)).toEqual(Object.keys(values));
  });

  test("more than twenty policies come from draws even with two criteria, near the exact answer", () => {
    const scores = Array.from({ length: 21 }, (_, policy) => (policy === 0 ? [4, 0] : [1, 1]));
    const { firstRank } = smaa(scores, { draws: 40_000, random: randomFrom(seed) }).values;
    expect(firstRank?.[0]).not.toBe(0.75);
    expect(Math.abs((firstRank?.[0] ?? 0) - 0.75)).toBeLessThan(0.01);
  });

  test("the same seed gives the same figures, another seed others", () => {
    const scores = [
      [1, 4, 2, 2],
      [2, 2, 2, 3],
      [4, 1, 3, 1],
    ];
    expect(smaa(scores, chance())).toEqual(smaa(scores, chance()));
    expect(smaa(scores, chance())).not.toEqual(smaa(scores, { draws: 1000, random: randomFrom(`1${seed}`) }));
  });

  const table = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([policies, criteria]) =>
    fc.array(
      fc.array(
        fc.integer({ min: -200, max: 200 }).map((hundredths) => hundredths / 100),
        { minLength: criteria, maxLength: criteria },
      ),
      {
        minLength: policies,
        maxLength: policies,
      },
    ),
  );

  property.prop([table])(
    "shares are shares: each policy's ranks sum to 1, two policies beat each other at most always",
    (scores) => {
      const { rankAcceptability, firstRank, centralWeights, pairwiseWinning } = smaa(scores, chance()).values;
      for (const row of rankAcceptability ?? []) {
        expect(row?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
        for (const share of row ?? []) expect(share).toBeGreaterThanOrEqual(0);
      }
      expect(firstRank?.reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBeGreaterThanOrEqual(1 - 1e-10);
      for (const weights of centralWeights ?? []) {
        if (weights !== null) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
      }
      for (const [one, row] of (pairwiseWinning ?? []).entries()) {
        expect(row?.[one]).toBe(0);
        for (const [other, share] of (row ?? []).entries()) {
          expect((share ?? 0) + (pairwiseWinning?.[other]?.[one] ?? 0)).toBeLessThanOrEqual(1 + 1e-10);
        }
      }
    },
  );

  property.prop([table, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -5, max: 5 })])(
    "stretching and shifting all scores alike changes nothing but by rounding",
    (scores, factor, shift) => {
      const spread = scores.map((row) => row.map((score) => score * 100));
      const before = smaa(spread, chance()).values;
      const after = smaa(
        spread.map((row) => row.map((score) => factor * score + shift)),
        chance(),
      ).values;
      for (const [policy, share] of (before.firstRank ?? []).entries()) {
        expect(after.firstRank?.[policy]).toBeCloseTo(share ?? Number.NaN, 10);
      }
    },
  );

  property.prop([table])("a policy that is worse everywhere changes nobody's first rank", (scores) => {
    const worse = scores[0]?.map((_, criterion) => Math.min(...scores.map((row) => row[criterion] ?? 0)) - 1) ?? [];
    const before = smaa(scores, chance()).values;
    const after = smaa([...scores, worse], chance()).values;
    expect(after.firstRank?.at(-1)).toBe(0);
    for (const [policy, share] of (before.firstRank ?? []).entries()) {
      expect(after.firstRank?.[policy]).toBeCloseTo(share ?? Number.NaN, 10);
    }
  });

  property.prop([table])("naming the policies in another order names the figures in that order", (scores) => {
    const before = smaa(scores, chance()).values;
    const after = smaa([...scores].reverse(), chance()).values;
    for (const [policy, share] of (before.firstRank ?? []).entries()) {
      expect(after.firstRank?.[scores.length - 1 - policy]).toBeCloseTo(share ?? Number.NaN, 10);
    }
  });

  property.prop(
    [
      fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }), {
        minLength: 2,
        maxLength: 6,
      }),
    ],
    { numRuns: 20 },
  )("exact figures are what draws come near to", (scores) => {
    const exact = smaa(scores, chance()).values;
    const random = randomFrom(seed);
    const weightDraws = Array.from({ length: 1000 }, () => {
      const [low = 0, high = 0] = [uniform(random), uniform(random)].sort((left, right) => left - right);
      return [low, high - low, 1 - high];
    });
    const drawn = smaaFromDraws(
      weightDraws.map(() => scores),
      weightDraws,
    ).values;
    for (const [policy, row] of (exact.rankAcceptability ?? []).entries()) {
      for (const [rank, share] of (row ?? []).entries()) {
        expect(Math.abs((drawn.rankAcceptability?.[policy]?.[rank] ?? Number.NaN) - share)).toBeLessThan(0.08);
      }
    }
  });
});

describe("acceptability from given draws", () => {
  test("the example in its documentation", () => {
    expect(
      smaaFromDraws(
        [
          [[2], [1]],
          [[0], [1]],
        ],
        [[1], [1]],
      ).values.firstRank,
    ).toEqual([0.5, 0.5]);
  });

  test("measurements and weights are paired draw by draw; level values share the better rank", () => {
    const measurements = [
      [
        [4, 1],
        [2, 2],
      ],
      [
        [4, 1],
        [2, 2],
      ],
      [
        [1, 3],
        [3, 1],
      ],
      [
        [1, 1],
        [3, 2],
      ],
    ];
    const weightDraws = [
      [0.75, 0.25],
      [0.25, 0.75],
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    expect(smaaFromDraws(measurements, weightDraws)).toEqual({
      values: {
        rankAcceptability: [
          [0.5, 0.5],
          [0.75, 0.25],
        ],
        firstRank: [0.5, 0.75],
        centralWeights: [
          [0.625, 0.375],
          [1.25 / 3, 1.75 / 3],
        ],
        pairwiseWinning: [
          [0, 0.25],
          [0.5, 0],
        ],
      },
      reasons: {},
    });
  });

  test("sums that are level on paper are level, however they are rounded", () => {
    const weights = [1 / 3, 1 / 3, 1 / 3];
    expect(
      smaaFromDraws(
        [
          [
            [0.1, 0.2, 0.3],
            [0.3, 0.2, 0.1],
          ],
        ],
        [weights],
      ).values.firstRank,
    ).toEqual([1, 1]);
  });

  test("without draws, policies or criteria all is undefined", () => {
    const reasons = {
      rankAcceptability: "no-scores",
      firstRank: "no-scores",
      centralWeights: "no-scores",
      pairwiseWinning: "no-scores",
    };
    expect(smaaFromDraws([], []).reasons).toEqual(reasons);
    expect(smaaFromDraws([[]], [[1]]).reasons).toEqual(reasons);
    expect(smaaFromDraws([[[]]], [[]]).reasons).toEqual(reasons);
  });
});
