import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { groupInformedConsensus } from "#rubric/groups/group-informed-consensus.ts";
import { type GroupVotes, statementConsensus } from "#rubric/groups/representative-statements.ts";

describe("what all groups support, from scores", () => {
  test("the example in its documentation", () => {
    const { values } = groupInformedConsensus({ ratings: [[2], [1], [-1]], labels: [1, 1, 2], threshold: 1 });
    expect(values.product).toEqual([0.25]);
  });

  test("multiplies the groups' shares, names the lowest mean and the least support", () => {
    const ratings = [
      [5, 2, null],
      [4, 5, null],
      [3, null, null],
      [1, 4, null],
    ];
    expect(groupInformedConsensus({ ratings, labels: [2, 2, 2, 7], threshold: 4 })).toEqual({
      values: {
        product: [0.6 * (1 / 3), 0.5 * (2 / 3), 0.25],
        geometricMean: [Math.sqrt(0.2), Math.sqrt(1 / 3), 0.5].map((mean) => expect.closeTo(mean, 14)),
        lowestGroupMean: [1, 3.5, null],
        leastSupport: [
          { group: 7, supporters: 0, scores: 1 },
          { group: 2, supporters: 1, scores: 2 },
          { group: 2, supporters: 0, scores: 0 },
        ],
      },
      reasons: { "lowestGroupMean[2]": "no-scores" },
    });
  });

  test("without reviewers nothing can be said", () => {
    expect(groupInformedConsensus({ ratings: [], labels: [], threshold: 1 })).toEqual({
      values: { product: null, geometricMean: null, lowestGroupMean: null, leastSupport: null },
      reasons: {
        product: "no-scores",
        geometricMean: "no-scores",
        lowestGroupMean: "no-scores",
        leastSupport: "no-scores",
      },
    });
  });

  const score = fc.option(fc.integer({ min: 1, max: 5 }), { freq: 4 });
  const members = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(score, { minLength: 3, maxLength: 3 })), {
    minLength: 1,
    maxLength: 12,
  });

  property.prop([members])("the order of reviewers and the names of groups change nothing but by rounding", (panel) => {
    const [labels, ratings] = [panel.map(([label]) => label), panel.map(([, row]) => row)];
    const before = groupInformedConsensus({ ratings, labels, threshold: 3 }).values;
    const after = groupInformedConsensus({
      ratings: [...ratings].reverse(),
      labels: labels.map((label) => 9 - label).reverse(),
      threshold: 3,
    }).values;
    for (const item of [0, 1, 2]) {
      expect(after.product?.[item]).toBeCloseTo(before.product?.[item] ?? Number.NaN, 12);
      expect(after.geometricMean?.[item]).toBeCloseTo(before.geometricMean?.[item] ?? Number.NaN, 12);
      expect(after.lowestGroupMean?.[item]).toBe(before.lowestGroupMean?.[item]);
      const groups = new Set(labels).size;
      expect((before.geometricMean?.[item] ?? Number.NaN) ** groups).toBeCloseTo(
        before.product?.[item] ?? Number.NaN,
        12,
      );
    }
  });
});

