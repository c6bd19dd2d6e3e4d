import type { ImportedMember, ImportedPoints, ImportedReview, ImportedScore } from "#rubric/imported-panel.ts";
import type { AuditView, RoundView } from "#rubric/views.ts";
import { insertBatch } from "./audit.ts";
import type { Db } from "./open.ts";
import type { PanelRow } from "./panels.ts";
import { auditEvent, member, panel, review, round, score, swingPoints } from "./schema.ts";

/** A panel's record from elsewhere, written as it was there. */

export async function insertImportedPanel(
  db: Db,
  row: PanelRow & { readonly createdAt: string; readonly scale: { min: number; max: number; step: number } },
): Promise<void> {
  const { scale, ...known } = row;
  await db.insert(panel).values({ ...known, scaleMin: scale.min, scaleMax: scale.max, scaleStep: scale.step });
}

/** A member with the account behind it here; `recordName` and `recordEmail` where the account has others. */
export interface SeatedMember extends Omit<ImportedMember, "key" | "isNamed" | "name" | "email" | "group"> {
  readonly memberId: string;
  readonly userId: string;
  readonly groupLabel: string | null;
  readonly recordName: string | null;
  readonly recordEmail: string | null;
}

export async function insertImportedMembers(db: Db, panelId: string, members: readonly SeatedMember[]): Promise<void> {
  for (const some of chunks(members)) await db.insert(member).values(some.map((one) => ({ ...one, panelId })));
}

export async function insertImportedRound(db: Db, panelId: string, row: RoundView): Promise<void> {
  const { round: number, rubricVersion, openedAt, revealedAt, closedAt } = row;
  await db.insert(round).values({ panelId, round: number, rubricVersion, openedAt, revealedAt, closedAt });
}

export async function insertImportedReviews(
  db: Db,
  at: { panelId: string; round: number },
  reviews: readonly ImportedReview[],
): Promise<void> {
  for (const some of chunks(reviews))
    await db.insert(review).values(
      some.map(({ member: memberId, state, submittedAt, complete }) => {
        return { ...at, memberId, state, submittedAt, completeInRecord: complete };
      }),
    );
}

/** Of a score's history the record tells only what it came to. */
export async function insertImportedScores(
  db: Db,
  at: { panelId: string; round: number; savedAt: string },
  scores: readonly ImportedScore[],
): Promise<void> {
  for (const some of chunks(scores))
    await db.insert(score).values(some.map(({ member: memberId, ...one }) => ({ ...at, ...one, memberId })));
}

/** Of how points came about the record tells nothing. */
export async function insertImportedPoints(
  db: Db,
  at: { panelId: string; round: number; savedAt: string },
  points: readonly ImportedPoints[],
): Promise<void> {
  for (const some of chunks(points))
    await db
      .insert(swingPoints)
      .values(some.map(({ member: memberId, points: given }) => ({ ...at, memberId, points: given, version: 1 })));
}

/** The chain line by line and head by head; nothing in it is computed anew. */
export async function insertImportedChain(db: Db, panelId: string, { entries, batches }: AuditView): Promise<void> {
  const events: { id: number }[] = [];
  for (const some of chunks(entries)) {
    const rows = some.map(({ line }) => ({ panelId, line }));
    events.push(...(await db.insert(auditEvent).values(rows).returning({ id: auditEvent.id })));
  }
  for (const batch of batches) {
    const links = entries.flatMap(({ seq, leaf, batch: own }, index) => {
      const event = events[index];
      return own === batch.batch && event ? [{ panelId, seq, eventId: event.id, leaf, batch: own }] : [];
    });
    await insertBatch(db, { panelId, ...batch }, links);
  }
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  const size = 500;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
