import { describe, expect, test } from "vitest";
import { revealedAnswersOf, tallyOf } from "#rubric/bundle-answers.ts";
import { fiveLevels } from "./board-cells.ts";
import { anAnswer, cell, idOf, openedAt } from "./panel-facts.ts";

const recused = anAnswer(3, { value: null, nonScore: "recused", rationale: "My employer." });
const answers = [anAnswer(10, { value: 2, changeReason: "misread" }), anAnswer(9), recused];
const round = { round: 2, scale: fiveLevels, minScores: 2 };

describe("a revealed round's answers in files", () => {
  test("of a named panel: by member, with the moment of submission, and without the reason of a recusal", () => {
    const { scores, histograms } = revealedAnswersOf(answers, { ...round, identity: "named" });
    expect(histograms).toEqual([]);
    expect(scores.map(({ memberId, rationale }) => [memberId, rationale])).toEqual([
      [idOf(3), ""],
      [idOf(9), "Text 9."],
      [idOf(10), "Text 10."],
    ]);
    expect(scores[2]).toEqual({
      ...cell,
      round: 2,
      memberId: idOf(10),
      value: 2,
      nonScore: null,
      rationale: "Text 10.",
      changeReason: "misread",
      afterSight: false,
      version: 2,
      submittedAt: openedAt,
    });
  });

  test("of a pseudonymous panel: by code, without the moment, and only where there are enough scores", () => {
    const few = anAnswer(9, { criterionId: "I2" });
    const { scores, histograms } = revealedAnswersOf([...answers, few], { ...round, identity: "pseudonymous" });
    expect(histograms).toEqual([]);
    expect(scores.map(({ code, criterionId, submittedAt }) => [code, criterionId, submittedAt])).toEqual([
      ["Reviewer 3", "I1", null],
      ["Reviewer 9", "I1", null],
      ["Reviewer 10", "I1", null],
    ]);
    expect(JSON.stringify(scores)).not.toContain(idOf(9));
    const [nameless] = revealedAnswersOf([anAnswer(1, { code: null })], {
      ...round,
      minScores: 1,
      identity: "pseudonymous",
    }).scores;
    expect(nameless?.code).toBe("");
  });

  test("of an anonymous panel: a histogram a cell, with bare texts in an order that says nothing", () => {
    const same = { rationale: "Text 9." };
    const more = [
      anAnswer(4, { ...same, value: -1 }),
      anAnswer(5, { ...same, value: null, nonScore: "cannot-judge" }),
      anAnswer(6, { value: null, nonScore: "absent", rationale: "unsent" }),
      anAnswer(7, { rationale: " " }),
      anAnswer(8, { value: -2, criterionId: "I2" }),
    ];
    const { scores, histograms } = revealedAnswersOf([...answers, ...more], { ...round, identity: "anonymous" });
    expect(scores).toEqual([]);
    expect(histograms).toEqual([
      {
        ...cell,
        round: 2,
        n: 4,
        counts: [0, 1, 0, 2, 1],
        nonScores: { cannotJudge: 1, abstain: 0, recused: 1, absent: 1 },
        rationales: [
          { value: 2, nonScore: null, rationale: "Text 10." },
          { value: -1, nonScore: null, rationale: "Text 9." },
          { value: 1, nonScore: null, rationale: "Text 9." },
          { value: null, nonScore: "cannot-judge", rationale: "Text 9." },
        ],
      },
      {
        policyId: "P1",
        criterionId: "I2",
        round: 2,
        n: 1,
        counts: null,
        nonScores: { cannotJudge: 0, abstain: 0, recused: 0, absent: 0 },
        rationales: [],
      },
    ]);
  });

  test("of nobody: nothing, in every mode", () => {
    for (const identity of ["named", "pseudonymous", "anonymous"] as const) {
      expect(revealedAnswersOf([], { ...round, identity })).toEqual({ scores: [], histograms: [] });
    }
  });
});

test("a tally counts scores by level and each kind of non-score", () => {
  const abstained = anAnswer(2, { value: null, nonScore: "abstain" });
  expect(tallyOf([...answers, abstained], fiveLevels)).toEqual({
    counts: [0, 0, 0, 1, 1],
    cannotJudge: 0,
    abstain: 1,
    recused: 1,
    absent: 0,
    reviewers: 4,
  });
});
