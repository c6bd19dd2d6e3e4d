import { describe, expect, it } from "vitest";
import { analyse } from "#rubric/analysis/analysis.ts";
import type { AnalysisInput } from "#rubric/analysis/analysis-input.ts";
import { policyValues } from "#rubric/robustness/policy-values.ts";
import { smaa } from "#rubric/robustness/smaa.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import { seedFor } from "#server/aggregation/seed.ts";
import { analysed, aPanel, cellNames, type Said, scoresBy, type TestedPanel } from "./panels.ts";

const hash = "00".repeat(32);

/** Everybody gives each cell the same score. */
function unanimous(
  cells: readonly string[],
  scores: readonly Said[],
  parts: Partial<Parameters<typeof aPanel>[0]> = {},
) {
  return aPanel({ rounds: [scoresBy(cells, [scores, scores, scores, scores])], ...parts });
}

function orderOf(panel: TestedPanel, from = hash) {
  const { order } = analysed(panel, from);
  if (order === null) throw new Error("no order");
  return order;
}

describe("the order of the policies", () => {
  it("goes by values from 0 to 1, beside equal weights and each perspective", () => {
    const panel = unanimous(cellNames(2, 2), [5, 1, 3, 3], { stated: [75, 25], perspectives: ["A", "B"] });
    const order = orderOf(panel);
    expect(order.weights).toEqual([0.75, 0.25]);
    expect(order.policies).toEqual([
      {
        policyId: "P1",
        value: 0.75,
        equalValue: 0.5,
        adjustedValue: expect.closeTo(0.75, 10),
        perspectives: [
          { perspectiveId: "A", value: 1 },
          { perspectiveId: "B", value: 0 },
        ],
        low: 0.75,
        high: 0.75,
        rankProbability: [1, 0],
      },
      {
        policyId: "P2",
        value: 0.5,
        equalValue: 0.5,
        adjustedValue: expect.closeTo(0.5, 10),
        perspectives: [
          { perspectiveId: "A", value: 0.5 },
          { perspectiveId: "B", value: 0.5 },
        ],
        low: 0.5,
        high: 0.5,
        rankProbability: [0, 1],
      },
    ]);
  });

  it("says how little would change it, and under which weights who leads", () => {
    const { flip, acceptability } = orderOf(unanimous(cellNames(2, 2), [5, 1, 3, 3], { stated: [75, 25] }));
    // At equal weights both are worth 3; P1 leads where the first criterion has more.
    expect(flip).toEqual({
      leader: "P1",
      smallestMove: 0.25,
      challengers: [{ policyId: "P2", weightMoved: 0.25 }],
      reason: null,
    });
    expect(acceptability).toEqual({
      rankAcceptability: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      centralWeights: [
        [0.75, 0.25],
        [0.25, 0.75],
      ],
      draws: 0,
    });
  });

  it("holds under all weights for a policy that is at least as good on every criterion", () => {
    const { flip, acceptability } = orderOf(unanimous(cellNames(2, 2), [5, 3, 4, 3]));
    expect(flip).toMatchObject({ leader: "P1", smallestMove: null, reason: "dominated" });
    expect(acceptability.rankAcceptability).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(acceptability.centralWeights?.[1]).toBeNull();
  });

  it("with a shared lead is brought level by no move at all, and the first in rubric order stands as leader", () => {
    const { flip, policies } = orderOf(unanimous(cellNames(3, 2), [1, 1, 5, 1, 1, 5]));
    expect(policies.map(({ value }) => value)).toEqual([0, 0.5, 0.5]);
    expect(flip).toMatchObject({ leader: "P2", smallestMove: 0 });
    expect(flip.challengers.map(({ policyId, weightMoved }) => [policyId, weightMoved])).toEqual([
      ["P1", null],
      ["P3", 0],
    ]);
  });

  it("weighs by adjusted means, too, where not everybody scored everything", () => {
    const generous: Said[] = [3, 5];
    const panel = aPanel({ rounds: [scoresBy(cellNames(2, 1), [[1, 3], [2, 4], [1, 3], ["abstain", 3], generous])] });
    const { cells, order } = analysed(panel);
    const anchors = [{ min: 1, max: 5 }];
    const { values } = policyValues({ means: cells.map((cell) => [cell.adjusted]), anchors, weights: [1] }).values;
    expect(order?.policies.map((one) => one.adjustedValue)).toEqual(values);
    expect(values[0]).not.toBeCloseTo(order?.policies[0]?.value ?? 0, 3);
  });
});

