import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type AnalysisSources, analysisInput, meanOf, scorersOf, scoresOf } from "#rubric/analysis/analysis-input.ts";
import { aPanel, type Said } from "./panels.ts";

describe("what the figures over several cells are computed from", () => {
  it("each cell in rubric order, and each reviewer's scores and points in that order", () => {
    const { input } = aPanel({
      rounds: [{ "P2-C1": [1, 2, 3], "P1-C1": [5, 4, 5], "P1-C2": [3, 3, 1] }],
      points: [[100, 50], null, [0, 0]],
    });
    expect(input).toEqual({
      cells: [
        { policyId: "P1", criterionId: "C1", round: 1, counts: [0, 0, 0, 1, 2], before: null },
        { policyId: "P1", criterionId: "C2", round: 1, counts: [1, 0, 2, 0, 0], before: null },
        { policyId: "P2", criterionId: "C1", round: 1, counts: [1, 1, 1, 0, 0], before: null },
      ],
      reviewers: [
        { label: "m1", scores: [5, 3, 1], before: [null, null, null], points: [100, 50] },
        { label: "m2", scores: [4, 3, 2], before: [null, null, null], points: null },
        { label: "m3", scores: [5, 1, 3], before: [null, null, null], points: [0, 0] },
      ],
    });
  });

  it.each(["named", "pseudonymous", "anonymous"] as const)(
    "a cell below the minimum of scores is not in it, nor any score of it: %s",
    (identity) => {
      // The secret is there: the scores of the thin cell are 1, which nobody gave elsewhere.
      const rounds = [{ "P1-C1": [5, 4, 5], "P1-C2": [1, 1, "abstain"] }] as const;
      const { input } = aPanel({ rounds, identity });
      expect(input.cells.map(({ criterionId }) => criterionId)).toEqual(["C1"]);
      expect(scoresOf(input).flat()).not.toContain(1);
      expect(aPanel({ rounds, identity, minScores: 2 }).input.cells.map(({ counts }) => counts)).toEqual([
        [0, 0, 0, 1, 2],
        [2, 0, 0, 0, 0],
      ]);
    },
  );

  it("of an anonymous panel, counts alone: not who gave which score, not whose points are whose", () => {
    const rounds = [{ "P1-C1": [5, 4, 5], "P1-C2": [3, 3, 1] }];
    const points = [
      [9, 1],
      [9, 1],
      [9, 1],
    ];
    expect(aPanel({ rounds, points }).input.reviewers?.[0]?.points).toEqual([9, 1]);
    const { input } = aPanel({ rounds, points, identity: "anonymous" });
    expect(input.reviewers).toBeNull();
    expect(input.cells.map(({ counts }) => counts)).toEqual(aPanel({ rounds }).input.cells.map(({ counts }) => counts));
    expect([scorersOf(input), scoresOf(input)]).toEqual([[], []]);
  });

  it("of a pseudonymous panel, under codes, the ninth before the tenth", () => {
    const { input } = aPanel({ rounds: [{ "P1-C1": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5] }], identity: "pseudonymous" });
    expect(input.reviewers?.map(({ label }) => label).slice(-2)).toEqual(["Reviewer 9", "Reviewer 10"]);
    expect(JSON.stringify(input)).not.toContain("m1");
  });

  it("somebody without any score is not in it", () => {
    const { input } = aPanel({ rounds: [{ "P1-C1": [1, 2, "cannot-judge", 3, "absent"], "P2-C1": [1, 2, null, 3] }] });
    expect(input.reviewers?.map(({ label }) => label)).toEqual(["m1", "m2", "m4"]);
  });

  it("a cell is as its latest round left it, beside the round before that had it", () => {
    const { input } = aPanel({
      rounds: [{ "P1-C1": [1, 2, 3], "P2-C1": [5, 5, 5] }, { "P2-C1": [4, 4, 5] }, { "P1-C1": [2, 2, 2] }],
    });
    expect(input.cells.map(({ policyId, round, before }) => [policyId, round, before])).toEqual([
      ["P1", 3, 1],
      ["P2", 2, 1],
    ]);
    expect(input.reviewers?.[0]).toEqual({ label: "m1", scores: [2, 4], before: [1, 5], points: null });
  });

  it("a round before with too few scores is none, and a cell that has too few now is gone", () => {
    const { input } = aPanel({
      rounds: [
        { "P1-C1": [1, 2, "abstain"], "P2-C1": [5, 5, 5] },
        { "P1-C1": [2, 2, 2], "P2-C1": [5, 5, "absent"] },
      ],
    });
    expect(input.cells).toEqual([
      { policyId: "P1", criterionId: "C1", round: 2, counts: [0, 3, 0, 0, 0], before: null },
    ]);
    expect(input.reviewers?.map(({ before }) => before)).toEqual([[null], [null], [null]]);
  });

  it("somebody who scored only in the round before is in it for the changes, and in no table", () => {
    const { input } = aPanel({
      rounds: [{ "P1-C1": [1, 2, 3, 5] }, { "P1-C1": [2, 2, 2, "absent"] }],
    });
    expect(input.reviewers?.at(-1)).toEqual({ label: "m4", scores: [null], before: [5], points: null });
    expect(scorersOf(input).map(({ label }) => label)).toEqual(["m1", "m2", "m3"]);
    expect(scoresOf(input)).toEqual([[2], [2], [2]]);
  });

  it("whoever gave no points again still means those given before", () => {
    const { sources } = aPanel({ rounds: [{ "P1-C1": [1, 2, 3] }, { "P1-C1": [2, 2, 2] }] });
    const points = [
      { round: 1, memberId: "m1", points: { C1: 10 } },
      { round: 1, memberId: "m2", points: {} },
      { round: 2, memberId: "m1", points: { C1: 20 } },
    ];
    const { reviewers } = analysisInput({ ...sources, points });
    expect(reviewers?.map((one) => one.points)).toEqual([[20], [0], null]);
  });

  it("the mean of a cell goes by the levels of the scale", () => {
    expect(meanOf([1, 0, 3], { scale: { min: -4, max: 4, step: 4, anchors: [] } })).toBe(2);
  });
});

