import { expect, test } from "vitest";
import { reconcile, summarisePolicies } from "#rubric/reconcile.ts";
import { type SnapshotInput, snapshotCell, snapshotOutput } from "#rubric/snapshot.ts";
import { cutCell } from "#rubric/view.ts";
import { rubric } from "./board-cells.ts";
import { policy, protocolOf } from "./panel-facts.ts";

const protocol = protocolOf("staff-team");
const context = { rubric, policies: [policy], protocol };
const nonScores = { cannotJudge: 1, abstain: 0, recused: 2, absent: 1 };

function stored(criterionId: string, counts: number[]) {
  const reviewers = 4 + counts.reduce((sum, count) => sum + count, 0);
  return reconcile({ policyId: "P1", criterionId }, { counts, ...nonScores, reviewers }, context);
}

const enough = stored("I1", [0, 0, 1, 5, 3]);
const few = stored("I2", [1, 0, 0, 0, 1]);

test("a snapshot's input keeps counts only where they may be shown", () => {
  expect(snapshotCell(enough)).toEqual({
    policyId: "P1",
    criterionId: "I1",
    reviewers: 13,
    n: 9,
    counts: [0, 0, 1, 5, 3],
    nonScores,
  });
  expect(snapshotCell(few)).toMatchObject({ criterionId: "I2", reviewers: 6, n: 2, counts: null });
});

test("a cell whose counts are withheld adds nothing to its perspective's", () => {
  const [summary] = summarisePolicies([cutCell(enough), { ...cutCell(enough), counts: null }], rubric, [policy]);
  expect(summary?.perspectives[0]).toMatchObject({ agreed: 1, counts: [0, 0, 0, 0, 0] });
  const [whole] = summarisePolicies([cutCell(enough)], rubric, [policy]);
  expect(whole?.perspectives[0]).toMatchObject({ agreed: 1, counts: [0, 0, 1, 5, 3] });
});

test("from its input alone the figures come out as they were stored", () => {
  const input: SnapshotInput = {
    format: "concord-snapshot-input/1",
    round: 1,
    rubricVersion: 1,
    rubricHash: "a",
    protocolHash: "b",
    cells: [enough, few].map(snapshotCell),
    answersHash: "c",
  };
  const output = snapshotOutput(input, context, { seedOf: () => "" });
  expect(output.method).toEqual({ id: "concord", version: "1" });
  expect(output.cells).toEqual([cutCell(enough), cutCell(few)]);
  expect(output.policies).toEqual([
    {
      policyId: "P1",
      perspectives: [
        {
          perspectiveId: "ideological",
          agreed: 1,
          contested: 0,
          tooFew: 1,
          counts: [0, 0, 1, 5, 3],
          medians: [
            { criterionId: "I1", median: 1 },
            { criterionId: "I2", median: null },
          ],
        },
        { perspectiveId: "geopolitical", agreed: 0, contested: 0, tooFew: 0, counts: [0, 0, 0, 0, 0], medians: [] },
      ],
    },
  ]);
});
