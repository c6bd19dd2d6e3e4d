/**
 * What a panel is, as far as its rules go: a plain value that the rules beside this file read and change. Nothing here
 * comes from the product. It is said a second time, from the rules alone, so that the two can be held against each other.
 */

/** Everybody there is: a facilitator, reviewers, an observer, newcomers who may be invited, and one who never is. */
export const cast = ["fay", "r1", "r2", "r3", "r4", "r5", "obs", "new1", "new2", "new3", "out"] as const;
export type Who = (typeof cast)[number];

export type Role = "facilitator" | "reviewer" | "observer";
export type NonScore = "cannot-judge" | "abstain" | "recused";

/** Two policies by two criteria, in the order of the rubric. */
export const cells = ["P1/C1", "P1/C2", "P2/C1", "P2/C2"] as const;
export type Cell = (typeof cells)[number];
export const levels = [-2, -1, 0, 1, 2];

/** The parameters of a preset that the rules of phases and sight turn on. */
export interface Terms {
  readonly preset: "staff-team" | "rand-ucla" | "delphi";
  readonly identity: "named" | "pseudonymous" | "anonymous";
  readonly board: "live" | "reveal";
  /** Whether a facilitator who does not score follows the scores as they come. */
  readonly chairSees: boolean;
  readonly maxRounds: number;
  readonly minScores: number;
  /** What makes a cell agreed, in hundredths; `null` where the model leaves the verdict to the published tables. */
  readonly share: { readonly agree: number; readonly opposedBelow: number | null } | null;
  /** Whether a next round opens every cell, or those that are not agreed. */
  readonly rescore: "all-cells" | "open-cells";
  readonly mustGiveReason: boolean;
}

export interface Seat {
  readonly role: Role;
  readonly scores: boolean;
  hasLeft: boolean;
}

interface Invitation {
  readonly role: Role;
  readonly scores: boolean;
  isUsed: boolean;
}

/** What somebody wrote to one cell. */
export interface Entry {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
  readonly hasReason: boolean;
  readonly version: number;
}

/** Somebody's saving of one cell, as it was sent. */
export interface Save {
  readonly kind: "save a score" | "save a non-score" | "take a score back" | "use a key again";
  readonly by: Who;
  readonly cell: string;
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
  readonly hasReason: boolean;
  /** The version last seen. */
  readonly seen: number;
  readonly key?: string;
}

/** One reviewer in one round. */
export interface Review {
  state: "drafting" | "submitted" | "absent";
  /** Counts the submissions: a second one after a reopening is another. */
  submission: number;
  /** The board had been open to this reviewer when the submission was reopened. */
  hadBoard: boolean;
  readonly sheet: Map<Cell, Entry>;
  /** The cells that were submitted under the mark "after sight". */
  readonly afterSight: Set<Cell>;
  points: { readonly row: Readonly<Record<string, number>>; readonly version: number };
}

export interface Round {
  readonly scope: readonly Cell[];
  readonly reviews: Map<Who, Review>;
}

export type Phase = "draft" | "scoring" | "discussion" | "closed";

export interface Panel {
  terms: Terms;
  title: string;
  phase: Phase;
  /** Counts the acts that all members may know of. */
  version: number;
  /** The version that set-up, round or phase last changed with. */
  changedAt: number;
  readonly seats: Map<Who, Seat>;
  readonly invitations: Invitation[];
  /** The last is the current one. */
  readonly rounds: Round[];
  /** How many lines of each act the audit chain holds. */
  readonly lines: Map<string, number>;
  /** What was done under each idempotency key. */
  readonly keys: Map<string, Save>;
}

/** A panel in draft with nobody in it but its facilitator. */
export function newPanel(terms: Terms): Panel {
  return {
    terms,
    title: "A panel of the model",
    phase: "draft",
    version: 1,
    changedAt: 1,
    seats: new Map([["fay", { role: "facilitator", scores: false, hasLeft: false }]]),
    invitations: [],
    rounds: [],
    lines: new Map([
      ["panel-created", 1],
      ["member-joined", 1],
    ]),
    keys: new Map(),
  };
}

/** The seat of somebody who is in the panel now. */
export function seatOf(panel: Panel, who: Who): Seat | null {
  const seat = panel.seats.get(who);
  return seat && !seat.hasLeft ? seat : null;
}

export function membersOf(panel: Panel): Who[] {
  return [...panel.seats.keys()].filter((who) => seatOf(panel, who) !== null);
}

export function roundOf(panel: Panel): Round | null {
  return panel.rounds.at(-1) ?? null;
}

export function closedRounds(panel: Panel): Round[] {
  return panel.phase === "closed" ? panel.rounds : panel.rounds.slice(0, -1);
}

/** Somebody's review in the current round; `null` for whoever does not score in it. */
export function reviewOf(panel: Panel, who: Who): Review | null {
  return roundOf(panel)?.reviews.get(who) ?? null;
}

export function newReview(): Review {
  return {
    state: "drafting",
    submission: 0,
    hadBoard: false,
    sheet: new Map(),
    afterSight: new Set(),
    points: { row: {}, version: 0 },
  };
}

export function isAnswered(entry: Entry | undefined): boolean {
  return entry !== undefined && (entry.value !== null || entry.nonScore !== null);
}

/** An act that every member may know of: one more version, and its lines in the chain. */
export function announce(panel: Panel, ...acts: string[]): void {
  panel.version += 1;
  for (const act of acts) panel.lines.set(act, (panel.lines.get(act) ?? 0) + 1);
}

/** An act after which a step decided on before it is refused. */
export function changeState(panel: Panel, ...acts: string[]): void {
  announce(panel, ...acts);
  panel.changedAt = panel.version;
}
