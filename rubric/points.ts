import { z } from "zod";
import type { Protocol } from "./protocol.ts";
import { mayScore, type Phase, type ReviewState } from "./round.ts";
import type { Criterion } from "./rubric.ts";
import { type Ruling, refused } from "./ruling.ts";
import { seenVersion } from "./score.ts";
import { shortId } from "./text.ts";

/**
 * One reviewer's swing points by criterion id, whole numbers from 0 to 100: how much a swing from the worst level to the
 * best one matters on this criterion, by custom beside 100 for the one that matters most. What is left out was not given.
 */
export type Points = Readonly<Record<string, number>>;

const wholePoints = "Use a whole number from 0 to 100.";
export const pointSchema = z.int(wholePoints).min(0, wholePoints).max(100, wholePoints);

export const pointsInput = z.strictObject({
  points: z.record(shortId, pointSchema.nullable()).transform(given),
  version: seenVersion,
});

/** An anonymous panel does not ask: a row of points would be one person's row, and no function of a cell's counts. */
export function asksForPoints(protocol: Pick<Protocol, "identity">): boolean {
  return protocol.identity !== "anonymous";
}

export const notAsked =
  "An anonymous panel does not ask how much each criterion matters: one person's points would be one person's row.";

/** May this review's author still give points in this round? They are part of the sheet, and lock with it. */
export function mayGivePoints(at: {
  phase: Phase;
  review: ReviewState | null;
  protocol: Pick<Protocol, "identity">;
}): Ruling {
  if (!asksForPoints(at.protocol)) return refused(notAsked);
  if (at.phase !== "scoring")
    return refused("This round is not open for scoring. Your points were not saved: copy them if you need them.");
  return mayScore({ ...at, isInScope: true });
}

/** The criteria in a row of points that the rubric does not have. */
export function unknownCriteria(points: Points, criteria: readonly Pick<Criterion, "id">[]): string[] {
  const known = new Set(criteria.map(({ id }) => id));
  return Object.keys(points).filter((id) => !known.has(id));
}

function given(points: Readonly<Record<string, number | null>>): Points {
  return Object.fromEntries(Object.entries(points).filter((entry): entry is [string, number] => entry[1] !== null));
}
