import { describe, expect, it } from "vitest";
import type { SecondLook } from "#rubric/analysis/second-looks.ts";
import type { Member, Role } from "#rubric/member.ts";
import { type Protocol, presets } from "#rubric/protocol.ts";
import { reconcile } from "#rubric/reconcile.ts";
import type { Phase } from "#rubric/round.ts";
import { type AnalysisFacts, type ConsensusFacts, showConsensus } from "#rubric/view-consensus.ts";
import { sightOf } from "#rubric/visibility.ts";
import { analysed, aPanel, cellNames, scoresBy } from "./analysis/panels.ts";
import { rubric } from "./board-cells.ts";

const figures = analysed(
  aPanel({
    rounds: [
      scoresBy(cellNames(2, 1), [
        [5, 2],
        [4, 1],
        [4, 2],
      ]),
    ],
  }),
);
const people = [
  { memberId: "m-ada", name: "Ada", code: "Reviewer 2" },
  { memberId: "m-ben", name: "Ben", code: "Reviewer 10" },
];

type Mode = "named" | "pseudonymous" | "anonymous";

interface Scene {
  readonly mode: Mode;
  readonly role?: Role;
  readonly who?: string;
  readonly phase?: Phase;
  readonly facts?: Partial<AnalysisFacts>;
  readonly recused?: readonly string[];
  readonly settledInRound?: number;
}

const presetOf = { named: "staff-team", pseudonymous: "rand-ucla", anonymous: "delphi" } as const;

/** Severity is the secret: .25 is Ada's, .75 is Ben's. */
function looksOf(mode: Mode): SecondLook[] {
  return people.map(({ memberId, code }, place) => ({
    label: mode === "named" ? memberId : code,
    scores: 2,
    severity: place === 0 ? 0.25 : 0.75,
    severityRobustZ: null,
    residualRms: 0,
    residualRobustZ: null,
    correlationWithOthers: null,
    alphaDeltaWithout: null,
    usedLevels: 2,
    isUnusual: place === 1,
  }));
}

function see(scene: Scene) {
  const { mode, role = "reviewer", who = "m-ada", phase = "discussion", recused = [] } = scene;
  const preset = presetOf[mode];
  const protocol: Protocol = { preset, ...presets[preset].parameters };
  const member: Member = { userId: "u", panelId: "p", memberId: who, name: "", role, scores: role === "reviewer" };
  const sight = sightOf({ role, review: null }, { phase, round: 1, protocol });
  const tally = { counts: [0, 0, 0, 2, 4], cannotJudge: 0, abstain: 0, recused: 0, absent: 0, reviewers: 6 };
  const cells: ConsensusFacts["cells"] = ["I1", "I2"].map((criterionId) => ({
    ...reconcile({ policyId: "P1", criterionId }, tally, { rubric, protocol }),
    settledInRound: scene.settledInRound ?? null,
    before: null,
  }));
  const policies = [{ id: "P1", title: "A policy", description: "" }];
  const view = showConsensus(member, sight, {
    version: 1,
    round: 1,
    phase,
    progress: { submitted: 6, expected: 6 },
    cells,
    recused: new Set(recused),
    rubricVersion: { version: 1, rubric, policies, referenceReading: null },
    protocol,
    analysis: { sight, figures, pending: null, secondLooks: looksOf(mode), people, ...scene.facts },
  });
  if (!view.visible) throw new Error(view.reason);
  return view;
}

