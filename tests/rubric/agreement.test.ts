import { describe, expect, it } from "vitest";
import { agreementOf } from "#rubric/agreement.ts";
import { printed, reasonWords, reliabilityFigures, reliabilitySentence, shapeWords } from "#rubric/agreement-words.ts";
import { rubric } from "./board-cells.ts";

function aCell(policyId: string, criterionId: string, counts: number[] | null) {
  return { policyId, criterionId, counts, verdict: counts === null ? ("too-few" as const) : ("agreed" as const) };
}

const cells = [
  aCell("P1", "I1", [5, 0, 0, 0, 0]),
  aCell("P2", "I1", [0, 0, 0, 1, 4]),
  aCell("P1", "I2", [2, 0, 0, 0, 2]),
  // Below the panel's minimum, though its counts are at hand.
  { ...aCell("P2", "I2", [0, 0, 2, 0, 0]), verdict: "too-few" as const },
  aCell("P3", "I2", null),
];

describe("the agreement of a panel", () => {
  const { panel, criteria, cells: each } = agreementOf(cells, rubric);

  it("leaves out a cell with too few scores everywhere", () => {
    expect([panel.cells, panel.scores]).toEqual([3, 14]);
    expect(criteria.map((one) => [one.criterionId, one.cells, one.scores])).toEqual([
      ["I1", 2, 10],
      ["I2", 1, 4],
      ["G1", 0, 0],
      ["G2", 0, 0],
    ]);
    expect(each.map(({ policyId, criterionId }) => `${policyId}-${criterionId}`)).toEqual(["P1-I1", "P2-I1", "P1-I2"]);
  });

  it("knows a cell in which all are alike from one that is split in two", () => {
    expect(each.map(({ agreementExact, agreementA }) => [agreementExact, agreementA])).toEqual([
      [1, 1],
      [expect.closeTo(1 - 0.2 / (16 * (6 / 20)), 12), expect.closeTo(0.9, 12)],
      [0, -1],
    ]);
  });

  it("has no interval from one cell, and says why", () => {
    expect(criteria[1]).toMatchObject({ alphaLow: null, alphaHigh: null, reasons: { alphaLow: "too-few-items" } });
  });

  it("has nothing but reasons from nothing", () => {
    expect(agreementOf([], rubric).panel).toEqual({
      cells: 0,
      scores: 0,
      alpha: null,
      alphaLow: null,
      alphaHigh: null,
      ac2: null,
      reasons: {
        alpha: "too-few-raters",
        alphaLow: "too-few-raters",
        alphaHigh: "too-few-raters",
        ac2: "too-few-raters",
      },
    });
  });
});

describe("agreement in words", () => {
  const some = { cells: 4, scores: 20, alpha: 0.5, alphaLow: 0.2, alphaHigh: 0.8, ac2: -0.25, reasons: {} };

  it("says for a chair what an interval shows, and gives no grade", () => {
    expect(reliabilitySentence(some)).toContain("Over 4 cells reviewers differ less about one cell");
    expect(reliabilitySentence({ ...some, alphaLow: -0.1 })).toContain("nothing shows that reviewers agree more");
    const one = { ...some, cells: 1, alphaLow: null, reasons: { alphaLow: "too-few-items" as const } };
    expect(reliabilitySentence(one)).toBe("Over 1 cell nothing can be said for sure: there are too few cells.");
    const none = { ...some, alpha: null, reasons: { alpha: "no-variance" as const } };
    expect(reliabilitySentence(none)).toBe(
      "Whether reviewers agree cannot be measured: all scores are the same, so there is nothing to tell apart.",
    );
  });

  it("gives an auditor the figures", () => {
    expect(reliabilityFigures(some)).toBe(
      "Krippendorff’s ordinal alpha 0.50 (95 % 0.20 to 0.80); Gwet’s AC2, quadratic, −0.25; 20 scores.",
    );
    expect(reliabilityFigures({ ...some, alphaLow: null, ac2: null })).toBe(
      "Krippendorff’s ordinal alpha 0.50; Gwet’s AC2, quadratic, –; 20 scores.",
    );
    expect([printed(-0.001), printed(null), printed(1)]).toEqual(["0.00", "–", "1.00"]);
  });

  it("names the shape of five scores or more", () => {
    const shapes = [0.6, 0.2, -0.2, -0.21].map((a) => shapeWords(a, 5));
    expect(shapes).toEqual(["together", "leaning", "scattered", "split"]);
    expect([shapeWords(1, 4), shapeWords(null, 9)]).toEqual(["–", "–"]);
  });

  it("has words for each reason it can meet", () => {
    const words = (["too-few-raters", "no-variance", "too-few-items", "no-scores", undefined] as const).map(
      reasonWords,
    );
    expect(new Set(words).size).toBe(5);
  });
});
