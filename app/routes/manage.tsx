import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AuditTable } from "#app/components/audit-table.tsx";
import { ButtonLink } from "#app/components/button.tsx";
import { splitEmails } from "#app/components/email-list.ts";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { fieldId } from "#app/components/field.tsx";
import { InvitationLinks, InviteForm, OpenInvitations } from "#app/components/invite-form.tsx";
import { MoveForm } from "#app/components/move-form.tsx";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { type RefusalView, refusalOf } from "#app/components/refusal-view.ts";
import { ReopenForm, RosterTable } from "#app/components/roster-table.tsx";
import { Section } from "#app/components/section.tsx";
import { Stack } from "#app/components/stack.tsx";
import { textAt } from "#app/components/typed.ts";
import { isTicked, numberOf, optionalText } from "#app/form-fields.ts";
import { answerRead, answerWrite, appOf, type Form, requireMember } from "#app/request.server.ts";
import type { Member } from "#rubric/member.ts";
import { cellsOf } from "#rubric/rubric.ts";
import { inviteMembers, revokeInvitation } from "#server/commands/invite-members.ts";
import { moveRound } from "#server/commands/move-round.ts";
import { removeMember } from "#server/commands/remove-member.ts";
import { reopenSubmission } from "#server/commands/reopen-submission.ts";
import { requireRole } from "#server/membership.ts";
import { readAudit } from "#server/queries/read-audit.ts";
import { readInvitations } from "#server/queries/read-invitations.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readRoster } from "#server/queries/read-roster.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    requireRole(member, "facilitator");
    const app = appOf(context);
    const [panel, roster, { invitations }, audit] = await Promise.all([
      readPanel(app, member),
      readRoster(app, member),
      readInvitations(app, member),
      readAudit(app, member),
    ]);
    return { panel, roster, invitations, audit, formKey: app.newId() };
  });
}

export function action({ context, request, params }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const member = await requireMember(context, request, params.panelId);
    const form = await readForm();
    if (form.intent === "invite") return { invited: (await invite(form, member)).invitations, refusal: undefined };
    await act(form, member);
    return redirect(`/panels/${member.panelId}/manage`);
  });
}

function invite({ app, fields }: Form, member: Member) {
  const role = textAt(fields, "role");
  const group = optionalText(fields.group);
  const scores = role === "facilitator" && isTicked(fields.scores) ? true : undefined;
  const invitations = splitEmails(textAt(fields, "emails")).map((email) => ({ email, role, group, scores }));
  return inviteMembers(app, member, { invitations });
}

async function act({ app, fields, intent }: Form, member: Member): Promise<void> {
  switch (intent) {
    case "move":
      return moveRound(app, member, {
        to: textAt(fields, "to"),
        expectedVersion: numberOf(fields.expectedVersion),
        reason: textAt(fields, "reason"),
        cells: textAt(fields, "scope") === "all" ? await allCells(app, member) : undefined,
      });
    case "reopen":
      return reopenSubmission(app, member, {
        memberId: textAt(fields, "memberId"),
        reason: textAt(fields, "reopenReason"),
      });
    case "revoke":
      return revokeInvitation(app, member, { invitationId: textAt(fields, "invitationId") });
    case "remove":
      return removeMember(app, member, { memberId: textAt(fields, "memberId") });
  }
}

async function allCells(app: Form["app"], member: Member) {
  const { rubric, policies } = await readPanel(app, member);
  return cellsOf(rubric, policies);
}

/** Where an error of this page belongs: its forms name some fields after what they are for. */
function linkTo(path: string, refusal: RefusalView | undefined): string {
  if (path.startsWith("invitations")) return `#${fieldId("emails")}`;
  const isReopening = path === "reason" && refusalOf(refusal, "reopenReason") !== undefined;
  return `#${fieldId(isReopening ? "reopenReason" : path)}`;
}

export function meta() {
  return titleOf("Manage");
}

export default function Manage() {
  const { panel, roster, invitations, audit, formKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer?.refusal;
  const invited = answer && "invited" in answer ? answer.invited : [];
  const isDraft = panel.phase === "draft";
  const mustInvite = isDraft && panel.members.length < 2 && invitations.length === 0;
  const setUp = isDraft ? <ButtonLink to={`/panels/${panel.panelId}/set-up`}>Change the set-up</ButtonLink> : null;
  return (
    <PanelShell panel={panel} current="manage">
      <Stack gap="section">
        <PageTitle actions={setUp}>Manage the panel</PageTitle>
        <ErrorSummary refusal={refusal} linkOf={(path) => linkTo(path, refusal)} />
        <MoveForm panel={panel} formKey={formKey} refusal={refusalOf(refusal, "to")} isPrimary={!mustInvite} />
        <Section title="Invite">
          <InvitationLinks invited={invited} />
          <InviteForm formKey={formKey} refusal={refusal} isPrimary={mustInvite} key={refusal ? "typed" : formKey} />
          <OpenInvitations invitations={invitations} />
        </Section>
        <Section title="Members and progress">
          <RosterTable panel={panel} roster={roster} />
          <ReopenForm panel={panel} roster={roster} refusal={refusalOf(refusal, "reopenReason")} />
        </Section>
        <Section title="Log">
          <AuditTable audit={audit} members={panel.members} />
        </Section>
      </Stack>
    </PanelShell>
  );
}
