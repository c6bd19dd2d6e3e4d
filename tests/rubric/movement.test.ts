import { expect, it } from "vitest";
import { movementSentence } from "#rubric/agreement-words.ts";
import { movementOf } from "#rubric/movement.ts";
import { presets } from "#rubric/protocol.ts";
import { reconcile } from "#rubric/reconcile.ts";
import { fiveLevels, rubric } from "./board-cells.ts";

function closedCell(criterionId: string, round: number, counts: readonly number[]) {
  const nobody = { cannotJudge: 0, abstain: 0, recused: 0, absent: 0, reviewers: 9 };
  const protocol = { preset: "staff-team" as const, ...presets["staff-team"].parameters };
  const cell = reconcile({ policyId: "P1", criterionId }, { counts, ...nobody }, { rubric, protocol });
  return { ...cell, settledInRound: round };
}

const moved = { ...closedCell("I1", 2, [0, 0, 0, 2, 4]), before: closedCell("I1", 1, [0, 1, 4, 1, 0]) };
const lasting = { ...closedCell("I2", 3, [3, 0, 0, 0, 3]), before: closedCell("I2", 1, [3, 0, 0, 0, 3]) };
const once = { ...closedCell("G1", 1, [0, 0, 6, 0, 0]), before: null };
const few = { ...closedCell("G2", 2, [0, 0, 1, 0, 0]), before: closedCell("G2", 1, [0, 0, 6, 0, 0]) };
const nobody = { ...closedCell("I3", 2, [0, 0, 6, 0, 0]), before: closedCell("I3", 1, [0, 0, 0, 0, 0]) };
const open = { ...moved, settledInRound: null };

it("tells how far a cell moved between the two rounds that had it, whoever gave the scores", () => {
  expect(movementOf([moved, lasting], fiveLevels)).toEqual([
    {
      policyId: "P1",
      criterionId: "I1",
      fromRound: 1,
      toRound: 2,
      histogramChange: expect.closeTo(5 / 6, 12),
      medianShift: 2,
      iqrChange: 1,
      verdict: "agreed",
    },
    {
      policyId: "P1",
      criterionId: "I2",
      fromRound: 1,
      toRound: 3,
      histogramChange: 0,
      medianShift: 0,
      iqrChange: 0,
      verdict: "contested",
    },
  ]);
});

it("says nothing of a cell scored once, one with too few scores or none, and one that is still open", () => {
  expect(
    movementOf([once, nobody, few, { ...few, before: few, ...closedCell("G2", 2, [0, 0, 6, 0, 0]) }, open], fiveLevels),
  ).toEqual([]);
});

it("counts what changed, and calls a lasting dissent a finding", () => {
  expect(movementSentence(movementOf([moved], fiveLevels))).toBe(
    "1 cell was scored again; in 0 the scores hardly changed.",
  );
  expect(movementSentence(movementOf([moved, lasting], fiveLevels))).toBe(
    "2 cells were scored again; in 1 the scores hardly changed, 1 of them contested: a dissent that lasts is a finding, and no reason for another round.",
  );
});
