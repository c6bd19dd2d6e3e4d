import { listRoster } from "#db/reviews.ts";
import { readScope } from "#db/rounds.ts";
import type { Member } from "#rubric/member.ts";
import { showRoster } from "#rubric/view.ts";
import type { RosterView, Shown } from "#rubric/views.ts";
import { planFor } from "#rubric/visibility.ts";
import type { Application } from "../application.ts";
import { readPlace } from "./place.ts";

/** Who has submitted and who is missing, for those who may know. */
export async function readRoster(app: Application, member: Member): Promise<Shown<RosterView>> {
  return app.database.read(async (db) => {
    const { panel, sight } = await readPlace(db, member);
    const { panelId, round } = panel;
    if (round === null || !planFor(sight).has("roster")) return showRoster(sight, { round, entries: [] }, false);
    const cells = (await readScope(db, panelId, round)).length;
    const entries = (await listRoster(db, { panelId, round })).map((entry) => {
      const hasBegun = entry.complete > 0 || entry.state !== "drafting";
      return {
        memberId: entry.memberId,
        name: entry.name,
        state: hasBegun ? entry.state : ("not-started" as const),
        submittedAt: entry.submittedAt,
        complete: entry.complete,
        cells,
      };
    });
    return showRoster(sight, { round, entries }, member.role === "facilitator");
  });
}
