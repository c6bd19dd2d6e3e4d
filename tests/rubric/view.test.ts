import { describe, expect, test } from "vitest";
import { reconcile } from "#rubric/reconcile.ts";
import type { Score } from "#rubric/score.ts";
import {
  cutCell,
  showAudit,
  showBoard,
  showPanel,
  showRoster,
  showSheet,
  showSnapshot,
  showSnapshots,
} from "#rubric/view.ts";
import { showConsensus } from "#rubric/view-consensus.ts";
import type { RosterView, SheetView } from "#rubric/views.ts";
import { type RoundSeen, sightOf, type Viewer } from "#rubric/visibility.ts";
import { rubric } from "./board-cells.ts";
import { aMember, cell, idOf, openedAt, panelFacts, policy, protocolOf } from "./panel-facts.ts";

const scoring = { phase: "scoring", round: 1, protocol: protocolOf("staff-team") } as const;
const drafting = { role: "reviewer", review: "drafting" } as const;
const submitted = { role: "reviewer", review: "submitted" } as const;
const chair = { role: "facilitator", review: null } as const;
const sight = (viewer: Viewer, at: RoundSeen = scoring) => sightOf(viewer, at);

describe("a panel's members", () => {
  const seenBy = (role: "facilitator" | "reviewer", preset: "staff-team" | "rand-ucla") =>
    showPanel(aMember(role), panelFacts({ protocol: protocolOf(preset) })).members;

  test("are shown with address to facilitators, and with code where codes are used", () => {
    expect(seenBy("facilitator", "rand-ucla")).toEqual([
      { memberId: idOf(10), name: "Ada", role: "reviewer", group: "Law", email: "ada@example.org", code: "Reviewer 1" },
      { memberId: idOf(11), name: "Grace", role: "observer", group: null, email: "grace@example.org" },
    ]);
    expect(seenBy("facilitator", "staff-team")[0]).not.toHaveProperty("code");
  });

  test("are shown to others by name alone", () => {
    for (const preset of ["staff-team", "rand-ucla"] as const) {
      expect(seenBy("reviewer", preset)).toEqual([
        { memberId: idOf(10), name: "Ada", role: "reviewer", group: "Law" },
        { memberId: idOf(11), name: "Grace", role: "observer", group: null },
      ]);
    }
  });

  test("nothing else of the facts comes along", () => {
    const facts = { ...panelFacts(), secret: "of the panel" };
    const seen = showPanel(aMember("reviewer"), facts);
    expect(seen).toMatchObject({
      version: 7,
      rubric: { title: "Rubric", version: 1 },
      policies: [policy],
      scores: true,
    });
    expect(JSON.stringify(seen)).not.toContain("secret");
  });
});

describe("a sheet", () => {
  const score: Score = {
    ...cell,
    value: 2,
    nonScore: null,
    rationale: "My own words.",
    changeReason: null,
    version: 1,
    savedAt: openedAt,
  };
  const facts: SheetView = {
    round: 1,
    state: "drafting",
    submitted: false,
    submittedAt: null,
    reopenedReason: null,
    hasReceipt: true,
    points: { points: { I1: 70 }, version: 1, savedAt: openedAt, earlier: { round: 1, points: { I1: 50 } } },
    scope: [cell],
    scores: [score],
    earlier: [{ ...score, value: 1 }],
    incomplete: [{ ...cell, sentence: "No rationale yet." }],
    referenceReading: { title: "Reading", notice: "", cells: [] },
  };

  test("is its author's, with the reading of the rubric's authors once it is submitted", () => {
    expect(showSheet(sight(drafting), facts)).toEqual({ ...facts, referenceReading: null });
    expect(showSheet(sight(submitted), { ...facts, state: "submitted" })).toEqual({ ...facts, state: "submitted" });
  });

  test("of someone who does not score is empty", () => {
    const empty = { scores: [], earlier: [], incomplete: [] };
    expect(showSheet(sight(chair), facts)).toMatchObject(empty);
    expect(showSheet(sight(submitted), { ...facts, state: null })).toMatchObject(empty);
  });
});

