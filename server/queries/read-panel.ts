import { listMembers } from "#db/members.ts";
import { listRounds, readScope } from "#db/rounds.ts";
import { readRubric } from "#db/rubrics.ts";
import type { Member } from "#rubric/member.ts";
import { showPanel } from "#rubric/view.ts";
import type { PanelView, Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";
import { readPlace } from "./place.ts";

/** The set-up of a panel and where it stands. */
export async function readPanel(app: Application, member: Member): Promise<Shown<PanelView>> {
  return app.database.read(async (db) => {
    const { panel, progress } = await readPlace(db, member);
    const { panelId, round, rubricVersion } = panel;
    const members = (await listMembers(db, panelId)).filter((one) => !one.hasLeft);
    return showPanel(member, {
      ...panel,
      rounds: await listRounds(db, panelId),
      scope: round === null ? [] : await readScope(db, panelId, round),
      progress,
      rubricVersion: await readRubric(db, panelId, rubricVersion),
      members,
    });
  });
}
