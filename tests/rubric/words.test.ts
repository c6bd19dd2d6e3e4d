import { describe, expect, it } from "vitest";
import {
  answerWords,
  countWords,
  listWords,
  numberWord,
  outcomeWords,
  printScore,
  rangeWords,
  spellScore,
  spreadWords,
  thirdCounts,
  thirdWords,
} from "#rubric/words.ts";
import { aCell, fiveLevels, misuse, nineLevels } from "./board-cells.ts";

const frame = { criterion: misuse, scale: fiveLevels, isSoFar: false };

describe("figures in print and in speech", () => {
  it("prints a true minus sign and a plus, and keeps half steps", () => {
    expect([-2, 0, 1, 0.5, -0.5].map((value) => printScore(value, fiveLevels))).toEqual([
      "−2",
      "0",
      "+1",
      "+0.5",
      "−0.5",
    ]);
  });

  it("spells the signs for people who listen", () => {
    expect([-2, 0, 1, 0.5].map((value) => spellScore(value, fiveLevels))).toEqual([
      "minus 2",
      "0",
      "plus 1",
      "plus 0.5",
    ]);
  });

  it("prints no plus on a scale without negative levels", () => {
    expect([printScore(7, nineLevels), spellScore(6.5, nineLevels)]).toEqual(["7", "6.5"]);
  });

  it("joins words and counts things", () => {
    expect([listWords([]), listWords(["a"]), listWords(["a", "b"]), listWords(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
    expect([countWords(1, "score"), countWords(2, "score"), countWords(0, "score")]).toEqual([
      "1 score",
      "2 scores",
      "0 scores",
    ]);
  });

  it("writes small numbers as words and others as figures", () => {
    expect([0, 1, 10, 11].map(numberWord)).toEqual(["no", "one", "ten", "11"]);
  });

  it("says what someone answered", () => {
    expect(answerWords({ value: 1, nonScore: null }, fiveLevels)).toBe("+1 Somewhat improves");
    expect(answerWords({ value: -1, nonScore: null }, fiveLevels)).toBe("−1");
    const words = (["cannot-judge", "abstain", "recused", "absent"] as const).map((nonScore) =>
      answerWords({ value: null, nonScore }, fiveLevels),
    );
    expect(words).toEqual(["Cannot judge", "Abstain", "Recused", "Absent"]);
    expect(answerWords({ value: null, nonScore: null }, fiveLevels)).toBe("No score yet");
  });
});

describe("the outcome of a cell in words", () => {
  it("names an agreed cell by its effect", () => {
    expect(outcomeWords(aCell([0, 0, 1, 5, 3]), frame)).toBe("Agreed: less misuse");
    expect(outcomeWords(aCell([3, 5, 1, 0, 0]), frame)).toBe("Agreed: more misuse");
    expect(outcomeWords(aCell([0, 0, 9, 0, 0]), frame)).toBe("Agreed: no clear effect");
  });

  it("falls back to the scale where the criterion has no words of its own", () => {
    expect(outcomeWords(aCell([0, 0, 1, 5, 3]), { ...frame, criterion: {} })).toBe("Agreed: improves");
  });

  it("falls back the other way, too, and to no effect where the direction is withheld", () => {
    const cell = aCell([3, 5, 1, 0, 0]);
    expect(outcomeWords(cell, { ...frame, criterion: {} })).toBe("Agreed: worsens");
    expect(outcomeWords({ ...cell, direction: null }, frame)).toBe("Agreed: no clear effect");
  });

  it("says so far while the round is scoring", () => {
    const soFar = { ...frame, isSoFar: true };
    expect(outcomeWords(aCell([0, 0, 1, 5, 3]), soFar)).toBe("Agreed so far: less misuse");
    expect(outcomeWords(aCell([3, 1, 1, 1, 3]), soFar)).toBe("Contested so far");
    expect(outcomeWords(aCell([1, 1, 0, 0, 0]), soFar)).toBe("Too few scores so far");
  });

  it("claims no agreement where the rule only finds no disagreement", () => {
    const cell = aCell([0, 0, 0, 1, 1, 1, 3, 3, 0], { protocol: { rule: "ipras" } });
    expect(outcomeWords(cell, { ...frame, scale: nineLevels })).toBe("Without disagreement: less misuse");
  });

  it("tells a split from a lack of agreement", () => {
    expect(spreadWords(aCell([4, 0, 0, 0, 5]))).toBe("Disagreement: strong, a split");
    expect(spreadWords(aCell([0, 2, 2, 5, 0]))).toBe("Disagreement: some, no agreement");
    expect(spreadWords(aCell([0, 0, 0, 9, 0]))).toBe("Disagreement: none");
    expect(spreadWords(aCell([1, 0, 0, 0, 0]))).toBeNull();
  });

  it("counts by the thirds of the scale", () => {
    expect(thirdCounts([2, 1, 1, 0, 3], fiveLevels, printScore)).toEqual(["3 below 0", "1 at 0", "3 above 0"]);
    expect(thirdCounts([0, 3, 0, 0, 3], fiveLevels, printScore)).toEqual(["3 below 0", "3 above 0"]);
    expect(thirdCounts([1, 1, 0, 0, 2, 0, 0, 3, 0], nineLevels, printScore)).toEqual([
      "2 at 1 to 3",
      "2 at 4 to 6",
      "3 at 7 to 9",
    ]);
  });

  it("counts nothing where the counts are withheld", () => {
    expect(thirdCounts(null, fiveLevels, printScore)).toEqual([]);
  });

  it("names a third by its one level, and the middle of a scale that has none there", () => {
    const three = { min: 1, max: 3, step: 1 };
    expect(thirdCounts([1, 2, 3], three, printScore)).toEqual(["1 at 1", "2 at 2", "3 at 3"]);
    const two = { min: 0, max: 1, step: 1 };
    expect(thirdCounts([1, 2], two, printScore)).toEqual(["1 at 0", "2 at 1"]);
    expect(thirdWords("middle", two, printScore)).toBe("in the middle");
  });

  it("gives the range of the scores", () => {
    expect(rangeWords([1, 0, 0, 2, 0], fiveLevels, printScore)).toBe("−2 to +1");
    expect(rangeWords([0, 0, 0, 2, 0], fiveLevels, spellScore)).toBe("plus 1");
    expect(rangeWords(null, fiveLevels, printScore)).toBe("no scores");
  });
});
