import { isAgreed } from "./figures.ts";
import {
  type Cell,
  cells,
  changeState,
  membersOf,
  newReview,
  type Panel,
  type Phase,
  type Round,
  roundOf,
  seatOf,
  type Who,
} from "./panel.ts";
import { done, type Ruling, refused } from "./ruling.ts";

/** The way of a panel from phase to phase: forward only, by a facilitator who knows where it stands. */

export interface Move {
  readonly kind: "move" | "move on stale knowledge";
  readonly by: Who;
  readonly to: string;
  /** The panel's version when it was looked at. */
  readonly expected: number;
  readonly scope: readonly string[] | null;
}

export const nextStep: Readonly<Record<Phase, string>> = {
  draft: "scoring",
  scoring: "discussion",
  discussion: "closed",
  closed: "next-round",
};

/** A colleague's submission, joining or post is no conflict; a change of set-up, round or phase is. */
export function move(panel: Panel, { by, to, expected, scope }: Move): Ruling {
  if (seatOf(panel, by)?.role !== "facilitator") return refused(403, "facilitators move");
  if (!Object.values(nextStep).includes(to)) return refused(422, "there is no such step");
  if (expected < panel.changedAt || expected > panel.version) return refused(409, "the panel has moved on");
  if (to !== nextStep[panel.phase]) return refused(409, "not from here");
  if (to === "scoring" && !someoneWillScore(panel)) return refused(409, "nobody will score");
  if (to === "next-round" && panel.rounds.length >= panel.terms.maxRounds) return refused(409, "the last round");
  const isOpening = to === "scoring" || to === "next-round";
  if (isOpening && scope?.some((cell) => !isCell(cell))) return refused(422, "no such cell");
  return done(200, (after) => {
    if (isOpening) open(after, scope);
    if (to === "discussion") reveal(after);
    if (to === "closed") changeState(after, "round-closed");
    after.phase = phaseAfter(to);
  });
}

function phaseAfter(to: string): Phase {
  return to === "discussion" || to === "closed" ? to : "scoring";
}

function someoneWillScore(panel: Panel): boolean {
  return scorers(panel).length > 0 || panel.invitations.some(({ scores, isUsed }) => scores && !isUsed);
}

function scorers(panel: Panel): Who[] {
  return membersOf(panel).filter((who) => seatOf(panel, who)?.scores);
}

function isCell(text: string): text is Cell {
  return cells.some((cell) => cell === text);
}

/** Every member who scores gets a sheet; a recusal carries into it. */
function open(panel: Panel, asked: readonly string[] | null): void {
  const round: Round = { scope: scopeOf(panel, asked), reviews: new Map() };
  for (const who of scorers(panel)) {
    const review = newReview();
    for (const cell of round.scope) {
      const last = panel.rounds.findLast((one) => one.reviews.get(who)?.sheet.has(cell));
      const entry = last?.reviews.get(who)?.sheet.get(cell);
      if (entry?.nonScore === "recused") review.sheet.set(cell, { ...entry, hasReason: false, version: 1 });
    }
    round.reviews.set(who, review);
  }
  panel.rounds.push(round);
  changeState(panel, "round-opened");
}

/** What was asked for; else all cells or, by protocol, those that no closed round has settled. */
function scopeOf(panel: Panel, asked: readonly string[] | null): Cell[] {
  if (asked) return cells.filter((cell) => asked.includes(cell));
  if (panel.rounds.length === 0 || panel.terms.rescore === "all-cells") return [...cells];
  const open = cells.filter((cell) => {
    const last = panel.rounds.findLast(({ scope }) => scope.includes(cell));
    return last !== undefined && !isAgreed(panel.terms, last, cell);
  });
  return open.length > 0 ? open : [...cells];
}

/** Whoever has not submitted is absent; with fewer than half, the step departs from the protocol and is logged so. */
function reveal(panel: Panel): void {
  const reviews = [...(roundOf(panel)?.reviews.values() ?? [])];
  const submitted = reviews.filter(({ state }) => state === "submitted").length;
  for (const review of reviews) if (review.state === "drafting") review.state = "absent";
  changeState(panel, "round-revealed");
  const deviations = 2 * submitted < reviews.length ? 1 : 0;
  addLines(panel, "deviation", deviations);
  // By person where people have names or codes, all in one line where they have none.
  if (panel.terms.identity === "anonymous") addLines(panel, "round-committed", Math.min(1, submitted));
  else addLines(panel, "review-committed", submitted);
}

function addLines(panel: Panel, act: string, count: number): void {
  if (count > 0) panel.lines.set(act, (panel.lines.get(act) ?? 0) + count);
}
