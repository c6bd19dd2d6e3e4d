import { describe, expect, it } from "vitest";
import { roundChanges } from "#rubric/analysis/round-changes.ts";
import { aPanel, type TestedPanel } from "./panels.ts";

function changes({ input, context }: TestedPanel) {
  return roundChanges(input, context.rubric);
}

describe("what reviewers did with a second look", () => {
  it("is counted over those who scored a cell in both rounds", () => {
    const panel = aPanel({
      rounds: [
        { "P1-C1": [1, 3, 5], "P2-C1": [2, 2, 2, 4], "P1-C2": [1, 2, 3] },
        { "P1-C1": [3, 3, 4], "P2-C1": [2, 1, "abstain", 3, 5] },
      ],
    });
    const [first, second] = [
      { policyId: "P1", criterionId: "C1", fromRound: 1, toRound: 2, paired: 3, changed: 2, toward: 2, away: 0 },
      { policyId: "P2", criterionId: "C1", fromRound: 1, toRound: 2, paired: 3, changed: 2, toward: 1, away: 1 },
    ];
    // Pairs (1,3) (3,3) (5,4) (2,2) (2,1) (4,3): squares of differences 4 0 1 0 1 1, in the mean 7/6; those of all scores
    // before with all after, in the mean 98/36.
    const held = { pairs: 6, kappa: expect.closeTo(1 - 7 / 6 / (98 / 36), 12), reason: null };
    expect(changes(panel)).toEqual({
      cells: [first, second],
      panel: held,
      criteria: [{ criterionId: "C1", ...held }],
    });
  });

  it("goes by the median of all scores of the earlier round, of those, too, who did not score again", () => {
    // With the fourth the median is 2, and the first is as far from it as before; without, it would be 3.
    const [cell] =
      changes(aPanel({ rounds: [{ "P1-C1": [1, 3, 5, 1] }, { "P1-C1": [3, 3, 4, "absent"] }] }))?.cells ?? [];
    expect(cell).toMatchObject({ paired: 3, changed: 2, toward: 1, away: 0 });
  });

  it("is told from the latest round that had the cell to the one before, criterion by criterion", () => {
    const found = changes(
      aPanel({
        rounds: [{ "P1-C1": [1, 2, 3], "P1-C2": [1, 5, 3] }, { "P1-C2": [1, 5, 3] }, { "P1-C1": [3, 2, 1] }],
      }),
    );
    expect(
      found?.cells.map(({ criterionId, fromRound, toRound, changed }) => [criterionId, fromRound, toRound, changed]),
    ).toEqual([
      ["C1", 1, 3, 2],
      ["C2", 1, 2, 0],
    ]);
    // Scores turned round are as far from agreement as they can be, those kept as near.
    expect(found?.criteria).toEqual([
      { criterionId: "C1", pairs: 3, kappa: expect.closeTo(-1, 12), reason: null },
      { criterionId: "C2", pairs: 3, kappa: expect.closeTo(1, 12), reason: null },
    ]);
    expect(found?.panel.pairs).toBe(6);
  });

  it("is nothing for a cell that nobody scored twice", () => {
    const rounds = [{ "P1-C1": [1, 2, 3, null, null, null] }, { "P1-C1": [null, null, null, 4, 4, 5] }];
    const none = { pairs: 0, kappa: null, reason: "no-scores" };
    expect(changes(aPanel({ rounds }))).toEqual({ cells: [], panel: none, criteria: [{ criterionId: "C1", ...none }] });
  });

  it("has no kappa where all pairs are the same score, and says why", () => {
    expect(changes(aPanel({ rounds: [{ "P1-C1": [3, 3, 3] }, { "P1-C1": [3, 3, 3] }] }))?.panel).toEqual({
      pairs: 3,
      kappa: null,
      reason: "no-variance",
    });
  });

  it("does not exist after one round, nor on an anonymous panel", () => {
    const rounds = [{ "P1-C1": [1, 3, 5] }, { "P1-C1": [3, 3, 4] }];
    expect(changes(aPanel({ rounds }))).not.toBeNull();
    expect(changes(aPanel({ rounds: rounds.slice(0, 1) }))).toBeNull();
    expect(changes(aPanel({ rounds, identity: "anonymous" }))).toBeNull();
  });
});
