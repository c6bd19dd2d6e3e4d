import type { Db } from "#db/open.ts";
import { findReceipt } from "#db/receipts.ts";
import type { ReviewRow } from "#db/reviews.ts";
import { readScope } from "#db/rounds.ts";
import { readRubric } from "#db/rubrics.ts";
import { readEarlierScores, readSheet as readScores } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { incompleteIn } from "#rubric/sheet.ts";
import { showSheet } from "#rubric/view.ts";
import type { SheetView, Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";
import { readPlace } from "./place.ts";
import { readOwnPoints } from "./read-points.ts";

/** A reviewer's own scores of the current round, and of the round before it. */
export async function readSheet(app: Application, member: Member): Promise<Shown<SheetView>> {
  return app.database.read(async (db) => {
    const place = await readPlace(db, member);
    const { panel, review, sight } = place;
    const { panelId, round, protocol } = panel;
    const scope = round === null ? [] : await readScope(db, panelId, round);
    const own = await readOwnScores(db, { panelId, round, memberId: member.memberId }, review);
    const seesReading = sight.referenceReading === "full";
    const { referenceReading } = await readRubric(db, panelId, panel.rubricVersion);
    return showSheet(sight, {
      round,
      ...standingOf(review),
      hasReceipt:
        review?.state === "submitted" &&
        (await findReceipt(db, { panelId, round: round ?? 0, memberId: member.memberId })) !== null,
      scope,
      ...own,
      incomplete: incompleteIn({ scope, ...own }, protocol),
      points: await readOwnPoints(db, member, place),
      referenceReading: seesReading ? referenceReading : null,
    });
  });
}

type OwnScores = Pick<SheetView, "scores" | "earlier">;

async function readOwnScores(
  db: Db,
  { round, ...who }: { panelId: string; round: number | null; memberId: string },
  review: ReviewRow | null,
): Promise<OwnScores> {
  if (round === null || review === null) return { scores: [], earlier: [] };
  const earlier = await readEarlierScores(db, { ...who, round });
  return {
    scores: await readScores(db, { ...who, round }),
    earlier: earlier.map(({ round: _round, ...score }) => score),
  };
}

function standingOf(
  review: ReviewRow | null,
): Pick<SheetView, "state" | "submitted" | "submittedAt" | "reopenedReason"> {
  if (review === null) return { state: null, submitted: false, submittedAt: null, reopenedReason: null };
  const { state, submittedAt, reopenedReason } = review;
  return {
    state,
    submitted: state === "submitted",
    submittedAt,
    reopenedReason: state === "drafting" ? reopenedReason : null,
  };
}