describe("a roster", () => {
  const entry = { memberId: idOf(10), name: "Ada", submittedAt: null, complete: 3, cells: 8 };
  const facts: RosterView = {
    round: 1,
    entries: [
      { ...entry, state: "drafting" },
      { ...entry, memberId: idOf(11), state: "submitted", submittedAt: openedAt },
    ],
  };

  test("tells facilitators who has begun, and how far they are", () => {
    expect(showRoster(sight(chair), facts, true)).toEqual(facts);
  });

  test("tells colleagues only who has submitted", () => {
    expect(showRoster(sight(submitted), facts, false).entries).toEqual([
      { ...facts.entries[0], state: "not-started", complete: null },
      { ...facts.entries[1], complete: null },
    ]);
  });

  test("is empty for whoever may not see it", () => {
    expect(showRoster(sight(drafting), facts, false)).toEqual({ round: 1, entries: [] });
  });
});

describe("a board", () => {
  const tally = { counts: [0, 0, 1, 5, 3], cannotJudge: 0, abstain: 0, recused: 0, absent: 0, reviewers: 9 };
  const context = { rubric, protocol: scoring.protocol };
  const cells = ["I1", "I2"].map((criterionId) => reconcile({ policyId: "P1", criterionId }, tally, context));
  const progress = { submitted: 4, expected: 9 };
  const facts = { version: 7, round: 1, phase: "scoring", progress, computedAt: openedAt, cells } as const;

  test("opens with what its viewer is not recused from", () => {
    expect(showBoard(sight(submitted), { ...facts, recused: new Set(["P1-I2"]) })).toEqual({
      version: 7,
      round: 1,
      phase: "scoring",
      progress,
      visible: true,
      computedAt: openedAt,
      cells: cells.slice(0, 1).map(cutCell),
    });
  });

  test.each<[string, Viewer, RoundSeen]>([
    ["Sealed until you submit. You see how many have submitted: 4 of 9.", drafting, scoring],
    [
      "Sealed for now, and revealed to everyone when the facilitator opens the discussion. You see how many have submitted: 4 of 9.",
      { role: "observer", review: null },
      scoring,
    ],
    ["Round 1 has not opened yet.", chair, { ...scoring, phase: "draft", round: null }],
  ])("is closed with a sentence and no cell: %s", (reason, viewer, at) => {
    const shown = showBoard(sight(viewer, at), { ...facts, recused: new Set() });
    expect(shown).toEqual({ version: 7, round: 1, phase: "scoring", progress, visible: false, reason });
  });

  test("cannot be mistaken for the consensus, which stays closed until a round has closed", () => {
    const open = cells.map((one) => ({ ...one, settledInRound: null, before: null }));
    const consensus = {
      ...facts,
      cells: open,
      recused: new Set<string>(),
      rubricVersion: { version: 1, rubric, policies: [policy], referenceReading: null },
      protocol: scoring.protocol,
      analysis: null,
    };
    expect(showConsensus(aMember("reviewer"), sight(drafting), consensus)).toEqual({
      version: 7,
      round: 1,
      visible: false,
      reason: "Sealed until you submit. You see how many have submitted: 4 of 9.",
    });
    const settled = open.map((one) => ({ ...one, settledInRound: 1 }));
    expect(
      showConsensus(aMember("reviewer"), sight(drafting, { ...scoring, round: 2 }), { ...consensus, cells: settled }),
    ).toMatchObject({
      visible: true,
      parameters: { rule: "share", agreeShare: 0.7, opposedBelow: 0.15, minScores: 3, quantileType: 2 },
      cells: [{ criterionId: "I1", settledInRound: 1 }, { criterionId: "I2" }],
    });
  });
});

test("records are shown field by field", () => {
  const method = { id: "concord", version: "1" };
  const entry = { version: 1, round: 1, method, inputHash: "i", outputHash: "o", createdAt: openedAt };
  const stored = { ...entry, method: { ...method, secret: 1 }, input: { a: 1 }, output: { b: 2 }, secret: "key" };
  expect(showSnapshots([stored])).toEqual({ snapshots: [entry] });
  expect(showSnapshot(stored)).toEqual({ ...entry, input: { a: 1 }, output: { b: 2 } });
  const line = { seq: 1, line: "{}", leaf: "l", batch: 1 };
  const batch = { batch: 1, count: 1, head: "h" };
  expect(showAudit({ entries: [{ ...line, ...{ secret: 1 } }], batches: [{ ...batch, ...{ secret: 1 } }] })).toEqual({
    entries: [line],
    batches: [batch],
  });
});
