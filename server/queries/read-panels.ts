import type { Db } from "#db/open.ts";
import { listPanelsOf } from "#db/panels.ts";
import { findReview } from "#db/reviews.ts";
import { readScope } from "#db/rounds.ts";
import { readEarlierScores, readSheet, type SheetKey } from "#db/scores.ts";
import type { User } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import { incompleteIn } from "#rubric/sheet.ts";
import { shown } from "#rubric/view.ts";
import type { PanelListEntry, Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";
import { readPanelProgress } from "./place.ts";

/** The panels a person belongs to, with that person's own next step in each. */
export async function readPanels(app: Application, user: User): Promise<Shown<{ panels: readonly PanelListEntry[] }>> {
  return app.database.read(async (db) => {
    const panels: PanelListEntry[] = [];
    for (const {
      panelId,
      title,
      question,
      synthetic,
      role,
      version,
      round,
      phase,
      memberId,
      protocol,
    } of await listPanelsOf(db, user.userId)) {
      const progress = await readPanelProgress(db, { panelId, round });
      const own = round === null ? null : await readOwn(db, { panelId, round, memberId }, protocol);
      panels.push({ panelId, title, question, synthetic, role, version, round, phase, progress, own });
    }
    return shown({ panels });
  });
}

async function readOwn(db: Db, sheet: SheetKey, protocol: Protocol): Promise<PanelListEntry["own"]> {
  const review = await findReview(db, sheet);
  if (!review) return null;
  const scope = await readScope(db, sheet.panelId, sheet.round);
  const incomplete = incompleteIn(
    { scope, scores: await readSheet(db, sheet), earlier: await readEarlierScores(db, sheet) },
    protocol,
  );
  return { state: review.state, complete: scope.length - incomplete.length, cells: scope.length };
}
