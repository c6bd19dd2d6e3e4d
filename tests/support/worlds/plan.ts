import type { Role } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import type { CellId } from "#rubric/rubric.ts";
import type { ChangeReason, NonScore } from "#rubric/score.ts";

/** What happens in a panel, as data. A part is played by a person; who plays which is part of the plan. */
export interface Plan {
  readonly seed: string;
  readonly protocol: Protocol;
  readonly parts: Readonly<Record<Part, Seat>>;
  /** The person behind each part. */
  readonly names: Readonly<Record<Part, string>>;
  readonly viewer: Viewer;
  readonly rounds: readonly RoundPlan[];
  /** Where the last round is when the story ends. */
  readonly end: "scoring" | "discussion" | "closed";
}

export type Part = string;
/** A part, or somebody who is in no panel. */
export type Viewer = Part | "outsider" | "administrator";

export interface Seat {
  readonly role: Role;
  readonly scores: boolean;
  /** Joins while round 1 is scoring. */
  readonly isLate: boolean;
}

export interface RoundPlan {
  readonly cells: readonly CellId[];
  /** What everybody may know of, in its order, between the opening and the reveal. */
  readonly acts: readonly Act[];
  /** What each author does, which is hidden. */
  readonly conduct: Readonly<Record<Part, Conduct>>;
}

export interface Act {
  readonly does: "submit" | "reopen" | "join" | "remove";
  readonly who: Part;
}

export interface Conduct {
  /** Drafts that a later save replaces, or that are never submitted. */
  readonly drafts: readonly Draft[];
  /** What is submitted, and what is submitted after a reopening: one for each submission. */
  readonly sheets: readonly Sheet[];
}

export interface Draft {
  /** Before which act of the round it is saved, from 0; after the last act, their number. */
  readonly before: number;
  /** Minutes before that act, 1 to 9. */
  readonly minutes: number;
  readonly cell: CellId;
  readonly answer: Answer;
}

/** An answer to each cell of the round, in its order. */
export type Sheet = readonly Answer[];

export interface Answer {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
  readonly changeReason: ChangeReason | null;
}

/** The parts that give scores. */
export function authorsOf(plan: Pick<Plan, "parts">): Part[] {
  return Object.keys(plan.parts).filter((part) => plan.parts[part]?.scores);
}

/** What an author gave in the end, if anything: the newest sheet, unless a reopening took it back. */
export function countedSheet({ acts, conduct }: RoundPlan, author: Part): Sheet | null {
  const own = acts.filter(({ who }) => who === author);
  const last = own.filter(({ does }) => does === "submit" || does === "reopen").at(-1);
  if (last?.does !== "submit") return null;
  return conduct[author]?.sheets[own.filter(({ does }) => does === "submit").length - 1] ?? null;
}
