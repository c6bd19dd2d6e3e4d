import { describe, expect, it } from "vitest";
import { analyse } from "#rubric/analysis/analysis.ts";
import { canonical } from "#rubric/canonical.ts";
import { type Protocol, presets } from "#rubric/protocol.ts";
import { reconcile } from "#rubric/reconcile.ts";
import { levelsOf } from "#rubric/scale.ts";
import { type SecondInput, type SnapshotContext, snapshotCell, snapshotOutput } from "#rubric/snapshot.ts";
import { cutCell } from "#rubric/view.ts";
import { seedFor } from "#server/aggregation/seed.ts";
import { aPanel, cellNames, type Said, scoresBy } from "./analysis/panels.ts";

const table: Said[][] = [
  [5, 2, 4, 1],
  [4, 3, 5, "abstain"],
  [1, 5, 2, "cannot-judge"],
  [3, 3, 3, 3],
];
const { sources, input: analysed } = aPanel({ rounds: [scoresBy(cellNames(2, 2), table)] });
const protocol: Protocol = { preset: "staff-team", ...presets["staff-team"].parameters };
const context: SnapshotContext = { rubric: sources.rubric, policies: sources.policies, protocol };
const run = { seedOf: (purpose: string) => seedFor("", purpose) };
const reviewers = table.length;

/** As the aggregation stores them, the last one with two scores and two who did not judge. */
const stored = [
  { policyId: "P1", criterionId: "C1", counts: [1, 0, 1, 1, 1], cannotJudge: 0, abstain: 0 },
  { policyId: "P1", criterionId: "C2", counts: [0, 1, 2, 0, 1], cannotJudge: 0, abstain: 0 },
  { policyId: "P2", criterionId: "C1", counts: [0, 1, 1, 1, 1], cannotJudge: 0, abstain: 0 },
  { policyId: "P2", criterionId: "C2", counts: [1, 0, 1, 0, 0], cannotJudge: 1, abstain: 1 },
].map(({ policyId, criterionId, ...tally }) =>
  reconcile({ policyId, criterionId }, { ...tally, recused: 0, absent: 0, reviewers }, context),
);

const parts = {
  round: 1,
  rubricVersion: 1,
  rubricHash: "",
  protocolHash: "",
  answersHash: "",
  cells: stored.map(snapshotCell),
};
const second: SecondInput = { ...parts, format: "concord-snapshot-input/2", analysed };

describe("the figures of a closed round from the snapshot's input", () => {
  it("are those of its cells, which were cut to what every member may see", () => {
    expect(parts.cells.at(-1)).toEqual({
      policyId: "P2",
      criterionId: "C2",
      reviewers: 4,
      n: 2,
      counts: null,
      nonScores: { cannotJudge: 1, abstain: 1, recused: 0, absent: 0 },
    });
    const { cells } = snapshotOutput(second, context, run);
    expect(cells.map(({ verdict, counts, n }) => [verdict, counts, n]).at(-1)).toEqual(["too-few", null, 2]);
    expect(cells.slice(0, 3)).toEqual(stored.slice(0, 3).map(cutCell));
    expect(cells.slice(0, 3).map(({ counts }) => counts?.length)).toEqual(
      Array(3).fill(levelsOf(context.rubric.scale).length),
    );
  });

  it("of method version 2 hold agreement and everything over several cells", () => {
    const output = snapshotOutput(second, context, run);
    expect(Object.keys(output)).toEqual(["method", "cells", "policies", "agreement", "analysis"]);
    expect(output.method).toEqual({ id: "concord", version: "2" });
    expect(output.analysis).toEqual(analyse(analysed, context, run));
    expect(output.agreement?.panel).toMatchObject({ cells: 3, scores: 12 });
  });

  it("of method version 1 stay what they were: cells and policies, and no word more", () => {
    const first = snapshotOutput({ ...parts, format: "concord-snapshot-input/1" }, context, run);
    const { cells, policies } = snapshotOutput(second, context, run);
    expect(first).toEqual({ method: { id: "concord", version: "1" }, cells, policies });
  });

  it("tell whoever waits how far they are", () => {
    const steps: number[] = [];
    snapshotOutput(second, context, { ...run, onStep: (done) => steps.push(done) });
    expect(steps).toEqual([1, 2, 3, 4]);
  });

  it("are the same bytes every time", () => {
    expect(canonical(snapshotOutput(second, context, run))).toBe(canonical(snapshotOutput(second, context, run)));
  });
});
