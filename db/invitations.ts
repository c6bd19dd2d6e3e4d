import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Role } from "#rubric/member.ts";
import type { Db } from "./open.ts";
import { invitation } from "./schema.ts";

export interface InvitationRow {
  readonly panelId: string;
  readonly invitationId: string;
  readonly email: string;
  readonly role: Role;
  readonly scores: boolean;
  readonly group: string | null;
  readonly invitedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly acceptedAt: string | null;
  readonly revokedAt: string | null;
  readonly hasExpired: boolean;
}

const columns = {
  panelId: invitation.panelId,
  invitationId: invitation.invitationId,
  email: invitation.email,
  role: invitation.role,
  scores: invitation.scores,
  group: invitation.groupLabel,
  invitedBy: invitation.invitedBy,
  createdAt: invitation.createdAt,
  expiresAt: invitation.expiresAt,
  acceptedAt: invitation.acceptedAt,
  revokedAt: invitation.revokedAt,
  hasExpired: sql<boolean>`${invitation.expiresAt} <= now()`,
};

export interface NewInvitation {
  readonly panelId: string;
  readonly invitationId: string;
  readonly email: string;
  readonly role: Role;
  readonly scores: boolean;
  readonly groupLabel: string | null;
  readonly invitedBy: string;
  readonly tokenHash: string;
}

/** Writes invitations that are good for seven days. */
export async function insertInvitations(db: Db, rows: readonly NewInvitation[]): Promise<void> {
  const expiresAt = sql`now() + interval '7 days'`;
  await db.insert(invitation).values(rows.map((row) => ({ ...row, expiresAt })));
}

export async function findInvitation(db: Db, tokenHash: string): Promise<InvitationRow | null> {
  const [row] = await db.select(columns).from(invitation).where(eq(invitation.tokenHash, tokenHash));
  return row ?? null;
}

/** Uses the invitation up; `false` if it was used, revoked or expired a moment before. */
export async function useInvitation(db: Db, tokenHash: string): Promise<boolean> {
  const used = await db
    .update(invitation)
    .set({ acceptedAt: sql`now()` })
    .where(
      and(
        eq(invitation.tokenHash, tokenHash),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
        sql`${invitation.expiresAt} > now()`,
      ),
    )
    .returning({ invitationId: invitation.invitationId });
  return used.length === 1;
}

export async function revokeInvitation(db: Db, panelId: string, invitationId: string): Promise<boolean> {
  const revoked = await db
    .update(invitation)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(invitation.panelId, panelId),
        eq(invitation.invitationId, invitationId),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
      ),
    )
    .returning({ invitationId: invitation.invitationId });
  return revoked.length === 1;
}

/** Those not yet used nor revoked, by address. */
export async function listOpenInvitations(db: Db, panelId: string): Promise<InvitationRow[]> {
  return db
    .select(columns)
    .from(invitation)
    .where(and(eq(invitation.panelId, panelId), isNull(invitation.acceptedAt), isNull(invitation.revokedAt)))
    .orderBy(asc(invitation.email), asc(invitation.createdAt));
}
