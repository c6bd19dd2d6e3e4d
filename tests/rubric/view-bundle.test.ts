import { describe, expect, test } from "vitest";
import { bundleSchema, snapshotInputSchema } from "#rubric/bundle-schema.ts";
import { canonical } from "#rubric/canonical.ts";
import type { Preset } from "#rubric/protocol.ts";
import type { Phase, ReviewState } from "#rubric/round.ts";
import { auditFor, type BundleFacts, cutAnswers, showBundle, sightOfRound } from "#rubric/view-bundle.ts";
import { sightOf } from "#rubric/visibility.ts";
import { rubric } from "./board-cells.ts";
import { aMember, cell, idOf, openedAt, panelFacts, policy, protocolOf } from "./panel-facts.ts";

const hash = "0".repeat(63);
const referenceReading = { title: "Reading", notice: "", cells: [] };
const score = {
  ...cell,
  memberId: idOf(10),
  value: 1,
  nonScore: null,
  rationale: "Text.",
  changeReason: null,
  afterSight: false,
  version: 2,
  submittedAt: openedAt,
};
const histogram = {
  ...cell,
  n: 5,
  counts: [0, 0, 0, 5, 0],
  nonScores: { cannotJudge: 0, abstain: 0, recused: 0, absent: 0 },
  rationales: [{ value: 1, nonScore: null, rationale: "Bare." }],
};
const opening = { ...cell, who: idOf(10), key: `${hash}7` };
const cellKey = { ...cell, key: `${hash}8` };
const roster = {
  round: 2,
  entries: [{ memberId: idOf(10), name: "Ada", state: "drafting" as const, submittedAt: null, complete: 1, cells: 1 }],
};

interface Stand {
  readonly preset?: Preset;
  readonly phase?: Phase;
  readonly review?: ReviewState | null;
}

/** A panel in its second round, with the answers of both rounds loaded, as a careless query would. */
function factsOf({ preset = "staff-team", phase = "scoring", review = "drafting" }: Stand): BundleFacts & {
  review: ReviewState | null;
} {
  const rounds = [1, 2].map((round) => ({
    round,
    rubricVersion: 1,
    openedAt,
    revealedAt: round === 1 || phase !== "scoring" ? openedAt : null,
    closedAt: round === 1 || phase === "closed" ? openedAt : null,
  }));
  return {
    exportedAt: openedAt,
    panel: panelFacts({ phase, round: 2, rounds, protocol: protocolOf(preset) }),
    protocolHash: `${hash}1`,
    rubrics: [{ version: 1, rubric, policies: [policy], rubricHash: `${hash}2`, referenceReading }],
    rounds: rounds.map((round) => ({ ...round, scope: [{ ...cell, ...{ secret: "of the scope" } }] })),
    answers: [1, 2].map((round) => ({
      round,
      scores: [{ ...score, round }],
      histograms: [{ ...histogram, round }],
      openings: [{ ...opening, round }],
      cellKeys: [{ ...cellKey, round }],
    })),
    points: [1, 2].map((round) => ({ round, memberId: idOf(10), points: { I1: 70 } })),
    snapshots: [1, 2].map((round) => ({
      version: round,
      round,
      method: { id: "concord", version: "1" },
      inputHash: `${hash}3`,
      outputHash: `${hash}4`,
      createdAt: openedAt,
      input: {},
      output: {},
    })),
    audit: {
      entries: [{ seq: 1, line: canonical({ act: "panel-created", at: openedAt }), leaf: `${hash}5`, batch: 1 }],
      batches: [{ batch: 1, count: 1, head: `${hash}6` }],
    },
    roster,
    ownSheet: { round: 2, memberId: idOf(10), state: "drafting", scores: [] },
    recused: new Set(),
    review,
  };
}

const bundleFor = (role: "reviewer" | "facilitator" | "observer", facts = factsOf({})) =>
  showBundle(aMember(role), facts, (value) => `${hash}${canonical(value).length % 10}`);
const roundsOf = (list: readonly { round: number }[]) => list.map(({ round }) => round);

