import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { SetUpForm } from "#app/components/set-up-form.tsx";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, answerWrite, appOf, requireMember } from "#app/request.server.ts";
import { fieldsOfSetUp, setUpInputOf } from "#app/set-up-fields.ts";
import { editRows } from "#app/set-up-rows.ts";
import { editSetUp } from "#server/commands/edit-set-up.ts";
import { requireRole } from "#server/membership.ts";
import { readPanel } from "#server/queries/read-panel.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    requireRole(member, "facilitator");
    const panel = await readPanel(appOf(context), member);
    if (panel.phase !== "draft") throw redirect(`/panels/${panel.panelId}/manage`);
    return {
      panel,
      formKey: appOf(context).newId(),
      fields: fieldsOfSetUp({ ...panel, ...panel.rubric, title: panel.title }),
    };
  });
}

export function action({ context, request, params }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const member = await requireMember(context, request, params.panelId);
    const { app, fields, intent } = await readForm();
    const edited = editRows(fields, intent);
    if (edited) return { edited, refusal: undefined };
    await editSetUp(app, member, setUpInputOf(fields, await readPanel(app, member)));
    return redirect(`/panels/${member.panelId}/manage`);
  });
}

export function meta() {
  return titleOf("Set-up");
}

export default function EditSetUp() {
  const { panel, formKey, fields } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const edited = answer && "edited" in answer ? answer.edited : undefined;
  const refusal = answer?.refusal;
  const state = { typed: edited?.draft ?? refusal?.typed ?? fields, refusal };
  return (
    <PanelShell panel={panel} current="manage">
      <Stack gap="section" narrow>
        <PageTitle lead="Round 1 freezes all of this. Changing criteria or scale takes away the authors' reading that came with a template.">
          Set-up
        </PageTitle>
        <SetUpForm
          key={JSON.stringify(edited)}
          {...{ state, formKey }}
          templates={[]}
          focus={edited?.focus}
          submitWords="Save the set-up"
        />
      </Stack>
    </PanelShell>
  );
}
