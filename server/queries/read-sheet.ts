import { readScope } from "#db/rounds.ts";
import { readRubric } from "#db/rubrics.ts";
import { readEarlierScores, readSheet as readScores } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { incompleteIn } from "#rubric/sheet.ts";
import { showSheet } from "#rubric/view.ts";
import type { SheetView, Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";
import { readPlace } from "./place.ts";

/** A reviewer's own scores of the current round, and of the round before it. */
export async function readSheet(app: Application, member: Member): Promise<Shown<SheetView>> {
  return app.database.read(async (db) => {
    const { panel, review, sight } = await readPlace(db, member);
    const { panelId, round, protocol } = panel;
    const own = round !== null && review !== null ? { panelId, round, memberId: member.memberId } : null;
    const scope = round === null ? [] : await readScope(db, panelId, round);
    const scores = own ? await readScores(db, own) : [];
    const earlier = own ? await readEarlierScores(db, own) : [];
    const reading = sight.referenceReading === "full" ? (await readRubric(db, panelId, panel.rubricVersion)).referenceReading : null;
    return showSheet(sight, {
      round,
      state: review?.state ?? null,
      submitted: review?.state === "submitted",
      submittedAt: review?.submittedAt ?? null,
      reopenedReason: review?.state === "drafting" ? review.reopenedReason : null,
      scope,
      scores,
      earlier: earlier.map(({ round: _round, ...score }) => score),
      incomplete: incompleteIn({ scope, scores, earlier }, protocol),
      referenceReading: reading,
    });
  });
}
