import { insertInvitations, listOpenInvitations, revokeInvitation as markRevoked } from "#db/invitations.ts";
import { listMembers } from "#db/members.ts";
import { findPanel } from "#db/panels.ts";
import { enqueueAct } from "#db/pending.ts";
import { invitationsInput, type Member, scoresByRole } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { recordEvent } from "../audit.ts";
import { randomToken, sha256 } from "../hash.ts";
import { isId, requireRole } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound, Refusal } from "../refusal.ts";
import { write } from "./write.ts";

export interface Invited {
  readonly email: string;
  readonly url: string;
  readonly invitationToken: string;
}

/** Invites people by single-use links that are good for seven days; the mails leave after the commit. */
export async function inviteMembers(
  app: Application,
  member: Member,
  input: unknown,
): Promise<{ invitations: Invited[] }> {
  requireRole(member, "facilitator");
  const { invitations } = parse(invitationsInput, input);
  const { panelId } = member;
  const links = invitations.map((one) => {
    const invitationToken = randomToken();
    return { ...one, invitationToken, url: `${app.publicUrl}/invitations/${invitationToken}` };
  });
  const answer = await write(app, member.userId, async (db) => {
    const size = (await listMembers(db, panelId)).length + (await listOpenInvitations(db, panelId)).length;
    if (size + links.length > app.config.maxMembers)
      throw new Refusal(422, `A panel has at most ${app.config.maxMembers} members.`);
    await insertInvitations(
      db,
      links.map((link) => ({
        panelId,
        invitationId: app.newId(),
        email: link.email,
        role: link.role,
        scores: scoresByRole(link.role, link.scores),
        groupLabel: link.group ?? null,
        invitedBy: member.memberId,
        tokenHash: sha256(link.invitationToken),
      })),
    );
    for (const { role } of links)
      await recordEvent(db, { panelId, by: member.memberId }, { act: "member-invited", role });
    await enqueueAct(db, panelId);
    return { invitations: links.map(({ email, url, invitationToken }) => ({ email, url, invitationToken })) };
  });
  app.aggregation.wake();
  const isRepeated = answer.invitations[0]?.invitationToken !== links[0]?.invitationToken;
  if (!isRepeated) await mailInvitations(app, member, answer.invitations);
  return answer;
}

async function mailInvitations(app: Application, member: Member, invitations: readonly Invited[]): Promise<void> {
  const panel = await findPanel(app.database.pool, member.panelId);
  for (const { email, url } of invitations) {
    const body = [
      `${member.name} invites you to the panel "${panel?.title ?? ""}".`,
      `The question: ${panel?.question ?? ""}`,
      `Open this link to join. It works once, until seven days from now:\n${url}`,
    ];
    await app.mail.send({
      to: email,
      subject: `Invitation to a panel: ${panel?.title ?? ""}`,
      body: `${body.join("\n\n")}\n`,
    });
  }
}

/** Takes an invitation back before it is used. */
export async function revokeInvitation(
  app: Application,
  member: Member,
  input: { invitationId: string },
): Promise<void> {
  requireRole(member, "facilitator");
  const isRevoked =
    isId(input.invitationId) &&
    (await write(app, member.userId, (db) => markRevoked(db, member.panelId, input.invitationId)));
  if (!isRevoked) throw notFound();
}