describe("a bundle", () => {
  test("is what its own schema reads, with the hash of everything else", () => {
    const { contentHash, ...content } = bundleFor("reviewer");
    expect(bundleSchema.parse({ ...content, contentHash })).toEqual({ ...content, contentHash });
    expect(contentHash).toBe(`${hash}${canonical(content).length % 10}`);
    expect(content).toMatchObject({
      format: "concord-bundle/1",
      panel: { title: "A panel", round: 2, phase: "scoring", version: 7 },
      method: { id: "concord", version: "2" },
      rounds: [
        { round: 1, scope: [cell] },
        { round: 2, scope: [cell] },
      ],
      audit: { entries: [{ seq: 1 }], batches: [{ batch: 1 }] },
    });
    expect(JSON.stringify(content)).not.toContain("secret");
  });

  test("holds of a round that is scoring nobody's answers, and one's own sheet", () => {
    const seen = bundleFor("reviewer");
    expect([roundsOf(seen.scores), roundsOf(seen.histograms), roundsOf(seen.snapshots)]).toEqual([[1], [1], [1]]);
    expect(seen.ownSheet).toEqual({ round: 2, memberId: idOf(10), state: "drafting", scores: [] });
    expect(seen.rubrics[0]).toHaveProperty("referenceReading");
    expect(bundleFor("observer", { ...factsOf({ review: null }) })).not.toHaveProperty("ownSheet");
    expect(bundleFor("reviewer", { ...factsOf({}), ownSheet: null })).not.toHaveProperty("ownSheet");
    expect(bundleFor("reviewer", factsOf({ phase: "closed" }))).not.toHaveProperty("ownSheet");
  });

  test("holds both rounds from the reveal on, less the open cells its reader is recused from", () => {
    const open = factsOf({ phase: "discussion", review: "submitted" });
    expect(roundsOf(bundleFor("reviewer", open).scores)).toEqual([1, 2]);
    const recused = bundleFor("reviewer", { ...open, recused: new Set(["P1-I1"]) });
    expect([roundsOf(recused.scores), roundsOf(recused.histograms)]).toEqual([[1], [1]]);
    const closed = bundleFor("reviewer", { ...factsOf({ phase: "closed" }), recused: new Set(["P1-I1"]) });
    expect([roundsOf(closed.scores), roundsOf(closed.snapshots)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test("holds no one's row of an anonymous panel, and its bare texts for reviewers only", () => {
    const facts = factsOf({ preset: "delphi", phase: "closed" });
    expect(bundleFor("reviewer", facts)).toMatchObject({ scores: [], histograms: [histogram, histogram] });
    expect(bundleFor("observer", facts).histograms.map(({ rationales }) => rationales)).toEqual([null, null]);
  });

  test("holds the roster for facilitators, who know who is at work, and for nobody else", () => {
    const facts = factsOf({ review: null });
    expect(bundleFor("facilitator", facts).roster).toEqual(roster);
    expect(bundleFor("facilitator", { ...facts, roster: null })).not.toHaveProperty("roster");
    expect(bundleFor("facilitator", factsOf({ preset: "delphi", review: null }))).not.toHaveProperty("roster");
    expect(bundleFor("reviewer", factsOf({ review: "submitted" }))).not.toHaveProperty("roster");
  });

  test("holds the reading of the rubric's authors once its reader may know it", () => {
    const first = (review: ReviewState) => {
      const facts = factsOf({ review });
      return bundleFor("reviewer", { ...facts, panel: { ...facts.panel, round: 1 } }).rubrics[0];
    };
    expect(first("submitted")).toHaveProperty("referenceReading", referenceReading);
    expect(first("drafting")).not.toHaveProperty("referenceReading");
    const none = factsOf({});
    const without = none.rubrics.map((one) => ({ ...one, referenceReading: null }));
    expect(bundleFor("reviewer", { ...none, rubrics: without }).rubrics[0]).not.toHaveProperty("referenceReading");
  });
});

describe("what a bundle's reader sees of one round", () => {
  const at = { phase: "scoring", round: 2, review: "submitted", protocol: protocolOf("staff-team") } as const;

  test("is that of a closed one for the rounds before, and nothing of a round that is scoring", () => {
    expect(sightOfRound(aMember("reviewer"), 1, at)).toMatchObject({ scores: "name", figures: "full^" });
    expect(sightOfRound(aMember("reviewer"), 2, at)).toBeNull();
    expect(sightOfRound(aMember("reviewer"), 2, { ...at, phase: "discussion" })).toMatchObject({ scores: "name" });
  });
});

test("answers are cut by the table, scores and figures each by their own line", () => {
  const at = { phase: "closed", round: 1, protocol: protocolOf("staff-team") } as const;
  const sight = sightOf({ role: "reviewer", review: null }, at);
  const answers = {
    scores: [{ ...score, round: 1 }],
    histograms: [{ ...histogram, round: 1 }],
    openings: [{ ...opening, round: 1 }],
    cellKeys: [{ ...cellKey, round: 1 }],
  };
  expect(cutAnswers(sight, answers)).toEqual(answers);
  expect(cutAnswers({ ...sight, scores: "-" }, answers)).toEqual({ ...answers, scores: [], openings: [] });
  expect(cutAnswers({ ...sight, figures: "-" }, answers)).toEqual({ ...answers, histograms: [] });
  expect(cutAnswers({ ...sight, rationales: "-" }, answers)).toEqual({
    ...answers,
    histograms: [{ ...histogram, round: 1, rationales: null }],
    cellKeys: [],
  });
});

test("a bundle holds the audit chain only where the table gives it whole", () => {
  const { audit } = factsOf({});
  const sight = sightOf(
    { role: "observer", review: null },
    { phase: "draft", round: null, protocol: protocolOf("delphi") },
  );
  expect(auditFor(sight, audit)).toEqual(audit);
  expect(auditFor({ ...sight, audit: "-" }, audit)).toEqual({ entries: [], batches: [] });
});

describe("a bundle that is read", () => {
  test("is refused with the place of each fault", () => {
    const bundle = bundleFor("reviewer");
    const { error } = bundleSchema.safeParse({
      ...bundle,
      contentHash: "A",
      exportedAt: "yesterday",
      colour: "red",
      panel: { ...bundle.panel, round: 0 },
    });
    expect(error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
      "exportedAt: is not a time in UTC with milliseconds",
      expect.stringMatching(/^panel\.round: /),
      "contentHash: is not a SHA-256 in lower-case hex",
      expect.stringContaining("colour"),
    ]);
  });

  test("carries snapshot inputs of one format", () => {
    const input = {
      format: "concord-snapshot-input/1",
      round: 1,
      rubricVersion: 1,
      rubricHash: `${hash}1`,
      protocolHash: `${hash}2`,
      cells: [{ ...cell, reviewers: 5, n: 5, counts: null, nonScores: histogram.nonScores }],
      answersHash: `${hash}3`,
    };
    expect(snapshotInputSchema.parse(input)).toEqual(input);
    expect(snapshotInputSchema.safeParse({ ...input, cells: [{ ...cell, n: -1 }] }).success).toBe(false);
  });
});
