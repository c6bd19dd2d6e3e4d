import { z } from "zod";
import { invitationsInput } from "#rubric/member.ts";
import { rosterAnswer } from "#server/api/answers/panel.ts";
import { acceptedAnswer, invitationsAnswer, invitedAnswer } from "#server/api/answers/person.ts";
import { type Call, callForAnyone, callForMember, parameter } from "#server/api/call.ts";
import { acceptInvitation, newPersonInput } from "#server/commands/accept-invitation.ts";
import { inviteMembers, revokeInvitation } from "#server/commands/invite-members.ts";
import { removeMember } from "#server/commands/remove-member.ts";
import { reopeningInput, reopenSubmission } from "#server/commands/reopen-submission.ts";
import { readInvitations } from "#server/queries/read-invitations.ts";
import { readRoster } from "#server/queries/read-roster.ts";

const acceptInput = z
  .union([newPersonInput, z.strictObject({})])
  .describe("A name and a password for a new person; empty for someone who is signed in.");

/** Who is in a panel, and how they come and go. */
export const peopleCalls: readonly Call[] = [
  callForMember(
    ["POST", "/panels/:panelId/invitations"],
    {
      summary: "Invite people by e-mail; facilitators only. The links come in the order sent.",
      body: invitationsInput,
      status: 201,
      answer: invitedAnswer,
      refusals: [403, 409],
    },
    async (member, { app, body }) => inviteMembers(app, member, body),
  ),
  callForMember(
    ["GET", "/panels/:panelId/invitations"],
    {
      summary: "The invitations that wait for an answer; facilitators only.",
      answer: invitationsAnswer,
      refusals: [403],
    },
    async (member, { app }) => readInvitations(app, member),
  ),
  callForMember(
    ["DELETE", "/panels/:panelId/invitations/:invitationId"],
    { summary: "Take an open invitation back; facilitators only.", refusals: [403, 409] },
    async (member, asked) => revokeInvitation(asked.app, member, { invitationId: parameter(asked, "invitationId") }),
  ),
  callForAnyone(
    ["POST", "/invitations/:invitationToken/accept"],
    {
      summary: "Join the panel of an invitation, as a new person or as the one who is signed in. It works once.",
      body: acceptInput,
      answer: acceptedAnswer,
      refusals: [403, 409],
    },
    async (asked) => {
      const user = asked.identity?.user ?? null;
      return acceptInvitation(asked.app, {
        token: parameter(asked, "invitationToken"),
        input: asked.body,
        user,
        browser: asked.visitor.browser,
      });
    },
  ),
  callForMember(
    ["DELETE", "/panels/:panelId/members/:memberId"],
    {
      summary: "End a member's access; facilitators only. Submitted scores stay and count.",
      refusals: [403, 409],
    },
    async (member, asked) => removeMember(asked.app, member, { memberId: parameter(asked, "memberId") }),
  ),
  callForMember(
    ["GET", "/panels/:panelId/roster"],
    { summary: "Who has submitted, as far as the caller may know.", answer: rosterAnswer },
    async (member, { app }) => readRoster(app, member),
  ),
  callForMember(
    ["POST", "/panels/:panelId/reopenings"],
    {
      summary: "Open a member's submission again while the round is scoring; facilitators only, with a reason.",
      body: reopeningInput,
      refusals: [403, 409],
    },
    async (member, { app, body }) => reopenSubmission(app, member, body),
  ),
];
