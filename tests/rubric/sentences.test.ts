import { describe, expect, it } from "vitest";
import {
  barsSentence,
  boardSentence,
  cellFigure,
  cellLinkName,
  countsLine,
  panelSentence,
  policySentence,
  progressSentence,
  stripSentence,
} from "#rubric/sentences.ts";
import { aCell, fiveLevels, misuse, rubric } from "./board-cells.ts";

const frame = { criterion: misuse, scale: fiveLevels, isSoFar: false };
const agreed = aCell([0, 1, 1, 5, 2]);
const contested = aCell([2, 3, 1, 2, 1]);
const tooFew = aCell([0, 1, 0, 1, 0], { cannotJudge: 5 });

describe("the sentence of a strip", () => {
  it("gives count, median, range, the viewer's own score and the outcome", () => {
    expect(stripSentence(agreed, frame, { value: 1, nonScore: null, earlier: 0 })).toBe(
      "9 scores. Median plus 1. Range minus 1 to plus 2. Yours plus 1, was 0. Agreed: less misuse.",
    );
  });

  it("gives the sides of a contested cell and no median", () => {
    expect(stripSentence(contested, frame)).toBe(
      "9 scores from minus 2 to plus 2: 5 below 0, 1 at 0, 3 above 0. Contested.",
    );
  });

  it("says only counts where there are too few scores", () => {
    expect(stripSentence(tooFew, frame)).toBe("2 scores, 5 cannot judge. Outcomes are shown from 3 scores.");
  });

  it("counts non-scores apart and names the viewer's own", () => {
    const cell = aCell([0, 0, 0, 5, 2], { cannotJudge: 1 });
    expect(stripSentence(cell, frame, { value: null, nonScore: "cannot-judge", earlier: null })).toBe(
      "7 scores. Median plus 1. Range plus 1 to plus 2. Beside them 1 cannot judge. Yours: cannot judge. Agreed: less misuse.",
    );
  });

  it("leaves out an unchanged earlier score", () => {
    expect(stripSentence(contested, { ...frame, isSoFar: true }, { value: -2, nonScore: null, earlier: -2 })).toBe(
      "9 scores from minus 2 to plus 2: 5 below 0, 1 at 0, 3 above 0. Yours minus 2. Contested so far.",
    );
  });
});

describe("what is withheld", () => {
  const noMedian = { ...agreed, median: null };
  const named = { ...frame, criterion: misuse, policy: { id: "P1", title: "Controls", description: "" } };

  it("is named as such, never as a figure", () => {
    expect(stripSentence(noMedian, frame)).toContain("Median none.");
    expect(cellFigure(noMedian, fiveLevels)).toBe("");
    expect(cellLinkName(noMedian, named)).toBe("Controls, Misuse by China: agreed: less misuse, no median");
  });

  it("is left out of the viewer's own part", () => {
    const own = { value: null, nonScore: null, earlier: 1 };
    expect(stripSentence(contested, frame, own)).toBe(stripSentence(contested, frame));
  });
});

describe("a cell in a table", () => {
  const named = {
    ...frame,
    isSoFar: true,
    criterion: misuse,
    policy: { id: "P1", title: "Long", short: "Export controls", description: "" },
  };

  it("is a link with the whole finding in its name", () => {
    expect(cellLinkName(aCell([0, 3, 1, 3, 0]), named)).toBe(
      "Export controls, Misuse by China: contested, scores minus 1 to plus 1, so far",
    );
    expect(cellLinkName(agreed, named)).toBe(
      "Export controls, Misuse by China: agreed: less misuse, median plus 1, so far",
    );
    expect(cellLinkName(tooFew, named)).toBe("Export controls, Misuse by China: too few scores, 2 of 9 scored, so far");
  });

  it("shows a range, never a median, where contested", () => {
    expect([cellFigure(agreed, fiveLevels), cellFigure(contested, fiveLevels), cellFigure(tooFew, fiveLevels)]).toEqual(
      ["+1", "−2 to +2", "2 of 9"],
    );
  });

  it("has its counts beside it", () => {
    expect(countsLine(contested, fiveLevels)).toBe("5 below 0 · 1 at 0 · 3 above 0");
    expect(countsLine(tooFew, fiveLevels)).toBe("2 of 9 scored · 5 cannot judge");
  });
});

describe("sentences about many cells", () => {
  it("count the board and the panel", () => {
    const cells = [agreed, contested, tooFew, contested];
    expect(boardSentence(cells, true)).toBe("2 of 4 cells contested so far, 1 with too few scores.");
    expect(boardSentence([agreed], false)).toBe("0 of 1 cell contested.");
    expect(panelSentence(cells)).toBe(
      "1 of 4 cells agreed, 2 contested, 1 with too few scores. Each is reported as it stands.",
    );
    expect(panelSentence([agreed])).toBe("1 of 1 cell agreed, 0 contested. Each is reported as it stands.");
    expect(progressSentence({ submitted: 1, expected: 9 })).toBe("1 of 9 reviewers has submitted.");
    expect(progressSentence({ submitted: 2, expected: 9 })).toBe("2 of 9 reviewers have submitted.");
  });

  it("say what a policy came to, agreed findings first", () => {
    const cells = [
      aCell([3, 5, 1, 0, 0], { criterionId: "I1" }),
      aCell([0, 0, 9, 0, 0], { criterionId: "I2" }),
      aCell([3, 1, 1, 1, 3], { criterionId: "G1" }),
      aCell([1, 0, 0, 0, 0], { criterionId: "G2" }),
    ];
    expect(policySentence(cells, rubric)).toBe(
      "Agreed on 2 of 4: less transparency; no clear effect on Progress. Contested on Misuse by China. Too few scores on Backdoor risk.",
    );
  });

  it("leave no word for no effect, and claim no agreement by the IPRAS rule", () => {
    expect(policySentence([aCell([0, 0, 0, 9, 0], { criterionId: "I1" })], rubric)).toBe(
      "Agreed on 1 of 1: more transparency.",
    );
    const ipras = { protocol: { rule: "ipras" } } as const;
    expect(policySentence([aCell([0, 0, 0, 9, 0], { criterionId: "I1", ...ipras })], rubric)).toBe(
      "Without disagreement on 1 of 1: more transparency.",
    );
    expect(policySentence([aCell([3, 1, 1, 1, 3], { criterionId: "X9" })], rubric)).toBe(
      "Agreed on none of 1. Contested on X9.",
    );
  });

  it("count criteria without an effect once there are more than two, and name those without words of their own", () => {
    const neutral = ["I1", "I2", "G1"].map((criterionId) => aCell([0, 0, 9, 0, 0], { criterionId }));
    expect(policySentence([...neutral, aCell([0, 0, 0, 9, 0], { criterionId: "G2" })], rubric)).toBe(
      "Agreed on 4 of 4: improves on Backdoor risk; no clear effect on three criteria.",
    );
    expect(policySentence([contested], rubric)).toBe("Agreed on none of 1. Contested on Misuse by China.");
    expect(policySentence([], rubric)).toBe("No cell of this policy is shown.");
  });

  it("read a perspective's bars aloud", () => {
    const summary = {
      perspectiveId: "ideological",
      agreed: 1,
      contested: 0,
      tooFew: 0,
      counts: [8, 16, 3, 0, 0],
      medians: [],
    };
    expect(barsSentence(summary, "Ideological", fiveLevels)).toBe(
      "Ideological, all scores of cells with enough of them: 8 at minus 2, 16 at minus 1, 3 at 0, 0 at plus 1, 0 at plus 2.",
    );
  });
});
