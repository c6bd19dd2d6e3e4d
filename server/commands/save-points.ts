import type { Db } from "#db/open.ts";
import { findPanel } from "#db/panels.ts";
import { findPoints, writePoints } from "#db/points.ts";
import { lockReview } from "#db/reviews.ts";
import { lockPhase } from "#db/rounds.ts";
import { readRubric } from "#db/rubrics.ts";
import type { SheetKey } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { mayGivePoints, type Points, pointsInput, unknownCriteria } from "#rubric/points.ts";
import type { Rubric } from "#rubric/rubric.ts";
import type { Application } from "../application.ts";
import { parse } from "../parse.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import type { Saved } from "./record-score.ts";
import { write } from "./write.ts";

/**
 * Keeps a reviewer's own swing points, all at once, as a part of the sheet: a private draft until the submission, which
 * counts nowhere and is announced to nobody.
 *
 * @throws Refusal 403 when the panel does not ask for them, or the phase or the review's state does not allow it; 409
 *   with the writer's own newer points; 422 for a criterion the rubric does not have
 */
export async function savePoints(app: Application, member: Member, request: unknown): Promise<Saved> {
  const input = parse(pointsInput, request);
  return write(app, member.userId, async (db) => {
    const { sheet, rubric } = await requireOpenSheet(db, member);
    requireKnown(input.points, rubric);
    return (await writePoints(db, sheet, input)) ?? refuseStale(db, sheet);
  });
}

/** The caller's own sheet of the current round, held until this transaction ends. */
async function requireOpenSheet(db: Db, { panelId, memberId }: Member): Promise<{ sheet: SheetKey; rubric: Rubric }> {
  // Sent together and done in this order: what is read is newer than the lock.
  const [, panel] = await Promise.all([lockPhase(db, panelId, "shared"), findPanel(db, panelId)]);
  if (!panel) throw notFound();
  const { phase, protocol } = panel;
  const sheet = { panelId, round: panel.round ?? 0, memberId };
  const review = await lockReview(db, sheet);
  const ruling = mayGivePoints({ phase, review: review?.state ?? null, protocol });
  if (!ruling.allowed) throw new Refusal(403, ruling.sentence);
  const { rubric } = await readRubric(db, panelId, panel.rubricVersion);
  return { sheet, rubric };
}

function requireKnown(points: Points, { criteria }: Rubric): void {
  const unknown = unknownCriteria(points, criteria);
  if (unknown.length === 0) return;
  throw invalid(
    "Some of these criteria are not in the rubric.",
    unknown.map((id) => ({ path: `points.${id}`, message: "The rubric has no such criterion." })),
  );
}

async function refuseStale(db: Db, sheet: SheetKey): Promise<never> {
  const newer = await findPoints(db, sheet);
  throw new Refusal(409, "Your points were changed in another window since you opened them. Nothing was overwritten.", {
    current: { points: newer?.points ?? {}, version: newer?.version ?? 0 },
  });
}
