import { describe, expect, it } from "vitest";
import { adjustedCells, crossedReliability } from "#rubric/analysis/adjusted-cells.ts";
import { scoresOf } from "#rubric/analysis/analysis-input.ts";
import { mixedSeverity } from "#rubric/statistics/severity-mixed.ts";
import { aPanel, cellNames, type Said, scoresBy, type TestedPanel } from "./panels.ts";

function adjusted({ input, context }: TestedPanel) {
  return adjustedCells(input, context.rubric);
}

/** Policies worth 2, 3 and 4, scored by reviewers one below, at, one above and at that: there is no noise. */
const additive = [
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [2, 3, 4],
];

describe("the adjusted mean of a cell", () => {
  it("is the plain mean where everybody scored everything", () => {
    const found = adjusted(aPanel({ rounds: [scoresBy(cellNames(3, 1), additive)] }));
    expect(found.map(({ n, mean, adjusted: figure }) => [n, mean, figure])).toEqual([
      [4, 2, expect.closeTo(2, 10)],
      [4, 3, expect.closeTo(3, 10)],
      [4, 4, expect.closeTo(4, 10)],
    ]);
  });

  it("is what the generous reviewer who left it out would have made of it", () => {
    const table = additive.map((own, reviewer) => (reviewer === 2 ? [...own.slice(0, 2), "abstain" as const] : own));
    const [, , third] = adjusted(aPanel({ rounds: [scoresBy(cellNames(3, 1), table)] }));
    expect(third).toMatchObject({ policyId: "P3", criterionId: "C1", round: 1, n: 3 });
    expect([third?.mean, third?.adjusted]).toEqual([expect.closeTo(11 / 3, 12), expect.closeTo(4, 10)]);
  });

  it("comes from the mixed model within its own criterion, with its standard error", () => {
    const table: Said[][] = [
      [1, 5, 3, 5, null, 2],
      [2, 4, 4, 4, 5, 1],
      [2, 5, 2, 3, 4, 3],
      [3, null, 5, 5, 5, 1],
      [1, 4, null, 1, 3, 2],
    ];
    const panel = aPanel({ rounds: [scoresBy(cellNames(3, 2), table)] });
    const found = adjusted(panel);
    for (const [criterion, places] of [
      [0, 2, 4],
      [1, 3, 5],
    ].entries()) {
      const own = scoresOf(panel.input).map((scores) => places.map((place) => scores[place] ?? null));
      const { values } = mixedSeverity(own);
      const cells = found.filter(({ criterionId }) => criterionId === `C${criterion + 1}`);
      expect(cells.map((cell) => cell.adjusted)).toEqual(values.adjusted);
      expect(cells.map((cell) => cell.seAdjusted)).toEqual(values.seAdjusted);
      expect(values.adjusted).not.toContain(null);
    }
  });

  it("is not there where one policy was scored, where severity and policy cannot be told apart", () => {
    expect(adjusted(aPanel({ rounds: [{ "P1-C1": [1, 2, 5] }] }))).toEqual([
      expect.objectContaining({ n: 3, mean: expect.closeTo(8 / 3, 12), adjusted: null, seAdjusted: null }),
    ]);
  });

  it("is nobody's on an anonymous panel, whose plain means are there", () => {
    const parts = { rounds: [scoresBy(cellNames(3, 1), additive)] };
    expect(adjusted(aPanel(parts)).map((cell) => cell.seAdjusted)).not.toContain(null);
    const found = adjusted(aPanel({ ...parts, identity: "anonymous" }));
    expect(found.map(({ mean, adjusted: figure, seAdjusted }) => [mean, figure, seAdjusted])).toEqual([
      [2, null, null],
      [3, null, null],
      [4, null, null],
    ]);
  });
});

describe("the adjusted mean on a panel of more than 300", () => {
  /** Every reviewer as often as it takes. */
  const crowd = (table: readonly (readonly Said[])[]) =>
    aPanel({
      rounds: [
        scoresBy(
          cellNames(3, 1),
          Array.from({ length: 304 }, (_, place) => table[place % table.length] ?? []),
        ),
      ],
    });

  it("comes from sweeps, nearer to the exact fit than the plain mean is, without standard errors", () => {
    const panel = crowd([
      [1, 3, 4],
      [2, 3, 5],
      [4, 5, null],
      [1, null, 3],
      [3, 3, 5],
    ]);
    const exact = mixedSeverity(scoresOf(panel.input)).values.adjusted ?? [];
    const [complete, ...others] = adjusted(panel).map(({ adjusted: figure, mean, seAdjusted }, place) => {
      expect([figure, seAdjusted]).toEqual([expect.any(Number), null]);
      return { swept: Math.abs((figure ?? 0) - (exact[place] ?? 0)), plain: Math.abs(mean - (exact[place] ?? 0)) };
    });
    expect(complete?.swept).toBeLessThan(1e-6);
    for (const { swept, plain } of others) expect(swept).toBeLessThan(0.6 * plain);
  });

  it("is the plain mean where the reviewers differ no more than chance would have it", () => {
    const found = adjusted(
      crowd([
        [1, 3, 5],
        [3, 5, 1],
        [5, 1, 3],
      ]),
    );
    for (const { adjusted: figure, mean } of found) expect(figure).toBeCloseTo(mean, 12);
  });

  it("is not there where nobody scored two cells", () => {
    const found = adjusted(
      crowd([
        [1, null, null],
        [null, 2, null],
        [null, null, 3],
      ]),
    );
    expect(found.map((cell) => cell.adjusted)).toEqual([null, null, null]);
  });
});

describe("how far a score can be trusted", () => {
  it("is the share of the differences that lie between the cells, for one reviewer and for the panel's mean", () => {
    // Three reviewers one apart on three cells one apart: both variances are 1, and there is no noise.
    const { input } = aPanel({ rounds: [scoresBy(cellNames(3, 1), additive.slice(0, 3))] });
    const half = expect.closeTo(0.5, 12);
    expect(crossedReliability(input, "C1")).toEqual({
      iccOne: half,
      iccPanel: expect.closeTo(0.75, 12),
      betweenCells: half,
      betweenReviewers: half,
      reason: null,
    });
    expect(crossedReliability(input, null)).toEqual(crossedReliability(input, "C1"));
  });

  it("counts a negative variance as none", () => {
    const { input } = aPanel({
      rounds: [
        scoresBy(cellNames(3, 1), [
          [1, 3, 5],
          [5, 1, 3],
          [3, 5, 1],
        ]),
      ],
    });
    expect(crossedReliability(input, null)).toEqual({
      iccOne: 0,
      iccPanel: 0,
      betweenCells: 0,
      betweenReviewers: 0,
      reason: null,
    });
  });

  it.each([
    ["no-variance", { "P1-C1": [3, 3, 3], "P2-C1": [3, 3, 3] }],
    ["too-few-items", { "P1-C1": [1, 2, 3] }],
    ["no-scores", { "P1-C1": [1, 2, "abstain" as const] }],
  ])("cannot be said, and why: %s", (reason, round) => {
    expect(crossedReliability(aPanel({ rounds: [round] }).input, null)).toEqual({
      iccOne: null,
      iccPanel: null,
      betweenCells: null,
      betweenReviewers: null,
      reason,
    });
  });

  it("has nothing to be told from on an anonymous panel, whose reviewers are not listed", () => {
    const { input } = aPanel({ rounds: [scoresBy(cellNames(3, 1), additive)], identity: "anonymous" });
    expect(crossedReliability(input, null)).toMatchObject({ iccOne: null, reason: "no-scores" });
  });
});
