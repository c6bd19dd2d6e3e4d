import { z } from "zod";
import type { Protocol } from "./protocol.ts";
import type { CellId } from "./rubric.ts";
import { allowed, type Ruling, refused } from "./ruling.ts";
import { longText, shortId } from "./text.ts";

export type Phase = "draft" | "scoring" | "discussion" | "closed";
export const steps = ["scoring", "discussion", "closed", "next-round"] as const;
export type Step = (typeof steps)[number];
/** `absent` is set by Concord at the reveal for a reviewer without submission. */
export type ReviewState = "drafting" | "submitted" | "absent";

export const transitionInput = z.strictObject({
  to: z.enum(steps, "Choose scoring, discussion, closed or next-round."),
  expectedVersion: z.int().min(0),
  reason: longText(1000).optional(),
  cells: z
    .array(z.strictObject({ policyId: shortId, criterionId: shortId }))
    .min(1)
    .max(8000)
    .optional(),
});

export type Transition = z.infer<typeof transitionInput>;

/** Where a panel stands, as far as moving it is concerned. */
export interface Standpoint {
  readonly phase: Phase;
  readonly round: number | null;
  readonly protocol: Protocol;
  readonly policies: number;
  readonly criteria: number;
  /** Members who score, and open invitations to people who will. */
  readonly reviewers: number;
}

const from: Record<Step, Phase> = {
  scoring: "draft",
  discussion: "scoring",
  closed: "discussion",
  "next-round": "closed",
};

/** May the panel take this step now? No other steps exist; phases only move forward. */
export function mayMove(step: Step, at: Standpoint): Ruling {
  if (at.phase !== from[step]) return refused(`The panel is in phase ${at.phase}; from here ${nextStepIn(at.phase)}.`);
  if (step === "scoring") return mayOpen(at);
  if (step === "next-round" && at.round !== null && at.round >= at.protocol.maxRounds) {
    return refused(`The protocol allows ${at.protocol.maxRounds} rounds, and all have been held.`);
  }
  return allowed;
}

function nextStepIn(phase: Phase): string {
  switch (phase) {
    case "draft":
      return "the next step is scoring";
    case "scoring":
      return "the next step is discussion";
    case "discussion":
      return "the next step is closed";
    case "closed":
      return "the next step is next-round";
  }
}

function mayOpen(at: Standpoint): Ruling {
  if (at.policies === 0) return refused("Add at least one policy before opening round 1.");
  if (at.criteria === 0) return refused("Add at least one criterion before opening round 1.");
  if (at.reviewers === 0) return refused("Invite at least one reviewer before opening round 1.");
  return allowed;
}

/** Sentences a facilitator reads before a step that is allowed but thin; logged as a deviation where `isDeviation`. */
export function warningBefore(
  step: Step,
  progress: { submitted: number; expected: number },
  minScores: number,
): { sentence: string; isDeviation: boolean } | null {
  if (step === "scoring" && progress.expected < minScores) {
    return {
      isDeviation: false,
      sentence: `Figures are shown from ${minScores} scores, and ${progress.expected} will score so far.`,
    };
  }
  if (step === "discussion" && 2 * progress.submitted < progress.expected) {
    return {
      isDeviation: true,
      sentence: `Fewer than half have submitted: ${progress.submitted} of ${progress.expected}.`,
    };
  }
  return null;
}

/** May this review's author still write in this round? `isInScope` is for the one cell being written. */
export function mayScore(at: { phase: Phase; review: ReviewState | null; isInScope: boolean }): Ruling {
  if (at.phase !== "scoring")
    return refused("This round is not open for scoring. Your text was not saved: copy it if you need it.");
  if (at.review === null) return refused("You do not score in this round.");
  if (at.review !== "drafting") return refused("You have submitted this round. A facilitator can reopen it for you.");
  if (!at.isInScope) return refused("This cell is not open in this round.");
  return allowed;
}

/** May this review be submitted? */
export function maySubmit(at: { phase: Phase; review: ReviewState | null }): Ruling {
  return mayScore({ ...at, isInScope: true });
}

/** The cells a new round opens: those asked for, else all, else (from round 2, by protocol) those not yet settled. */
export function scopeOf(options: {
  all: readonly CellId[];
  open: readonly CellId[];
  protocol: Protocol;
  round: number;
  asked?: readonly CellId[] | undefined;
}): CellId[] {
  if (options.asked) {
    const asked = new Set(options.asked.map(key));
    return options.all.filter((cell) => asked.has(key(cell)));
  }
  const takesOpen = options.round > 1 && options.protocol.rescore === "open-cells" && options.open.length > 0;
  return takesOpen ? [...options.open] : [...options.all];
}

function key(cell: CellId): string {
  return `${cell.policyId}\u0000${cell.criterionId}`;
}
