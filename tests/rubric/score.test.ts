import { describe, expect, test } from "vitest";
import { type Protocol, presets } from "#rubric/protocol.ts";
import { missingIn, type Score, scoreInput } from "#rubric/score.ts";
import { incompleteIn } from "#rubric/sheet.ts";

const team: Protocol = { preset: "staff-team", ...presets["staff-team"].parameters };
const delphi: Protocol = { preset: "delphi", ...presets.delphi.parameters };

function aScore(parts: Partial<Score> = {}): Score {
  return {
    policyId: "P1",
    criterionId: "I1",
    value: 1,
    nonScore: null,
    rationale: "Because.",
    changeReason: null,
    version: 1,
    savedAt: "2026-11-23T10:00:00.000Z",
    ...parts,
  };
}

function faultsOf(input: unknown): string[] {
  return (scoreInput.safeParse(input).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("a score as it is sent", () => {
  test("needs its version only; what is left out is null or empty", () => {
    expect(scoreInput.parse({ version: 0 })).toEqual({
      value: null,
      nonScore: null,
      rationale: "",
      changeReason: null,
      version: 0,
    });
    const whole = {
      value: -2,
      nonScore: null,
      rationale: "Two\r\nlines",
      changeReason: { code: "misread" },
      version: 3,
    };
    expect(scoreInput.parse(whole)).toEqual({ ...whole, rationale: "Two\nlines" });
  });

  test("is a whole number or a reason for none, not both", () => {
    expect(faultsOf({ value: 1.5, version: 0 })).toEqual(["value: A score is a whole number."]);
    expect(faultsOf({ value: 1, nonScore: "abstain", version: 0 })).toEqual([
      "nonScore: Give a score or a reason for none, not both.",
    ]);
    expect(faultsOf({ nonScore: "absent", version: 0 })).toEqual([
      "nonScore: Choose cannot-judge, abstain or recused.",
    ]);
    expect(faultsOf({ changeReason: { code: "whim" }, version: 0 })).toEqual([
      "changeReason.code: Choose one of the listed reasons.",
    ]);
  });
});

describe("what keeps a cell from being submitted", () => {
  test.each<[string, Score | undefined, Protocol, string | null]>([
    ["no score", undefined, team, "No score yet."],
    ["a text alone", aScore({ value: null }), team, "No score yet."],
    ["a score without its rationale", aScore({ rationale: " \n" }), team, "No rationale yet."],
    ["the same where a rationale is optional", aScore({ rationale: "" }), { ...team, rationale: "optional" }, null],
    [
      "a recusal without its reason",
      aScore({ value: null, nonScore: "recused", rationale: "" }),
      team,
      "Say why you are recused.",
    ],
    ["no judgement, which needs no text", aScore({ value: null, nonScore: "cannot-judge", rationale: "" }), team, null],
    ["a score with its rationale", aScore(), team, null],
  ])("%s", (_kind, score, protocol, sentence) => {
    expect(missingIn(score, undefined, protocol)).toBe(sentence);
  });

  test.each<[string, Partial<Score>, Score | undefined, string | null]>([
    ["another score than before", {}, aScore({ value: 2 }), "Say what changed your score."],
    ["the same with its reason", { changeReason: { code: "new-argument" } }, aScore({ value: 2 }), null],
    ["the same score as before", {}, aScore(), null],
    ["a first score after a round without one", {}, aScore({ value: null, nonScore: "abstain" }), null],
    ["a first score", {}, undefined, null],
  ])("where changes need a reason: %s", (_kind, parts, before, sentence) => {
    expect(missingIn(aScore(parts), before, delphi)).toBe(sentence);
    expect(missingIn(aScore(parts), before, team)).toBeNull();
  });

  test("is told cell by cell, in the order of the round's scope", () => {
    const scope = ["I1", "I2", "I3"].map((criterionId) => ({ policyId: "P1", criterionId }));
    const scores = [aScore({ criterionId: "I2" }), aScore({ criterionId: "I3", value: 0 })];
    const earlier = [aScore({ criterionId: "I2" }), aScore({ criterionId: "I3", value: 2 })];
    expect(incompleteIn({ scope, scores, earlier }, delphi)).toEqual([
      { policyId: "P1", criterionId: "I1", sentence: "No score yet." },
      { policyId: "P1", criterionId: "I3", sentence: "Say what changed your score." },
    ]);
  });
});
