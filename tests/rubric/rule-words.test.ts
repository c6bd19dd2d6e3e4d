import { describe, expect, it } from "vitest";
import { classicWords, iprasWords, ruleArithmetic, ruleSentence } from "#rubric/rule-words.ts";
import { aCell, fiveLevels, nineLevels } from "./board-cells.ts";

describe("the rule in words", () => {
  it("states the share rule with the panel's own figures", () => {
    expect(ruleSentence(aCell([0, 0, 0, 9, 0]).rule)).toBe(
      "Agreed when one third of the scale holds at least 70 in 100 of the scores, and the third opposite holds fewer than 15 in 100; otherwise contested.",
    );
    expect(ruleSentence(aCell([9, 0, 0, 0, 0], { protocol: { opposedBelow: null } }).rule)).toBe(
      "Agreed when one third of the scale holds at least 70 in 100 of the scores; otherwise contested.",
    );
  });

  it("states the spread rule without a figure of its own", () => {
    expect(ruleSentence(aCell([0, 0, 0, 9, 0], { protocol: { rule: "ipras" } }).rule)).toBe(
      "Contested when the middle scores spread wider than the limit that RAND/UCLA sets for them (IPR above IPRAS); otherwise without disagreement.",
    );
  });

  it("asks nothing of the third opposite where the rule does not", () => {
    const cell = aCell([7, 1, 0, 1, 0], { protocol: { opposedBelow: null } });
    expect(ruleArithmetic(cell, fiveLevels)).toEqual([
      "Of 9 scores, 7 are needed in one third.",
      "Here: 8 below 0, 0 at 0, 1 above 0.",
      "8 below 0 reach the 7 needed.",
      "Classic count: a split from 3 at each end, here 8 and 1; agreement with at most 2 outside the median's third, here 1. It finds agreement.",
    ]);
  });

  it("says where the classic count finds neither a split nor agreement", () => {
    expect(ruleArithmetic(aCell([2, 1, 2, 2, 2]), fiveLevels).at(-1)).toBe(
      "Classic count: a split from 3 at each end, here 3 and 4; agreement with at most 2 outside the median's third, here 7. It finds a split.",
    );
    expect(ruleArithmetic(aCell([1, 1, 3, 2, 2]), fiveLevels).at(-1)).toBe(
      "Classic count: a split from 3 at each end, here 2 and 4; agreement with at most 2 outside the median's third, here 6. It finds neither.",
    );
  });

  it("shows how this cell came to its verdict", () => {
    const first = (counts: number[]) => ruleArithmetic(aCell(counts), fiveLevels)[2];
    expect(ruleArithmetic(aCell([0, 1, 1, 5, 2]), fiveLevels).slice(0, 2)).toEqual([
      "Of 9 scores, 7 are needed in one third, with at most 1 in the third opposite.",
      "Here: 1 below 0, 1 at 0, 7 above 0.",
    ]);
    expect(first([0, 1, 1, 5, 2])).toBe("7 above 0 reach the 7 needed, and 1 below 0 is within the 1 allowed.");
    expect(first([0, 2, 0, 5, 2])).toBe("7 above 0 reach the 7 needed, but 2 below 0 is more than the 1 allowed.");
    expect(first([3, 1, 1, 1, 3])).toBe("No third holds 7.");
    expect(first([0, 1, 7, 1, 0])).toBe("7 at 0 reach the 7 needed.");
  });

  it("allows any number opposite where the panel set no limit, on either side", () => {
    const lines = ruleArithmetic(aCell([6, 1, 0, 0, 2], { protocol: { opposedBelow: null } }), fiveLevels);
    expect([lines[0], lines[2]]).toEqual(["Of 9 scores, 7 are needed in one third.", "7 below 0 reach the 7 needed."]);
  });

  it("gives the spread measure of RAND/UCLA with its limit", () => {
    const split = ruleArithmetic(
      aCell([4, 0, 0, 0, 0, 0, 0, 0, 4], { protocol: { rule: "ipras" }, reviewers: 8 }),
      nineLevels,
    );
    expect(split.slice(0, 3)).toEqual([
      "From the 30th to the 70th percentile the scores run from 1 to 9 on nine points: IPR 8.",
      "8 is wider than IPRAS 2.35.",
      "Here: 4 at 1 to 3, 0 at 4 to 6, 4 at 7 to 9.",
    ]);
    expect(split).toHaveLength(4);
    const small = ruleArithmetic(aCell([0, 0, 0, 0, 3, 0, 0, 0, 0], { protocol: { rule: "ipras" } }), nineLevels);
    expect(small[1]).toBe("0 is not wider than IPRAS 2.35.");
    expect(small.at(-1)).toBe("The published table covers 8 to 16 scores; for this count the limit is extrapolated.");
  });

  it("says only how many scored where there are too few", () => {
    expect(ruleArithmetic(aCell([1, 1, 0, 0, 0]), fiveLevels)).toEqual(["2 of 9 scored; the panel asked for 3."]);
  });

  it("puts both counts in a table's cell, or a dash where there are too few scores", () => {
    const nine = (counts: number[]) => aCell(counts, { protocol: { rule: "ipras" } });
    const split = nine([4, 0, 0, 0, 0, 0, 0, 0, 5]);
    expect([iprasWords(split), classicWords(split)]).toEqual(["8, 2.35 split", "split (from 3)"]);
    const together = nine([0, 0, 0, 0, 0, 0, 0, 0, 9]);
    expect([iprasWords(together), classicWords(together)]).toEqual(["0, 8.35", "agreement (from 3)"]);
    const neither = nine([0, 0, 3, 2, 2, 2, 0, 0, 0]);
    expect(classicWords(neither)).toBe("neither (from 3)");
    const few = nine([0, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect([iprasWords(few), classicWords(few)]).toEqual(["–", "–"]);
  });

  it("says beside the share rule, too, what the classic count finds", () => {
    const classic = (counts: number[]) => ruleArithmetic(aCell(counts), fiveLevels).at(-1);
    expect(classic([4, 0, 0, 0, 5])).toMatch(/ It finds a split\.$/);
    expect(classic([0, 0, 0, 0, 9])).toMatch(/ It finds agreement\.$/);
    expect(classic([0, 2, 2, 3, 2])).toMatch(/ It finds neither\.$/);
  });
});
