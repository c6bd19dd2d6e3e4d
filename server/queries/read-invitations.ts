import { findInvitation, listOpenInvitations } from "#db/invitations.ts";
import { listMembers } from "#db/members.ts";
import { findPanel } from "#db/panels.ts";
import type { Member, Role } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import type { Application } from "../application.ts";
import { requireOpen } from "../commands/accept-invitation.ts";
import { sha256 } from "../hash.ts";
import { requireRole } from "../membership.ts";
import { notFound } from "../refusal.ts";

export interface OpenInvitation {
  readonly invitationId: string;
  readonly email: string;
  readonly role: Role;
  readonly group: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly hasExpired: boolean;
}

/** The invitations that wait for an answer; facilitators only. */
export async function readInvitations(app: Application, member: Member): Promise<{ invitations: OpenInvitation[] }> {
  requireRole(member, "facilitator");
  const rows = await listOpenInvitations(app.database.pool, member.panelId);
  return {
    invitations: rows.map(({ invitationId, email, role, group, createdAt, expiresAt, hasExpired }) => ({
      invitationId,
      email,
      role,
      group,
      createdAt,
      expiresAt,
      hasExpired,
    })),
  };
}

export interface InvitationView {
  readonly title: string;
  readonly question: string;
  readonly inviterName: string;
  readonly role: Role;
  readonly scores: boolean;
  readonly email: string;
  readonly protocol: Protocol;
}

/** What the holder of a valid invitation sees before joining: the same whether or not the address has an account here. */
export async function readInvitation(app: Application, input: { token: string }): Promise<InvitationView> {
  const { pool } = app.database;
  const invitation = requireOpen(await findInvitation(pool, sha256(input.token)));
  const panel = await findPanel(pool, invitation.panelId);
  if (!panel) throw notFound();
  const inviter = (await listMembers(pool, invitation.panelId)).find((one) => one.memberId === invitation.invitedBy);
  const { title, question, protocol } = panel;
  const { role, scores, email } = invitation;
  return {
    title,
    question,
    inviterName: inviter?.name ?? "",
    role,
    scores,
    email,
    protocol,
  };
}
