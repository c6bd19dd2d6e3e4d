import { countScoring } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import { findPanel, type PanelRow } from "#db/panels.ts";
import { findReview, type ReviewRow, readProgress } from "#db/reviews.ts";
import type { Member } from "#rubric/member.ts";
import type { Progress } from "#rubric/views.ts";
import { type Sight, sightOf } from "#rubric/visibility.ts";
import { notFound } from "../refusal.ts";

/** Where a viewer stands in a panel's current round, and what may therefore be read at all. */
export interface Place {
  readonly panel: PanelRow;
  readonly review: ReviewRow | null;
  readonly sight: Sight;
  readonly progress: Progress;
}

/** The first thing each query reads, in its own transaction: member, phase and own review decide the rest. */
export async function readPlace(db: Db, member: Member): Promise<Place> {
  const panel = await findPanel(db, member.panelId);
  if (!panel) throw notFound();
  const { round, phase, protocol } = panel;
  if (round === null)
    return {
      panel,
      review: null,
      sight: sightOf({ role: member.role, review: null }, panel),
      progress: await readPanelProgress(db, panel),
    };
  const at = { panelId: member.panelId, round };
  const review = await findReview(db, { ...at, memberId: member.memberId });
  const sight = sightOf({ role: member.role, review: review?.state ?? null }, { phase, round, protocol });
  return { panel, review, sight, progress: await readPanelProgress(db, panel) };
}

/** Of the current round; before there is one, of those who will score. */
export async function readPanelProgress(
  db: Db,
  { panelId, round }: { panelId: string; round: number | null },
): Promise<Progress> {
  return round === null
    ? { submitted: 0, expected: await countScoring(db, panelId) }
    : readProgress(db, { panelId, round });
}