describe("like is compared with like", () => {
  const thin: Said[] = [5, 5, 1, 1, 2, 2, 4, 4, 5];

  it("a criterion on which one policy has too few scores is left out for all, and its weight with it", () => {
    const few = thin.map((score, place) => (place === 5 ? "abstain" : score));
    const panel = aPanel({
      rounds: [scoresBy(cellNames(3, 3), [thin, thin, few, few])],
      stated: [30, 10, 60],
      perspectives: ["A", "A", "B"],
    });
    const order = orderOf(panel);
    expect(order).toMatchObject({ criterionIds: ["C1", "C2"], leftOut: { policyIds: [], criterionIds: ["C3"] } });
    expect(order.weights).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
    expect(order.policies.map(({ value }) => value)).toEqual([1, expect.closeTo(1 / 16, 12), 0.75].map(near));
    // Nothing of perspective B is compared.
    expect(order.policies.map(({ perspectives }) => perspectives[1]?.value)).toEqual([null, null, null]);
    expect(orderOf(aPanel({ rounds: [scoresBy(cellNames(3, 3), [thin, thin, thin])] })).leftOut.criterionIds).toEqual(
      [],
    );
  });

  it("a policy without any cell that has enough scores is left out itself", () => {
    const cells = cellNames(3, 1);
    const panel = aPanel({
      rounds: [
        scoresBy(cells, [
          [4, 2, 1],
          [4, 2, 1],
          [4, 2, null],
        ]),
      ],
    });
    expect(orderOf(panel)).toMatchObject({
      criterionIds: ["C1"],
      leftOut: { policyIds: ["P3"], criterionIds: [] },
      policies: [{ policyId: "P1" }, { policyId: "P2" }],
      weights: [1],
    });
  });

  it("where all weight lies on what is left out, the rest count the same, and the resamples go by that", () => {
    const table: Said[][] = [
      [5, 1, 3, 3, 3, "abstain"],
      [5, 1, 3, 3, 3, 3],
      [5, 1, 3, 3, 3, 3],
    ];
    const points = [
      [0, 0, 9],
      [0, 0, 9],
      [0, 0, 9],
    ];
    const order = orderOf(aPanel({ rounds: [scoresBy(cellNames(2, 3), table)], points }));
    expect(order.weights).toEqual([0.5, 0.5]);
    expect(order.policies.map(({ value, low, high }) => [value, low, high])).toEqual([
      [0.5, 0.5, 0.5],
      [0.5, 0.5, 0.5],
    ]);
  });

  it("a perspective whose criteria have no weight has no value", () => {
    const panel = unanimous(cellNames(2, 2), [5, 1, 3, 3], { stated: [1, 0], perspectives: ["A", "B"] });
    expect(orderOf(panel).policies.map(({ perspectives }) => perspectives.map(({ value }) => value))).toEqual([
      [1, null],
      [0.5, null],
    ]);
  });

  it.each([
    ["one policy", { "P1-C1": [1, 2, 3], "P1-C2": [1, 2, 3] }],
    ["no policy with enough scores", { "P1-C1": [1, 2, null], "P2-C1": [1, 2, null] }],
    [
      "no criterion that all share",
      { "P1-C1": [1, 2, 3], "P2-C1": [1, 2, null], "P1-C2": [1, null, 3], "P2-C2": [1, 2, 3] },
    ],
  ])("%s makes no order", (_, round) => {
    expect(analysed(aPanel({ rounds: [round] })).order).toBeNull();
  });
});

function near(value: unknown): unknown {
  return typeof value === "number" ? expect.closeTo(value, 12) : value;
}

describe("panels drawn anew from this one", () => {
  it("weigh by those drawn as the panel weighs: whose points lie elsewhere counts for little", () => {
    // P1 is worth the weight of the first criterion, P2 that of the second. The first reviewer dealt 10 of 100 points to
    // the compared criteria, each of the others 90.
    const own: Said[] = [5, 1, 3, 1, 5, "abstain"];
    const points = [
      [10, 0, 90],
      [0, 90, 10],
      [0, 90, 10],
      [0, 90, 10],
    ];
    const order = orderOf(aPanel({ rounds: [scoresBy(cellNames(2, 3), [own, own, own, own])], points }));
    expect(order.criterionIds).toEqual(["C1", "C2"]);
    expect(order.policies[0]?.value).toBeCloseTo(0.1 / 2.8, 12);
    // Drawn twice or more in one of four resamples, three times in one of twenty, four times in one of 256.
    expect([order.policies[0]?.low, order.policies[0]?.high]).toEqual([0, expect.closeTo(0.3 / 1.2, 12)]);
  });

  const table: Said[][] = [
    [5, 2, 4, 1, 3, 3, 2, 5],
    [4, 3, 5, 2, 3, 4, 1, 4],
    [1, 5, 2, 4, 5, 1, 3, 2],
    [3, 3, 3, 3, 4, 2, 5, 1],
  ];

  it("are the same from the same seed, and others from another, as are the weights drawn", () => {
    const panel = aPanel({ rounds: [scoresBy(cellNames(2, 4), table)] });
    const [once, again, other] = [orderOf(panel), orderOf(panel), orderOf(panel, "11".repeat(32))];
    expect(again).toEqual(once);
    expect(once.acceptability.draws).toBe(100_000);
    expect(other.policies[0]?.rankProbability).not.toEqual(once.policies[0]?.rankProbability);
    expect(other.acceptability.rankAcceptability).not.toEqual(once.acceptability.rankAcceptability);
    // What does not come from chance does not change.
    expect([other.flip, other.leaveOneOut]).toEqual([once.flip, once.leaveOneOut]);
  });

  it("draw weights from the seed for that purpose", () => {
    const panel = aPanel({ rounds: [scoresBy(cellNames(2, 4), table)] });
    const { cells, order } = analysed(panel);
    const means = [cells.slice(0, 4), cells.slice(4)].map((row) => row.map(({ mean }) => mean));
    const { values } = smaa(means, { draws: 100_000, random: randomFrom(seedFor(hash, "smaa")) });
    expect(order?.acceptability).toEqual({
      rankAcceptability: values.rankAcceptability,
      centralWeights: values.centralWeights,
      draws: 100_000,
    });
  });

  it("of many policies draw fewer weights", () => {
    const scores = Array.from({ length: 70 * 4 }, (_, place) => 1 + ((place * 7) % 5));
    expect(orderOf(unanimous(cellNames(70, 4), scores)).acceptability.draws).toBe(10_000);
  });
});

