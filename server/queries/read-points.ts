import type { Db } from "#db/open.ts";
import { findEarlierPoints, findPoints } from "#db/points.ts";
import type { Member } from "#rubric/member.ts";
import { asksForPoints, notAsked } from "#rubric/points.ts";
import { showPoints } from "#rubric/view.ts";
import type { OwnPoints, PointsView, Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";
import { Refusal } from "../refusal.ts";
import { type Place, readPlace } from "./place.ts";

/**
 * A reviewer's own swing points of the current round, and those of the round before it.
 * @throws Refusal 403 in a panel that does not ask for them
 */
export async function readPoints(app: Application, member: Member): Promise<Shown<PointsView>> {
  return app.database.read(async (db) => {
    const place = await readPlace(db, member);
    const { panel, review, sight } = place;
    if (!asksForPoints(panel.protocol)) throw new Refusal(403, notAsked);
    const own = await readOwnPoints(db, member, place);
    return showPoints(sight, { round: panel.round, submitted: review?.state === "submitted", own });
  });
}

/** `null` where the panel does not ask, or the member does not score in this round. */
export async function readOwnPoints(db: Db, member: Member, { panel, review }: Place): Promise<OwnPoints | null> {
  const { panelId, round, protocol } = panel;
  if (round === null || review === null || !asksForPoints(protocol)) return null;
  const sheet = { panelId, round, memberId: member.memberId };
  const [own, earlier] = await Promise.all([findPoints(db, sheet), findEarlierPoints(db, sheet)]);
  return { points: own?.points ?? {}, version: own?.version ?? 0, savedAt: own?.savedAt ?? null, earlier };
}
