import { findReview } from "#db/reviews.ts";
import type { ReviewState } from "#rubric/round.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { NonScore } from "#rubric/score.ts";
import { done } from "../panels.ts";
import type { World } from "../worlds/world.ts";
import type { Moment } from "./allowed.ts";
import { type Cast, cells, fillers, hardToJudge, subjectOf, takeStep, wellScored, withoutSeat } from "./cast.ts";

/** A text that only one person wrote, about one cell of one round. */
export interface Canary {
  readonly text: string;
  readonly author: string;
  readonly cell: string;
  readonly round: number;
  /** A draft that was never submitted, why somebody is recused, or any other reason given. */
  readonly is: "draft" | "recusal" | "reason";
  readonly hasScore: boolean;
}

/** Counts at the levels of the well-scored cell that no other cell and no other round has. */
const rarePatterns: Readonly<Record<number, Readonly<Record<5 | 9, readonly number[]>>>> = {
  1: { 5: [3, 0, 1, 0, 2], 9: [0, 3, 0, 0, 1, 0, 0, 2, 0] },
  2: { 5: [1, 0, 2, 2, 0], 9: [0, 1, 0, 2, 0, 2, 0, 0, 0] },
};
/** Who gives the scores of the pattern, lowest first. */
const scoring: Readonly<Record<number, readonly string[]>> = {
  1: ["submitted", "removed", ...fillers],
  2: ["submitted", ...fillers],
};

/** A cast whose panel has come somewhere, with what was written on the way. */
export interface Stand {
  readonly cast: Cast;
  readonly canaries: readonly Canary[];
}

interface Answer {
  readonly value?: number;
  readonly nonScore?: NonScore;
}

/** Round 1 opens; one drafts, some submit, one is asked again, and one is removed after submitting. */
export async function scoreRoundOne(world: World, cast: Cast): Promise<Stand> {
  await takeStep(cast, "scoring", { cells });
  const levels = valuesOf(cast, 1);
  const canaries = [
    await saves(cast, "drafting", { value: 1 }, { round: 1, cell: wellScored, is: "draft" }),
    await saves(cast, "scoring facilitator", { value: 1 }, { round: 1, cell: hardToJudge, is: "draft" }),
  ];
  for (const [place, author] of (scoring[1] ?? []).entries())
    canaries.push(...(await submits(cast, author, 1, [{ value: levels[place] ?? 0 }, hardAnswer(author)])));
  canaries.push(...(await submits(cast, "recused", 1, [{ nonScore: "recused" }, { nonScore: "cannot-judge" }])));
  const mayReopen = cast.kind.identity !== "anonymous";
  const reopened = await submits(cast, "reopened", 1, [{ nonScore: "cannot-judge" }, { nonScore: "abstain" }]);
  canaries.push(...reopened.map((canary) => (mayReopen ? { ...canary, is: "draft" as const } : canary)));
  if (mayReopen) await reopen(cast, "reopened");
  await remove(cast, "removed");
  await world.app.aggregation.drain();
  return { cast: withoutSeat(cast, "removed"), canaries };
}

/** Round 2 opens on the same cells, and those who scored submit again. */
export async function scoreRoundTwo(world: World, { cast, canaries }: Stand): Promise<Stand> {
  await takeStep(cast, "next-round", { cells });
  const levels = valuesOf(cast, 2);
  const added = [await saves(cast, "drafting", { value: 1 }, { round: 2, cell: wellScored, is: "draft" })];
  for (const [place, author] of (scoring[2] ?? []).entries())
    added.push(...(await submits(cast, author, 2, [{ value: levels[place] ?? 0 }, hardAnswer(author)])));
  await world.app.aggregation.drain();
  return { cast, canaries: [...canaries, ...added] };
}

/** The scores of a round's pattern, one for each author. */
function valuesOf(cast: Cast, round: number): number[] {
  const pattern = patternOf(cast, round);
  const lowest = pattern.length === 9 ? 1 : -2;
  return pattern.flatMap((count, level) => Array.from({ length: count }, () => lowest + level));
}

export function patternOf({ kind }: Pick<Cast, "kind">, round: number): readonly number[] {
  return rarePatterns[round]?.[kind.identity === "anonymous" ? 9 : 5] ?? [];
}

function hardAnswer(author: string): Answer {
  return author === "submitted" || author === "filler 1" ? { value: 1 } : { nonScore: "cannot-judge" };
}

async function submits(cast: Cast, author: string, round: number, answers: readonly Answer[]): Promise<Canary[]> {
  const canaries: Canary[] = [];
  for (const [place, cell] of cells.entries()) {
    const answer = answers[place] ?? {};
    const is = answer.nonScore === "recused" ? "recusal" : "reason";
    canaries.push(await saves(cast, author, answer, { round, cell, is }));
  }
  const { person } = subjectOf(cast, author);
  done(await person.call("POST", `/panels/${cast.panelId}/submission`, {}), 200);
  return canaries;
}

async function saves(
  cast: Cast,
  author: string,
  answer: Answer,
  of: { round: number; cell: (typeof cells)[number]; is: Canary["is"] },
): Promise<Canary> {
  const { person } = subjectOf(cast, author);
  const text = `canary of ${author} on ${cellKey(of.cell)} in round ${of.round}`;
  const path = `/panels/${cast.panelId}/scores/${of.cell.policyId}/${of.cell.criterionId}`;
  const superseded = { ...answer, rationale: `replaced ${text}`, version: 0 };
  done(await person.call("PUT", path, superseded), 200);
  done(await person.call("PUT", path, { ...answer, rationale: text, version: 1 }), 200);
  return { text, author, cell: cellKey(of.cell), round: of.round, is: of.is, hasScore: answer.value !== undefined };
}

async function reopen(cast: Cast, author: string): Promise<void> {
  const { memberId, person } = subjectOf(cast, author);
  const { panelId, facilitator } = cast;
  const body = { memberId, reason: "On request." };
  done(await facilitator.call("POST", `/panels/${panelId}/reopenings`, body), 204);
  // Takes a score back, so that the sheet is not complete.
  const path = `/panels/${panelId}/scores/${hardToJudge.policyId}/${hardToJudge.criterionId}`;
  done(await person.call("PUT", path, { rationale: "Let me think.", version: 2 }), 200);
}

async function remove(cast: Cast, does: string): Promise<void> {
  const { memberId } = subjectOf(cast, does);
  done(await cast.facilitator.call("DELETE", `/panels/${cast.panelId}/members/${memberId}`), 204);
}

/** Where a panel is now, by the database. */
export async function momentOf(world: World, { cast, canaries }: Stand): Promise<Moment> {
  const { phase, round, protocol } = done(await cast.facilitator.call("GET", `/panels/${cast.panelId}`), 200);
  const reviews = new Map<string, ReviewState | null>();
  for (const { does, memberId } of cast.people.values()) {
    if (memberId === null) continue;
    for (let past = 1; past <= (round ?? 0); past += 1) {
      const review = await findReview(world.app.database.pool, { panelId: cast.panelId, round: past, memberId });
      reviews.set(`${does} ${past}`, review?.state ?? null);
    }
  }
  return { phase, round, minScores: protocol.minScores, cast, canaries, reviews };
}
