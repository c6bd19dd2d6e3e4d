import type { Answer } from "#rubric/bundle-answers.ts";
import type { Member, Role } from "#rubric/member.ts";
import { type Preset, type Protocol, presets } from "#rubric/protocol.ts";
import type { PanelFacts } from "#rubric/view.ts";
import { rubric } from "./board-cells.ts";

/** Facts of one panel as the server would load them, for tests of what the projector lets through. */

export const policy = { id: "P1", title: "A policy", description: "What it does." };
export const cell = { policyId: "P1", criterionId: "I1" };
export const openedAt = "2026-11-23T10:00:00.000Z";

export function protocolOf(preset: Preset, overrides: Partial<Protocol> = {}): Protocol {
  return { preset, ...presets[preset].parameters, ...overrides };
}

export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

export function aMember(role: Role, scores = role === "reviewer"): Member {
  return { panelId: idOf(1), memberId: idOf(10), userId: idOf(20), name: "Ada", role, scores };
}

export function panelFacts(parts: Partial<PanelFacts> = {}): PanelFacts {
  return {
    panelId: idOf(1),
    title: "A panel",
    question: "Which?",
    synthetic: false,
    version: 7,
    round: 1,
    phase: "scoring",
    scope: [cell],
    progress: { submitted: 1, expected: 2 },
    rubricVersion: { version: 1, rubric, policies: [policy], referenceReading: null },
    protocol: protocolOf("staff-team"),
    members: [
      { memberId: idOf(10), name: "Ada", role: "reviewer", group: "Law", email: "ada@example.org", code: "Reviewer 1" },
      { memberId: idOf(11), name: "Grace", role: "observer", group: null, email: "grace@example.org", code: null },
    ],
    rounds: [{ round: 1, rubricVersion: 1, openedAt, revealedAt: null, closedAt: null }],
    ...parts,
  };
}

/** Somebody's answer to P1-I1; the number is the member, and gives the code. */
export function anAnswer(number: number, parts: Partial<Answer> = {}): Answer {
  return {
    ...cell,
    memberId: idOf(number),
    code: `Reviewer ${number}`,
    value: 1,
    nonScore: null,
    rationale: `Text ${number}.`,
    changeReason: null,
    afterSight: false,
    version: 2,
    submittedAt: openedAt,
    ...parts,
  };
}