describe("figures about persons", () => {
  it("are everybody's for the facilitator: by name on a named panel, by code and name on a pseudonymous one", () => {
    expect(see({ mode: "named", role: "facilitator", who: "m-cho" }).secondLooks).toMatchObject([
      { label: "Ada", isOwn: false, severity: 0.25 },
      { label: "Ben", isOwn: false, severity: 0.75 },
    ]);
    expect(see({ mode: "pseudonymous", role: "facilitator", who: "m-cho" }).secondLooks).toMatchObject([
      { label: "Reviewer 2 · Ada", severity: 0.25 },
      { label: "Reviewer 10 · Ben", severity: 0.75 },
    ]);
  });

  it("are marked as own for a facilitator who scores", () => {
    const { secondLooks } = see({ mode: "named", role: "facilitator", who: "m-ben" });
    expect(secondLooks.map(({ isOwn }) => isOwn)).toEqual([false, true]);
  });

  it.each([
    ["named", "Ada"],
    ["pseudonymous", "Reviewer 2"],
  ] as const)("are the own alone for a reviewer: %s", (mode, label) => {
    const view = see({ mode });
    expect(view.secondLooks).toMatchObject([{ label, isOwn: true, severity: 0.25 }]);
    // The facilitator does see the other's, of whom nothing is here.
    expect(JSON.stringify(see({ mode, role: "facilitator" }))).toContain("0.75");
    expect(JSON.stringify(view.secondLooks)).not.toMatch(/Ben|Reviewer 10|m-|0\.75/);
    expect(see({ mode, who: "m-new" }).secondLooks).toEqual([]);
  });

  it("on a pseudonymous panel never tell a reviewer the name behind the code, nor the codes by ids", () => {
    expect(JSON.stringify(see({ mode: "pseudonymous" }))).not.toMatch(/Ada|Ben/);
    // Labels of a pseudonymous panel are codes: one that is a member id belongs to nobody.
    const strayed = looksOf("named");
    expect(see({ mode: "pseudonymous", role: "facilitator", facts: { secondLooks: strayed } }).secondLooks).toEqual([]);
  });

  it.each(["named", "pseudonymous"] as const)("are nobody's for an observer, who sees all others: %s", (mode) => {
    expect(see({ mode, role: "observer", who: "m-obs" })).toMatchObject({ robustness: figures, secondLooks: [] });
  });

  it.each(["facilitator", "reviewer", "observer"] as const)("are nobody's on an anonymous panel: %s", (role) => {
    // Even if some were there.
    expect(see({ mode: "anonymous", role })).toMatchObject({ robustness: figures, secondLooks: [] });
  });
});

describe("figures over several cells", () => {
  it.each(["named", "pseudonymous", "anonymous"] as const)("are for every member from the reveal on: %s", (mode) => {
    for (const role of ["facilitator", "reviewer", "observer"] as const)
      for (const phase of ["discussion", "closed"] as const)
        expect(see({ mode, role, phase }).robustness).toEqual(figures);
  });

  it("are kept from somebody recused from an open cell, as is how far they are, and who is worth a look", () => {
    const pending = { figures: null, pending: { done: 1, of: 4 } };
    expect(see({ mode: "named" })).toMatchObject({ robustness: figures, secondLooks: [{ isOwn: true }] });
    expect(see({ mode: "named", recused: ["P1-I2"] })).toMatchObject({
      robustness: null,
      pending: null,
      secondLooks: [],
    });
    expect(see({ mode: "named", facts: pending }).pending).toEqual({ done: 1, of: 4 });
    expect(see({ mode: "named", facts: pending, recused: ["P1-I2"] }).pending).toBeNull();
  });

  it("are somebody's again who was recused from a cell that has closed", () => {
    expect(see({ mode: "named", phase: "closed", recused: ["P1-I2"], settledInRound: 1 })).toMatchObject({
      robustness: figures,
      secondLooks: [{ isOwn: true }],
    });
  });

  it("say how far they are while they are being computed", () => {
    const facts = { figures: null, pending: { done: 2, of: 4 }, secondLooks: [] };
    expect(see({ mode: "named", facts })).toMatchObject({
      robustness: null,
      pending: { done: 2, of: 4 },
      secondLooks: [],
    });
  });

  it("are nobody's whose sight of that round has no figures, though the cells of an earlier one are there", () => {
    const preset = presetOf.named;
    const protocol: Protocol = { preset, ...presets[preset].parameters, board: "reveal" };
    const sealed = sightOf({ role: "reviewer", review: "submitted" }, { phase: "scoring", round: 2, protocol });
    expect(see({ mode: "named", settledInRound: 1, facts: { sight: sealed } })).toMatchObject({
      visible: true,
      robustness: null,
      secondLooks: [],
    });
  });
});
