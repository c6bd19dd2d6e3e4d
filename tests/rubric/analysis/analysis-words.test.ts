import { describe, expect, it } from "vitest";
import {
  campsSentence,
  chanceSentence,
  changesSentence,
  crossedSentence,
  leftOutSentence,
  looksSentence,
  orderSentences,
  weightsSentence,
} from "#rubric/analysis/analysis-words.ts";
import type { PolicyOrder } from "#rubric/analysis/policy-order.ts";
import { analysed, aPanel, cellNames, type Said, scoresBy } from "./panels.ts";

function orderOf(policies: number, criteria: number, table: readonly (readonly Said[])[]): PolicyOrder {
  const { order } = analysed(aPanel({ rounds: [scoresBy(cellNames(policies, criteria), table)] }));
  if (order === null) throw new Error("no order");
  return order;
}

const unanimous = (scores: readonly Said[]) => [scores, scores, scores];

describe("how much each criterion counts, in words", () => {
  const shares = { weights: [0.5, 0.5], equal: 0.5, reviewers: [], meanDifference: null };

  it("says who said so", () => {
    const reviewers = [
      [1, 0],
      [0.5, 0.5],
      [0, 1],
    ];
    expect(weightsSentence({ ...shares, source: "points", reviewers, meanDifference: 1 / 3 })).toBe(
      "3 reviewers gave swing points; on average they differ from the panel’s mean by 33 of 100 points.",
    );
    expect(weightsSentence({ ...shares, source: "stated" })).toBe("The rubric states how much each criterion counts.");
    expect(weightsSentence({ ...shares, source: "equal" })).toBe(
      "Too few reviewers gave swing points, and the rubric states no weights: every criterion counts the same.",
    );
  });
});

describe("the order of the policies in words", () => {
  it("names the leader, the least move, the weightings and what hangs on one person", () => {
    expect(orderSentences(orderOf(2, 2, unanimous([5, 2, 3, 3])))).toEqual([
      "With these weights P1 has the highest value. Moving 17 of 100 points of weight brings P2 level with it.",
      "Of all possible weightings, these put a policy first: P1 under 67 % and P2 under 33 %.",
      "First place does not depend on any one reviewer.",
    ]);
  });

  it("names every policy that the same least move brings level", () => {
    // Of these two, 0.1 and 0.7 - 0.6 are the same but for rounding.
    const order = orderOf(2, 2, unanimous([5, 2, 3, 3]));
    const challengers = [
      { policyId: "P2", weightMoved: 0.1 },
      { policyId: "P3", weightMoved: 0.7 - 0.6 },
      { policyId: "P4", weightMoved: 0.2 },
      { policyId: "P5", weightMoved: null },
    ];
    const flip = { ...order.flip, smallestMove: 0.7 - 0.6, challengers };
    expect(orderSentences({ ...order, flip })[0]).toContain("Moving 10 of 100 points of weight brings P2 and P3 level");
    expect(orderSentences({ ...order, flip: { ...flip, smallestMove: 0.004, challengers: [] } })[0]).toContain(
      "Moving less than 1 of 100 points",
    );
  });

  it("says that a lead holds under all weights", () => {
    expect(orderSentences(orderOf(2, 2, unanimous([5, 3, 4, 3]))).slice(0, 2)).toEqual([
      "With these weights P1 has the highest value. No weights make another policy lead: it is at least as good on every criterion.",
      "Of all possible weightings, these put a policy first: P1 under 100 %.",
    ]);
  });

  it("calls a lead shared where it is, and moves nothing", () => {
    const alike = orderOf(3, 2, unanimous([4, 3, 4, 3, 1, 1]));
    expect(alike.flip.smallestMove).toBeNull();
    expect(orderSentences(alike)).toEqual([
      "With these weights P1 and P2 share the highest value.",
      "Of all possible weightings, these put a policy first: P1 under 100 % and P2 under 100 %.",
      "First place does not depend on any one reviewer.",
    ]);
  });

  it("says without how many reviewers another policy would lead", () => {
    const sums = [
      [5, 2, 1],
      [3, 4, 1],
      [4, 4, 1],
    ];
    expect(orderSentences(orderOf(3, 1, sums)).at(-1)).toBe("Without one reviewer of the 3, P2 would lead instead.");
    const two = [
      [1, 5, 4],
      [5, 4, 1],
      [4, 3, 5],
    ];
    expect(orderSentences(orderOf(3, 1, two)).at(-1)).toBe(
      "Without any one of 2 of the 3 reviewers, another policy would lead: P1 or P3.",
    );
  });

  it("says nothing of single reviewers on an anonymous panel", () => {
    const order = orderOf(2, 2, unanimous([5, 2, 3, 3]));
    expect(orderSentences({ ...order, leaveOneOut: null })).toHaveLength(2);
  });

  it("has words where no policy is first often, and where none has a value", () => {
    const order = orderOf(2, 2, unanimous([5, 2, 3, 3]));
    const hardly = { ...order.acceptability, rankAcceptability: order.policies.map(() => [0.001, 0.999]) };
    const none = "Of all possible weightings, no policy is first under more than a few.";
    expect(orderSentences({ ...order, acceptability: hardly })[1]).toBe(none);
    expect(orderSentences({ ...order, acceptability: { ...hardly, rankAcceptability: null } })[1]).toBe(none);
    const policies = order.policies.map((one) => ({ ...one, value: null }));
    expect(orderSentences({ ...order, policies })).toEqual(["The scores put no policy first."]);
  });

  it("names what was left out, and why", () => {
    const leaving = (policyIds: string[], criterionIds: string[]) =>
      leftOutSentence({ ...orderOf(2, 1, unanimous([5, 3])), leftOut: { policyIds, criterionIds } });
    expect(leaving([], [])).toBeNull();
    expect(leaving(["P3"], [])).toBe("Left out: P3, without any cell that has enough scores.");
    expect(leaving([], ["C1", "C2"])).toBe(
      "Left out: for all policies C1 and C2, where some policy has too few scores.",
    );
    expect(leaving(["P3", "P4"], ["C1"])).toBe(
      "Left out: P3 and P4, without any cell that has enough scores; for all policies C1, where some policy has too few scores.",
    );
  });
});

