import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Member, Role } from "#rubric/member.ts";
import type { Db } from "./open.ts";
import { appUser, member } from "./schema.ts";

export interface MemberRow extends Member {
  readonly email: string;
  readonly group: string | null;
  readonly code: string | null;
  readonly hasLeft: boolean;
}

/** As the record has it, where it was imported and the account has another. */
export const recordedName = sql<string>`coalesce(${member.recordName}, ${appUser.name})`;

const memberColumns = {
  panelId: member.panelId,
  memberId: member.memberId,
  userId: member.userId,
  name: recordedName,
  role: member.role,
  scores: member.scores,
};

export interface Seat {
  readonly panelId: string;
  readonly userId: string;
}

/** The members that people are in panels, each in the place of its seat; nobody else can be made of the two ids. */
export async function findMembers(db: Db, seats: readonly Seat[]): Promise<(Member | null)[]> {
  const rows = await db.run<Member>`
    select m.panel_id as "panelId", member_id as "memberId", m.user_id as "userId", coalesce(record_name, name) as name,
      role, scores
    from jsonb_to_recordset(${JSON.stringify(seats)}::jsonb) as seat ("panelId" uuid, "userId" uuid)
    join member m on m.panel_id = seat."panelId" and m.user_id = seat."userId" and left_at is null
    join app_user u on u.user_id = m.user_id`;
  const found = new Map(rows.map((row) => [seatKey(row), row]));
  return seats.map((seat) => found.get(seatKey(seat)) ?? null);
}

function seatKey({ panelId, userId }: Seat): string {
  return `${panelId} ${userId}`;
}

/** How many of its members score. */
export async function countScoring(db: Db, panelId: string): Promise<number> {
  return db.$count(member, and(eq(member.panelId, panelId), eq(member.scores, true), isNull(member.leftAt)));
}

/** All who are or were members, by name. Contributions of those who left stay. */
export async function listMembers(db: Db, panelId: string): Promise<MemberRow[]> {
  return db
    .select({
      ...memberColumns,
      email: sql<string>`coalesce(${member.recordEmail}, ${appUser.email})`,
      group: member.groupLabel,
      code: member.code,
      hasLeft: sql<boolean>`${member.leftAt} is not null`,
    })
    .from(member)
    .innerJoin(appUser, eq(appUser.userId, member.userId))
    .where(eq(member.panelId, panelId))
    .orderBy(asc(recordedName), asc(member.memberId));
}

export async function insertMember(
  db: Db,
  row: {
    panelId: string;
    memberId: string;
    userId: string;
    role: Role;
    scores: boolean;
    groupLabel: string | null;
    code: string | null;
  },
): Promise<boolean> {
  const inserted = await db.insert(member).values(row).onConflictDoNothing().returning({ memberId: member.memberId });
  return inserted.length === 1;
}

/** Ends access; contributions stay. */
export async function markLeft(db: Db, panelId: string, memberId: string): Promise<boolean> {
  const left = await db
    .update(member)
    .set({ leftAt: sql`now()` })
    .where(and(eq(member.panelId, panelId), eq(member.memberId, memberId), isNull(member.leftAt)))
    .returning({ memberId: member.memberId });
  return left.length === 1;
}

/** Nobody has a code until codes are dealt anew. */
export async function clearCodes(db: Db, panelId: string): Promise<void> {
  await db.update(member).set({ code: null }).where(eq(member.panelId, panelId));
}

export async function setCode(db: Db, who: { panelId: string; memberId: string }, code: string): Promise<void> {
  await db
    .update(member)
    .set({ code })
    .where(and(eq(member.panelId, who.panelId), eq(member.memberId, who.memberId)));
}