const said = fc.constantFrom<Said>(1, 2, 3, 4, 5, "abstain", "cannot-judge", "absent", null);
const column = fc.array(said, { minLength: 7, maxLength: 7 });
const round = fc.record({ "P1-C1": column, "P2-C1": column, "P1-C2": column });
const identity = fc.constantFrom("named" as const, "pseudonymous" as const, "anonymous" as const);

/** The same answers, and the same points, in another order. */
function reordered(sources: AnalysisSources, keys: readonly number[]): AnalysisSources {
  const dealt = <Item>(items: readonly Item[]) =>
    items
      .map((item, place) => ({ item, key: keys[place % keys.length] ?? 0 }))
      .sort((left, right) => left.key - right.key)
      .map(({ item }) => item);
  const rounds = sources.rounds.map((one) => ({
    ...one,
    scope: dealt(one.scope),
    scores: dealt(one.scores),
    histograms: dealt(one.histograms),
  }));
  return { ...sources, rounds, points: dealt(sources.points) };
}

describe("whatever the answers", () => {
  property.prop([fc.array(round, { minLength: 1, maxLength: 3 }), identity, fc.array(fc.nat(), { minLength: 20 })])(
    "their order changes nothing",
    (rounds, mode, keys) => {
      const { sources, input } = aPanel({ rounds, identity: mode, points: rounds.map((_, place) => [place, 1]) });
      expect(analysisInput(reordered(sources, keys))).toEqual(input);
    },
  );

  property.prop([round, identity, fc.constantFrom("abstain" as const, "cannot-judge" as const, "absent" as const)])(
    "one more reviewer without a score changes nothing",
    (given, mode, nonScore) => {
      const more = Object.fromEntries(Object.entries(given).map(([cell, own]) => [cell, [...own, nonScore]]));
      expect(aPanel({ rounds: [more], identity: mode }).input).toEqual(
        aPanel({ rounds: [given], identity: mode }).input,
      );
    },
  );

  property.prop([fc.array(round, { minLength: 1, maxLength: 3 })])("the counts are those of the table", (rounds) => {
    const { input } = aPanel({ rounds });
    const table = scoresOf(input);
    for (const [place, { counts }] of input.cells.entries()) {
      expect(counts).toEqual([1, 2, 3, 4, 5].map((level) => table.filter((own) => own[place] === level).length));
    }
  });
});
