import { expect, it } from "vitest";
import type { Member } from "#rubric/member.ts";
import { type Protocol, presets } from "#rubric/protocol.ts";
import { reconcile } from "#rubric/reconcile.ts";
import { showConsensus } from "#rubric/view-consensus.ts";
import { sightOf } from "#rubric/visibility.ts";
import { rubric } from "./board-cells.ts";

const protocol: Protocol = { preset: "staff-team", ...presets["staff-team"].parameters };
const member: Member = {
  userId: "u",
  panelId: "p",
  memberId: "m",
  name: "A reviewer",
  role: "reviewer",
  scores: true,
};
const nobody = { cannotJudge: 0, abstain: 0, recused: 0, absent: 0, reviewers: 9 };
const policy = { id: "P1", title: "A policy", description: "What it does." };

interface Scene {
  readonly recused?: readonly string[];
  readonly settledInRound?: number | null;
  readonly review?: "drafting" | "submitted";
}

function view({ recused = [], settledInRound = null, review = "submitted" }: Scene) {
  const cells = ["I1", "I2"].map((criterionId) => {
    const tally = { counts: [3, 0, 0, 0, 3], ...nobody };
    const cell = reconcile({ policyId: "P1", criterionId }, tally, { rubric, protocol });
    return { ...cell, settledInRound, before: null };
  });
  return showConsensus(member, sightOf({ role: "reviewer", review }, { phase: "scoring", round: 1, protocol }), {
    version: 1,
    round: 1,
    phase: "scoring",
    progress: { submitted: 6, expected: 9 },
    cells,
    recused: new Set(recused),
    rubricVersion: { version: 1, rubric, policies: [policy], referenceReading: null },
    protocol,
    analysis: null,
  });
}

it("shows the agreement of the panel to whoever sees every cell", () => {
  expect(view({})).toMatchObject({ visible: true, agreement: { panel: { cells: 2, scores: 12 } } });
});

it("keeps agreement from someone recused from an open cell, which it would mix with others", () => {
  const seen = view({ recused: ["P1-I2"] });
  expect(seen).toMatchObject({ visible: true, agreement: null });
  expect(JSON.stringify(seen)).not.toContain("I2");
});

it("gives it back once the cell is closed", () => {
  expect(view({ recused: ["P1-I2"], settledInRound: 1 })).toMatchObject({ agreement: { panel: { cells: 2 } } });
});

it("shows somebody who is still drafting nothing of the round, and all that an earlier one settled", () => {
  expect(view({ review: "drafting" })).toEqual({
    version: 1,
    round: 1,
    visible: false,
    reason: "Sealed until you submit. You see how many have submitted: 6 of 9.",
  });
  expect(view({ review: "drafting", settledInRound: 1 })).toMatchObject({ visible: true, cells: [{ n: 6 }, { n: 6 }] });
});