describe("camps in words", () => {
  const none = { areFound: false, pValue: null, reason: null, sizes: [], leastSupport: [] };

  it.each([
    [{ ...none, reason: "too-large" as const }, "The panel is too large for the test whether it falls into camps."],
    [
      { ...none, reason: "too-few-raters" as const },
      "There are too few reviewers to tell whether the panel falls into camps.",
    ],
    [
      { ...none, reason: "too-few-common" as const },
      "There are too few scores in common to tell whether the panel falls into camps.",
    ],
    [{ ...none, pValue: 0.06 }, "No distinct camps were found: the panel does not group better than chance would."],
    [
      { ...none, pValue: 0.05 },
      "No distinct camps were found: the panel does not fall into groups that are each large enough to be called one.",
    ],
    [
      { ...none, areFound: true, pValue: 0.05, sizes: [5, 4] },
      "The panel falls into 2 camps, of 5 and 4; chance alone groups as well in at most 5 of 100 cases.",
    ],
  ])("%#: %o", (camps, sentence) => {
    expect(campsSentence(camps)).toBe(sentence);
  });
});

describe("reliability, changes, looks and chance in words", () => {
  it("one score beside the panel's mean, or why it cannot be said", () => {
    const found = { iccOne: 0.29, iccPanel: 0.62, betweenCells: 0.63, betweenReviewers: 0.07, reason: null };
    expect(crossedSentence(found)).toBe(
      "One reviewer’s score tells cells apart with reliability 0.29, the panel’s mean with 0.62 (ICC for absolute agreement); 63 % of the spread lies between cells, 7 % between reviewers.",
    );
    const missing = { iccOne: null, iccPanel: null, betweenCells: null, betweenReviewers: null };
    expect(crossedSentence({ ...missing, reason: "too-few-items" })).toBe(
      "How far one score can be trusted cannot be measured: there are too few cells.",
    );
    expect(crossedSentence({ ...missing, reason: null })).toContain("the formula has no answer here");
  });

  const cell = {
    policyId: "P1",
    criterionId: "C1",
    fromRound: 1,
    toRound: 2,
    paired: 9,
    changed: 3,
    toward: 2,
    away: 1,
  };

  it("what changed, counted over all cells", () => {
    const panel = { pairs: 18, kappa: 0.5, reason: null };
    expect(changesSentence({ cells: [cell, { ...cell, changed: 1, toward: 0, away: 1 }], panel, criteria: [] })).toBe(
      "4 of 18 scores given again were changed: 2 towards the earlier median, 2 away from it. Quadratic weighted kappa between the rounds 0.50.",
    );
    const none = { pairs: 9, kappa: null, reason: "no-variance" as const };
    expect(changesSentence({ cells: [{ ...cell, changed: 4 }], panel: none, criteria: [] })).toBe(
      "4 of 9 scores given again were changed: 2 towards the earlier median, 1 away from it, 1 as far from it as before.",
    );
    expect(changesSentence({ cells: [], panel: { ...none, pairs: 0 }, criteria: [] })).toBe(
      "Nobody gave a score to the same cell again.",
    );
  });

  it("how many are worth a look, and what that is not", () => {
    const looks = (unusual: number) =>
      looksSentence([...Array.from({ length: unusual }, () => ({ isUnusual: true })), { isUnusual: false }]);
    expect([0, 1, 2].map(looks)).toEqual([
      "No reviewer’s scores stand out from the rest.",
      "The scores of one reviewer differ from the rest: worth a look, and no reason to leave anybody out.",
      "The scores of 2 reviewers differ from the rest: worth a look, and no reason to leave anybody out.",
    ]);
  });

  it("where chance came from, or that there was none", () => {
    const measure = { version: "1", parameters: {} };
    const drawn = { ...measure, name: "smaa", seed: "0123456789abcdef0123" };
    expect(chanceSentence([drawn, { ...measure, name: "policy-values", seed: null }])).toBe(
      "Chance comes from the hash of the scores, by xoshiro128**: smaa from seed 0123456789abcdef.",
    );
    expect(chanceSentence([{ ...measure, name: "policy-values", seed: null }])).toBe(
      "Nothing here was drawn by chance.",
    );
  });
});
