import { describe, expect, test } from "vitest";
import { presets } from "#rubric/protocol.ts";
import { mayMove, mayScore, maySubmit, type Phase, type Step, scopeOf, steps, warningBefore } from "#rubric/round.ts";

const protocol = { preset: "staff-team" as const, ...presets["staff-team"].parameters };
const ready = { round: 1, protocol, policies: 4, criteria: 6, reviewers: 3 };
const phases: Phase[] = ["draft", "scoring", "discussion", "closed"];

describe("moving a panel", () => {
  test("phases only move forward, one step at a time", () => {
    const allowed = phases.flatMap((phase) =>
      steps.filter((step) => mayMove(step, { ...ready, phase }).allowed).map((step) => `${phase} -> ${step}`),
    );
    expect(allowed).toEqual([
      "draft -> scoring",
      "scoring -> discussion",
      "discussion -> closed",
      "closed -> next-round",
    ]);
  });

  test.each<[string, Partial<typeof ready>]>([
    ["Add at least one policy before opening round 1.", { policies: 0 }],
    ["Add at least one criterion before opening round 1.", { criteria: 0 }],
    ["Invite at least one reviewer before opening round 1.", { reviewers: 0 }],
  ])("%s", (sentence, missing) => {
    expect(mayMove("scoring", { ...ready, round: null as never, ...missing, phase: "draft" })).toEqual({
      allowed: false,
      sentence,
    });
  });

  test("no round beyond the protocol's last", () => {
    expect(mayMove("next-round", { ...ready, round: 2, phase: "closed" })).toEqual({
      allowed: false,
      sentence: "The protocol allows 2 rounds, and all have been held.",
    });
  });

  test.each<[Step, { submitted: number; expected: number }, boolean | undefined]>([
    ["scoring", { submitted: 0, expected: 2 }, false],
    ["scoring", { submitted: 0, expected: 3 }, undefined],
    ["discussion", { submitted: 1, expected: 3 }, true],
    ["discussion", { submitted: 2, expected: 4 }, undefined],
  ])("%s with %o submitted is a deviation: %s", (step, progress, isDeviation) => {
    expect(warningBefore(step, progress, 3)?.isDeviation).toBe(isDeviation);
  });
});

describe("scoring", () => {
  test.each(phases.filter((phase) => phase !== "scoring"))("phase %s refuses a score", (phase) => {
    expect(mayScore({ phase, review: "drafting", isInScope: true }).allowed).toBe(false);
  });

  test("a submitted review, a missing one and a cell out of scope refuse a score", () => {
    const open = { phase: "scoring", review: "drafting", isInScope: true } as const;
    expect(mayScore(open).allowed).toBe(true);
    expect(mayScore({ ...open, review: "submitted" }).allowed).toBe(false);
    expect(mayScore({ ...open, review: null }).allowed).toBe(false);
    expect(mayScore({ ...open, isInScope: false }).allowed).toBe(false);
  });
});

test("a review is submitted while its round is open, once", () => {
  expect(maySubmit({ phase: "scoring", review: "drafting" })).toEqual({ allowed: true });
  expect(maySubmit({ phase: "discussion", review: "drafting" }).allowed).toBe(false);
  expect(maySubmit({ phase: "scoring", review: "submitted" })).toEqual({
    allowed: false,
    sentence: "You have submitted this round. A facilitator can reopen it for you.",
  });
});

describe("the scope of a round", () => {
  const all = [
    { policyId: "P1", criterionId: "I1" },
    { policyId: "P1", criterionId: "I2" },
  ];
  const open = [{ policyId: "P1", criterionId: "I2" }];

  test("round 1 opens every cell", () => {
    expect(scopeOf({ all, open, protocol, round: 1 })).toEqual(all);
  });
  test("a later round opens what is not settled, or everything where the protocol says so", () => {
    expect(scopeOf({ all, open, protocol, round: 2 })).toEqual(open);
    expect(scopeOf({ all, open, protocol: { ...protocol, rescore: "all-cells" }, round: 2 })).toEqual(all);
    expect(scopeOf({ all, open: [], protocol, round: 2 })).toEqual(all);
  });
  test("the facilitator's choice goes first, in rubric order", () => {
    expect(scopeOf({ all, open, protocol, round: 1, asked: [...all].reverse() })).toEqual(all);
  });
});
