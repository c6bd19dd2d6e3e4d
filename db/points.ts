import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { MemberPoints } from "#rubric/bundle-points.ts";
import type { Points } from "#rubric/points.ts";
import { compareText } from "#rubric/text-order.ts";
import type { Db } from "./open.ts";
import { member, review, swingPoints } from "./schema.ts";
import type { SheetKey } from "./scores.ts";

export interface StoredPoints {
  readonly points: Points;
  readonly version: number;
  readonly savedAt: string;
}

/** One member's own points of one round, draft or submitted. */
export async function findPoints(db: Db, sheet: SheetKey): Promise<StoredPoints | null> {
  const [row] = await db
    .select({ points: swingPoints.points, version: swingPoints.version, savedAt: swingPoints.savedAt })
    .from(swingPoints)
    .where(ofSheet(sheet));
  return row ?? null;
}

/** Compare-and-set on the version, 0 for none yet; `null` where the version seen is not the newest. */
export async function writePoints(
  db: Db,
  sheet: SheetKey,
  { points, version }: Omit<StoredPoints, "savedAt">,
): Promise<Omit<StoredPoints, "points"> | null> {
  const { panelId, round, memberId } = sheet;
  const saved = { version: swingPoints.version, savedAt: swingPoints.savedAt };
  const [row] =
    version === 0
      ? await db
          .insert(swingPoints)
          .values({ panelId, round, memberId, points, version: 1 })
          .onConflictDoNothing()
          .returning(saved)
      : await db
          .update(swingPoints)
          .set({ points, version: version + 1, savedAt: sql`now()` })
          .where(and(ofSheet(sheet), eq(swingPoints.version, version)))
          .returning(saved);
  return row ?? null;
}

/** What the member gave in the latest earlier round that was submitted with points. */
export async function findEarlierPoints(
  db: Db,
  sheet: SheetKey,
): Promise<{ readonly round: number; readonly points: Points } | null> {
  const [row] = await db
    .select({ round: swingPoints.round, points: swingPoints.points })
    .from(swingPoints)
    .innerJoin(review, sameReview)
    .where(
      and(
        eq(swingPoints.panelId, sheet.panelId),
        eq(swingPoints.memberId, sheet.memberId),
        lt(swingPoints.round, sheet.round),
        isGivenAndSubmitted,
      ),
    )
    .orderBy(desc(swingPoints.round))
    .limit(1);
  return row ?? null;
}

/** The points given in a round by everyone who has submitted it, by code, or by member id where there are no codes. */
export async function listPoints(db: Db, at: { panelId: string; round: number }): Promise<MemberPoints[]> {
  const rows = await db
    .select({ memberId: swingPoints.memberId, code: member.code, points: swingPoints.points })
    .from(swingPoints)
    .innerJoin(review, sameReview)
    .innerJoin(member, and(eq(member.panelId, swingPoints.panelId), eq(member.memberId, swingPoints.memberId)))
    .where(and(eq(swingPoints.panelId, at.panelId), eq(swingPoints.round, at.round), isGivenAndSubmitted));
  return rows.sort((left, right) => compareText(left.code ?? left.memberId, right.code ?? right.memberId));
}

const sameReview = and(
  eq(review.panelId, swingPoints.panelId),
  eq(review.round, swingPoints.round),
  eq(review.memberId, swingPoints.memberId),
);

/** A draft counts nowhere, and an empty row says nothing. */
const isGivenAndSubmitted = and(eq(review.state, "submitted"), sql`${swingPoints.points} <> '{}'::jsonb`);

function ofSheet({ panelId, round, memberId }: SheetKey) {
  return and(eq(swingPoints.panelId, panelId), eq(swingPoints.round, round), eq(swingPoints.memberId, memberId));
}
