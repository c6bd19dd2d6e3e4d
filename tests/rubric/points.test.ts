import { describe, expect, test } from "vitest";
import { revealedPointsOf } from "#rubric/bundle-points.ts";
import { mayGivePoints, type Points, pointsInput, unknownCriteria } from "#rubric/points.ts";
import { hasWeight, pointOf, sharesOf, shareWords } from "#rubric/shares.ts";

const named = { identity: "named" } as const;

describe("a row of points", () => {
  test("is whole numbers from 0 to 100; empty places are left out", () => {
    const parsed = pointsInput.parse({ points: { I1: 100, I2: 0, G1: null }, version: 3 });
    expect(parsed).toEqual({ points: { I1: 100, I2: 0 }, version: 3 });
    expect(pointsInput.parse({ points: {}, version: 0 })).toEqual({ points: {}, version: 0 });
  });

  test.each([
    ["more than 100", { points: { I1: 101 }, version: 0 }],
    ["less than 0", { points: { I1: -1 }, version: 0 }],
    ["a fraction", { points: { I1: 33.3 }, version: 0 }],
    ["a text", { points: { I1: "50" }, version: 0 }],
    ["what is no short id", { points: { "I 1": 5 }, version: 0 }],
    ["a list", { points: [5], version: 0 }],
    ["nothing", { version: 0 }],
    ["no version", { points: { I1: 5 } }],
    ["something that nobody asked for", { points: { I1: 5 }, version: 0, weights: [] }],
  ])("is not %s", (_what, input) => {
    expect(pointsInput.safeParse(input).success).toBe(false);
  });

  test("says which of its criteria the rubric does not have", () => {
    const criteria = [{ id: "I1" }, { id: "G1" }];
    expect(unknownCriteria({ I1: 5 }, criteria)).toEqual([]);
    expect(unknownCriteria({ I1: 5, X9: 1, toString: 2 }, criteria)).toEqual(["X9", "toString"]);
  });
});

describe("points may be given", () => {
  const drafting = { phase: "scoring", review: "drafting", protocol: named } as const;

  test("by whoever is drafting in a named or pseudonymous panel", () => {
    expect(mayGivePoints(drafting)).toEqual({ allowed: true });
    expect(mayGivePoints({ ...drafting, protocol: { identity: "pseudonymous" } })).toEqual({ allowed: true });
  });

  test("never in an anonymous panel, nor before, after or outside one's own review", () => {
    const sentences = [
      { ...drafting, protocol: { identity: "anonymous" } as const },
      { ...drafting, phase: "draft" as const, review: null },
      { ...drafting, phase: "discussion" as const },
      { ...drafting, review: "submitted" as const },
      { ...drafting, review: null },
    ].map((at) => {
      const ruling = mayGivePoints(at);
      return ruling.allowed ? "" : ruling.sentence;
    });
    expect(sentences).toEqual([
      "An anonymous panel does not ask how much each criterion matters: one person's points would be one person's row.",
      "This round is not open for scoring. Your points were not saved: copy them if you need them.",
      "This round is not open for scoring. Your points were not saved: copy them if you need them.",
      "You have submitted this round. A facilitator can reopen it for you.",
      "You do not score in this round.",
    ]);
  });
});

describe("shares", () => {
  const criteria = ["I1", "I2", "G1"];

  test("are each criterion's part of all points, in rubric order", () => {
    expect(sharesOf({ G1: 25, I1: 100 }, criteria)).toEqual([0.8, 0, 0.2]);
  });

  test("are none where all points are 0 or none are given", () => {
    expect([sharesOf({ I1: 0, I2: 0 }, criteria), sharesOf({}, criteria)]).toEqual([null, null]);
    expect([hasWeight({ I1: 0 }), hasWeight({}), hasWeight({ I1: 0, I2: 1 })]).toEqual([false, false, true]);
  });

  test("know a criterion by its id, whatever word that is", () => {
    expect(pointOf({ I1: 5 }, "constructor")).toBeNull();
    expect(sharesOf({ I1: 5 }, ["constructor", "I1"])).toEqual([0, 1]);
  });

  test("are printed in whole per cent", () => {
    const printed = [1 / 6, 0, 1, 0.805].map((share) => shareWords(share).replace("\u00a0", " "));
    expect(printed).toEqual(["17 %", "0 %", "100 %", "81 %"]);
  });
});

describe("the points of a revealed round", () => {
  const row = (number: number, points: Points) => ({ memberId: `m${number}`, code: `Reviewer ${number}`, points });
  const rows = [row(1, { I1: 100 }), row(2, { I1: 50, I2: 100 }), row(3, { I1: 0 })];

  test("stand under member ids in a named panel, however few they are", () => {
    expect(revealedPointsOf(rows.slice(0, 1), { identity: "named", minScores: 3, round: 2 })).toEqual([
      { round: 2, memberId: "m1", points: { I1: 100 } },
    ]);
  });

  test("stand under codes in a pseudonymous panel, where enough reviewers gave points that count", () => {
    const at = { identity: "pseudonymous", minScores: 3, round: 1 } as const;
    expect(revealedPointsOf(rows, at)).toEqual([]);
    expect(revealedPointsOf([...rows, row(4, { G1: 7 })], at)).toEqual([
      { round: 1, code: "Reviewer 1", points: { I1: 100 } },
      { round: 1, code: "Reviewer 2", points: { I1: 50, I2: 100 } },
      { round: 1, code: "Reviewer 3", points: { I1: 0 } },
      { round: 1, code: "Reviewer 4", points: { G1: 7 } },
    ]);
    const uncoded = revealedPointsOf([...rows, { ...row(4, { G1: 7 }), code: null }], at);
    expect(uncoded.map(({ code }) => code)).toEqual(["Reviewer 1", "Reviewer 2", "Reviewer 3"]);
  });

  test("are nowhere in an anonymous panel", () => {
    const many = Array.from({ length: 20 }, (_, index) => row(index, { I1: 10 }));
    expect(revealedPointsOf(many, { identity: "anonymous", minScores: 5, round: 1 })).toEqual([]);
  });
});