describe("the order without each reviewer", () => {
  // Means 4, 10/3 and 1; without the first 3.5, 4 and 1.
  const table: Said[][] = [
    [5, 2, 1],
    [3, 4, 1],
    [4, 4, 1],
  ];

  it("counts those without whom another policy leads, and does not say who", () => {
    const { leaveOneOut } = orderOf(aPanel({ rounds: [scoresBy(cellNames(3, 1), table)] }));
    expect(leaveOneOut).toEqual({
      reviewers: 3,
      changesOfLeader: 1,
      leadersThen: ["P2"],
      leastTau: expect.closeTo(1 / 3, 12),
      maxValueShift: expect.closeTo(1 / 6, 12),
    });
    expect(JSON.stringify(leaveOneOut)).not.toMatch(/m1|\[0\]/);
  });

  it("names each policy that would lead once, in rubric order", () => {
    // Sums 10, 12, 10; without the first 9, 7, 6, without the second 5, 8, 9, without the third 6, 9, 5.
    const many: Said[][] = [
      [1, 5, 4],
      [5, 4, 1],
      [4, 3, 5],
    ];
    const order = orderOf(aPanel({ rounds: [scoresBy(cellNames(3, 1), many)] }));
    expect(order.flip.leader).toBe("P2");
    expect(order.leaveOneOut).toMatchObject({ reviewers: 3, changesOfLeader: 2, leadersThen: ["P1", "P3"] });
  });

  it("of one mind moves nothing: the shift is 0, and no negative one", () => {
    const { leaveOneOut } = orderOf(unanimous(cellNames(2, 1), [4, 2]));
    expect(leaveOneOut).toEqual({ reviewers: 4, changesOfLeader: 0, leadersThen: [], leastTau: 1, maxValueShift: 0 });
  });

  it("has no order to compare where all policies are level", () => {
    expect(orderOf(unanimous(cellNames(2, 1), [3, 3])).leaveOneOut?.leastTau).toBeNull();
  });

  it("and the panels drawn anew do not exist on an anonymous panel, whose values and flips do", () => {
    const rounds = [scoresBy(cellNames(3, 1), table)];
    const [named, anonymous] = [orderOf(aPanel({ rounds })), orderOf(aPanel({ rounds, identity: "anonymous" }))];
    expect(named.leaveOneOut).not.toBeNull();
    expect(named.policies.map(({ low }) => low)).not.toContain(null);
    expect(anonymous.leaveOneOut).toBeNull();
    expect(
      anonymous.policies.map(({ value, adjustedValue, low, high, rankProbability }) => [
        value,
        adjustedValue,
        low,
        high,
        rankProbability,
      ]),
    ).toEqual(named.policies.map(({ value }) => [value, null, null, null, null]));
    expect([anonymous.flip, anonymous.acceptability]).toEqual([named.flip, named.acceptability]);
  });

  it("is not there for a panel so large that it would take too long", () => {
    // 3,400 reviewers by 60 cells.
    const cells = cellNames(20, 3).map((name) => name.split("-"));
    const rows = Array.from({ length: 3400 }, (_, reviewer) =>
      cells.map((_, place) => 1 + ((reviewer * 7 + place * 3 + ((reviewer * place) % 4)) % 5)),
    );
    const input: AnalysisInput = {
      cells: cells.map(([policyId = "", criterionId = ""], place) => ({
        policyId,
        criterionId,
        round: 1,
        counts: [1, 2, 3, 4, 5].map((level) => rows.filter((own) => own[place] === level).length),
        before: null,
      })),
      reviewers: rows.map((scores, place) => ({
        label: `m${place}`,
        scores,
        before: scores.map(() => null),
        points: null,
      })),
    };
    const { context } = unanimous(
      cellNames(20, 3),
      cells.map(() => 3),
    );
    const { order, camps, measures } = analyse(input, context, { seedOf: (purpose) => seedFor(hash, purpose) });
    expect(order?.policies).toHaveLength(20);
    for (const one of order?.policies ?? [])
      expect(one).toMatchObject({ low: null, high: null, rankProbability: null });
    expect(camps).toEqual({ areFound: false, pValue: null, reason: "too-large", sizes: [], leastSupport: [] });
    // With three criteria the shares of weightings are exact: nothing at all is drawn.
    expect(measures.filter(({ seed }) => seed !== null)).toEqual([]);
  });
});
