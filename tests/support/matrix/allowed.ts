import type { Phase, ReviewState } from "#rubric/round.ts";
import { type Sight, sightOf } from "#rubric/visibility.ts";
import type { Canary } from "./canaries.ts";
import type { Cast, Subject } from "./cast.ts";

/** Where a panel is, and who has done what, by the database. */
export interface Moment {
  readonly phase: Phase;
  readonly round: number | null;
  readonly minScores: number;
  readonly cast: Cast;
  readonly canaries: readonly Canary[];
  /** By what they do and the round. */
  readonly reviews: ReadonlyMap<string, ReviewState | null>;
}

/** A subject's sight of one round, by the table; `null` for whoever is in no panel. */
function sightIn(moment: Moment, subject: Subject, round: number): Sight | null {
  if (!subject.member) return null;
  const isCurrent = round === moment.round;
  const review = isCurrent ? (moment.reviews.get(`${subject.does} ${round}`) ?? null) : null;
  const phase = isCurrent ? moment.phase : "closed";
  return sightOf({ role: subject.member.role, review }, { phase, round, protocol: moment.cast.kind });
}

/** Whether the table lets somebody read a text of somebody else. */
export function mayRead(moment: Moment, subject: Subject, canary: Canary): boolean {
  const sight = sightIn(moment, subject, canary.round);
  if (sight === null || canary.is === "draft" || !counts(moment, canary)) return false;
  if (isRecusedFrom(moment, subject, canary)) return false;
  const isNamed = sight.rationales === "name" || sight.rationales === "name and code";
  if (canary.is === "recusal") return isNamed && subject.member?.role === "facilitator";
  if (isNamed) return true;
  return sight.rationales !== "-" && scoresIn(moment, canary) >= moment.minScores;
}

/** Whether files hold a text once its round is revealed: what all may read who may read any. */
export function isInFiles(moment: Moment, canary: Canary): boolean {
  const isLarge = scoresIn(moment, canary) >= moment.minScores;
  return canary.is === "reason" && (moment.cast.kind.identity === "named" || isLarge);
}

/** Whether the table lets somebody see the figures of the well-scored cell. */
export function maySeeFigures(moment: Moment, subject: Subject, round: number): boolean {
  const sight = sightIn(moment, subject, round);
  const cell = { cell: "P1-I1", round };
  return sight !== null && sight.figures !== "-" && !isRecusedFrom(moment, subject, cell);
}

function counts({ reviews }: Moment, { author, round }: Pick<Canary, "author" | "round">): boolean {
  return reviews.get(`${author} ${round}`) === "submitted";
}

function scoresIn(moment: Moment, { cell, round }: Canary): number {
  return moment.canaries.filter(
    (one) => one.cell === cell && one.round === round && one.hasScore && one.is !== "draft" && counts(moment, one),
  ).length;
}

/** Until the round is closed. */
function isRecusedFrom(moment: Moment, subject: Subject, { cell, round }: Pick<Canary, "cell" | "round">): boolean {
  if (round !== moment.round || moment.phase === "closed") return false;
  return subject.does === "recused" && cell === "P1-I1";
}
