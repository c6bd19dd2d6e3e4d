import { describe, expect, it } from "vitest";
import { rankRange, rankRangeSentence } from "#rubric/analysis/rank-range.ts";

describe("where a policy falls when the reviewers are drawn anew", () => {
  it.each([
    ["a rank that it always has", [0, 1, 0], { best: 2, worst: 2, likeliest: 2 }],
    ["ranks of at most 1 in 20 at either end are left away", [0.04, 0.9, 0.06], { best: 2, worst: 3, likeliest: 2 }],
    [
      "1 in 20 exactly is left away, however it is rounded",
      // 1, 8, 70 and 21 of 2,000: added up in this order they come to a little more than 0.05.
      [0.0005, 0.004, 0.035, 0.0105, 0.95],
      { best: 5, worst: 5, likeliest: 5 },
    ],
    ["ranks before and behind are added up", [0.03, 0.03, 0.88, 0.03, 0.03], { best: 2, worst: 4, likeliest: 3 }],
    ["the better one of two as likely", [0.4, 0.2, 0.4], { best: 1, worst: 3, likeliest: 1 }],
  ])("%s", (_, probability, range) => {
    expect(rankRange(probability)).toEqual(range);
  });

  it("in words", () => {
    expect(rankRangeSentence({ policyId: "P1", best: 2, worst: 2, likeliest: 2 })).toBe("P1 has rank 2.");
    expect(rankRangeSentence({ policyId: "P1", best: 1, worst: 3, likeliest: 2 })).toBe(
      "P1 has rank 1 to 3, most often 2.",
    );
  });
});