describe("what all groups agree with, and what is typical of each, from votes", () => {
  test("the example in its documentation", () => {
    const { values } = statementConsensus({ agree: [[2], [0]], disagree: [[0], [1]], seen: [[2], [1]] });
    expect(values.groupAwareConsensusAgree).toEqual([0.25]);
  });

  test("one statement, two groups: the figures worked out by hand", () => {
    const votes = { agree: [[8], [1]], disagree: [[0], [7]], seen: [[8], [8]] };
    const { values, reasons } = statementConsensus(votes);
    expect(values.pAgree).toEqual([[0.9], [0.2]]);
    expect(values.groupAwareConsensusAgree).toEqual([expect.closeTo(0.18, 12)]);
    expect(values.groupAwareConsensusDisagree).toEqual([expect.closeTo(0.08, 12)]);
    // Inside 8 of 8, outside 1 of 8: (1 - 2/9) / sqrt(11/18 7/18 2/9); against one half 2 sqrt(9) / 2.
    const test = (first: number, second: number, h: number) => (first - second) / Math.sqrt(h * (1 - h) * (2 / 9));
    expect(values.representative).toEqual([
      {
        group: 0,
        statement: 0,
        direction: "agree",
        repness: expect.closeTo(4.5, 12),
        pTest: 3,
        repnessTest: expect.closeTo(test(1, 2 / 9, 11 / 18), 12),
        pSuccess: 0.9,
        nSuccess: 8,
        nTrials: 8,
      },
      {
        group: 1,
        statement: 0,
        direction: "disagree",
        repness: expect.closeTo(8, 12),
        pTest: expect.closeTo(6 * (8 / 9 - 0.5), 12),
        repnessTest: expect.closeTo(test(8 / 9, 1 / 9, 0.5), 12),
        pSuccess: 0.8,
        nSuccess: 7,
        nTrials: 8,
      },
    ]);
    expect(reasons).toEqual({});
  });

  test("where everybody agreed there is no difference to test", () => {
    const { values } = statementConsensus({ agree: [[4], [4]], disagree: [[0], [0]], seen: [[4], [4]] });
    expect(values.representative?.map(({ repnessTest, repness }) => [repnessTest, repness])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test("the best agreed comes first, then the strongest; what is agreed before what is disagreed; five at most", () => {
    // Seven statements that the first group holds against the second, the fourth and sixth of them by disagreeing.
    const inside = [7, 9, 8, 0, 10, 0, 6];
    const disagreed = [0, 0, 0, 10, 0, 9, 0];
    const votes: GroupVotes = {
      agree: [inside, [1, 1, 1, 9, 1, 9, 1]],
      disagree: [disagreed, [9, 9, 9, 0, 9, 0, 9]],
      seen: [new Array(7).fill(10), new Array(7).fill(10)],
    };
    const own = statementConsensus(votes).values.representative?.filter(({ group }) => group === 0) ?? [];
    expect(own.map(({ statement, direction }) => [statement, direction])).toEqual([
      [4, "agree"],
      [1, "agree"],
      [2, "agree"],
      [3, "disagree"],
      [5, "disagree"],
    ]);
  });

  test("among statements that are held no more than elsewhere, the surest is the best agreed", () => {
    // None is typical: the second group agrees as much. The later is agreed by more.
    const votes = {
      agree: [
        [5, 9],
        [10, 10],
      ],
      disagree: [
        [1, 0],
        [0, 0],
      ],
      seen: [
        [6, 9],
        [10, 10],
      ],
    };
    const own = statementConsensus(votes).values.representative?.filter(({ group }) => group === 0);
    expect(own?.map(({ statement, direction }) => [statement, direction])).toEqual([[1, "agree"]]);
  });

  test("once a statement is held more than elsewhere, only a stronger replaces it", () => {
    const votes = {
      agree: [
        [3, 9],
        [0, 9],
      ],
      disagree: [
        [0, 0],
        [3, 0],
      ],
      seen: [
        [3, 9],
        [3, 9],
      ],
    };
    const own = statementConsensus(votes).values.representative?.filter(({ group }) => group === 0);
    expect(own?.map(({ statement }) => statement)).toEqual([0]);
  });

  test("a group that agrees with nothing in particular is known by what differs most", () => {
    const votes = {
      agree: [
        [1, 0],
        [1, 1],
      ],
      disagree: [
        [1, 1],
        [1, 0],
      ],
      seen: [
        [2, 2],
        [2, 2],
      ],
    };
    const own = statementConsensus(votes).values.representative?.filter(({ group }) => group === 0);
    expect(own?.map(({ statement, direction }) => [statement, direction])).toEqual([[1, "disagree"]]);
    const reversed = (table: number[][]) => table.map((row) => [...row].reverse());
    const other = { agree: reversed(votes.agree), disagree: reversed(votes.disagree), seen: votes.seen };
    const first = statementConsensus(other).values.representative?.filter(({ group }) => group === 0);
    expect(first?.map(({ statement, direction }) => [statement, direction])).toEqual([[0, "disagree"]]);
  });

  test("a statement on which the group did not vote is never its best agreed", () => {
    const votes = {
      agree: [
        [0, 2],
        [0, 0],
      ],
      disagree: [
        [0, 0],
        [4, 2],
      ],
      seen: [
        [0, 2],
        [4, 2],
      ],
    };
    const own = statementConsensus(votes).values.representative?.filter(({ group }) => group === 0);
    expect(own?.map(({ statement }) => statement)).toEqual([1]);
  });

  test("without groups nothing can be said, without statements there is nothing to say", () => {
    expect(statementConsensus({ agree: [], disagree: [], seen: [] })).toEqual({
      values: { groupAwareConsensusAgree: null, groupAwareConsensusDisagree: null, pAgree: null, representative: null },
      reasons: {
        groupAwareConsensusAgree: "no-scores",
        groupAwareConsensusDisagree: "no-scores",
        pAgree: "no-scores",
        representative: "no-scores",
      },
    });
    expect(statementConsensus({ agree: [[]], disagree: [[]], seen: [[]] }).values.representative).toEqual([]);
  });

  const cell = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(3));
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 8 }))
    .chain(([groups, statements]) =>
      fc.array(fc.array(cell, { minLength: statements, maxLength: statements }), {
        minLength: groups,
        maxLength: groups,
      }),
    );

  property.prop([tables])(
    "up to five statements a group, all finite, and votes turned round turn the directions",
    (cells) => {
      const votes: GroupVotes = {
        agree: cells.map((row) => row.map(([agree]) => agree)),
        disagree: cells.map((row) => row.map(([, disagree]) => disagree)),
        seen: cells.map((row) => row.map(([agree, disagree, passed]) => agree + disagree + passed)),
      };
      const { values } = statementConsensus(votes);
      for (const [group] of cells.entries()) {
        const own = values.representative?.filter((entry) => entry.group === group) ?? [];
        expect(own.length).toBeGreaterThanOrEqual(1);
        expect(own.length).toBeLessThanOrEqual(5);
        expect(new Set(own.map(({ statement }) => statement)).size).toBe(own.length);
        for (const { repness, pTest, repnessTest, pSuccess } of own) {
          for (const figure of [repness, pTest, repnessTest, pSuccess]) expect(Number.isFinite(figure)).toBe(true);
        }
      }
      const turned = statementConsensus({ ...votes, agree: votes.disagree, disagree: votes.agree }).values;
      expect(turned.groupAwareConsensusAgree).toEqual(values.groupAwareConsensusDisagree);
    },
  );
});
