import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { InvitationPage } from "#app/components/invitation-page.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { Shell } from "#app/components/shell.tsx";
import { answerRead, answerWrite, appOf } from "#app/request.server.ts";
import { acceptInvitation } from "#server/commands/accept-invitation.ts";
import { readInvitation } from "#server/queries/read-invitations.ts";

export function loader({ context, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const token = params.token ?? "";
    const invitation = await readInvitation(appOf(context), { token });
    return { token, invitation, who: context.identity?.user.name };
  });
}

export function action({ context, request, params }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const { app, fields } = await readForm();
    const user = context.identity?.user ?? null;
    const accepted = await acceptInvitation(app, { token: params.token ?? "", input: fields, user });
    const headers = user === null ? { "Set-Cookie": app.accounts.sessionCookie(accepted.token) } : {};
    return redirect(`/panels/${accepted.panelId}`, { headers });
  });
}

export function meta() {
  return titleOf("Invitation");
}

export default function Invitation() {
  const { token, invitation, who } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Shell who={who}>
      <InvitationPage token={token} invitation={invitation} who={who} refusal={refusal} />
    </Shell>
  );
}
