import { describe, expect, test } from "vitest";
import { presets } from "#rubric/protocol.ts";
import { judge, shareLimits } from "#rubric/verdict.ts";

const five = { min: -2, max: 2, step: 1 };
const nine = { min: 1, max: 9, step: 1 };
const team = presets["staff-team"].parameters;
const rand = presets["rand-ucla"].parameters;

describe("the share rule", () => {
  test("at 0.70 and 0.15, panels of 3 to 10 need 3 3 4 5 5 6 7 7 on one side and tolerate 0 0 0 0 1 1 1 1 opposite", () => {
    const limits = [3, 4, 5, 6, 7, 8, 9, 10].map((n) => shareLimits(n, team));
    expect(limits.map((limit) => limit.needed)).toEqual([3, 3, 4, 5, 5, 6, 7, 7]);
    expect(limits.map((limit) => limit.mostOpposed)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test("seven of nine above, none below: agreed, supports", () => {
    expect(judge([0, 0, 2, 4, 3], five, team)).toMatchObject({
      verdict: "agreed",
      direction: "supports",
      disagreement: "none",
    });
  });

  test("seven of nine above but two opposed: contested, without direction", () => {
    expect(judge([0, 2, 0, 4, 3], five, team)).toMatchObject({
      verdict: "contested",
      direction: null,
      disagreement: "some",
    });
  });

  test("the middle has no opposite", () => {
    expect(judge([1, 0, 7, 0, 1], five, team)).toMatchObject({ verdict: "agreed", direction: "neutral" });
  });

  test("one side below, few opposed: agreed, opposes", () => {
    expect(judge([5, 3, 0, 1, 0], five, team)).toMatchObject({ verdict: "agreed", direction: "opposes" });
  });

  test("a team without IPRAS disagreement is still contested when no third holds the share", () => {
    expect(judge([0, 2, 3, 2, 1], five, team)).toMatchObject({ verdict: "contested" });
    expect(judge([0, 2, 3, 2, 1], five, { ...team, rule: "ipras" })).toMatchObject({ verdict: "agreed" });
  });

  test("without an opposition test a simple share decides", () => {
    expect(judge([1, 0, 0, 3, 0], five, { ...team, agreeShare: 0.75, opposedBelow: null })).toMatchObject({
      verdict: "agreed",
      direction: "supports",
    });
  });

  test("split in halves at the ends is strong disagreement", () => {
    expect(judge([4, 0, 0, 0, 4], five, team)).toMatchObject({ verdict: "contested", disagreement: "strong" });
  });
});

describe("the IPRAS rule", () => {
  test("four low and four high of nine: contested, strong", () => {
    expect(judge([2, 2, 0, 0, 1, 0, 0, 2, 2], nine, rand)).toMatchObject({
      verdict: "contested",
      disagreement: "strong",
    });
  });

  test("a median of exactly 6.5 counts to the higher third", () => {
    expect(judge([0, 0, 0, 0, 0, 3, 3, 0, 0], nine, rand)).toMatchObject({ verdict: "agreed", direction: "supports" });
  });
});

describe("below the minimum of scores", () => {
  test("there are words only", () => {
    expect(judge([0, 0, 0, 2, 0], five, team)).toEqual({
      verdict: "too-few",
      direction: null,
      disagreement: null,
      rule: { id: "share", agreeShare: 0.7, opposedBelow: 0.15, minScores: 3, arithmetic: null },
    });
  });

  test("an empty cell is too few, never agreed", () => {
    expect(judge([0, 0, 0, 0, 0, 0, 0, 0, 0], nine, rand).verdict).toBe("too-few");
  });
});
