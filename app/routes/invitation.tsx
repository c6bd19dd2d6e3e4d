import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { InvitationPage } from "#app/components/invitation-page.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { Shell } from "#app/components/shell.tsx";
import { answerRead, answerWrite, appOf, keeping, wayOn } from "#app/request.server.ts";
import { enterByInvitation } from "#server/commands/enter-by-invitation.ts";
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
    const asked = { token: params.token ?? "", input: fields };
    const { panelId, entry, cookies } = await enterByInvitation(app, context, asked);
    const panel = `/panels/${panelId}`;
    return redirect(entry ? wayOn(entry, panel) : panel, { headers: keeping(cookies) });
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
