import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { FacilitatorScores, SetUpForm } from "#app/components/set-up-form.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { type Typed, textAt } from "#app/components/typed.ts";
import { answerRead, answerWrite, appOf, keeping, requireUser } from "#app/request.server.ts";
import { fieldsOfSetUp, panelInputOf } from "#app/set-up-fields.ts";
import { type EditedForm, editRows, emptyRubric } from "#app/set-up-rows.ts";
import { createPanel } from "#server/commands/create-panel.ts";
import { renewedCookies } from "#server/commands/enter-by-invitation.ts";
import { readTemplates } from "#server/queries/read-templates.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const user = requireUser(context, request);
    return { who: user.name, formKey: appOf(context).newId(), templates: readTemplates().templates };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const user = requireUser(context, request);
    const { app, fields, intent } = await readForm();
    const edited = edit(fields, intent);
    if (edited) return { edited, refusal: undefined };
    const { panelId } = await createPanel(app, user, { input: panelInputOf(fields) });
    const cookies = context.identity ? await renewedCookies(app, context.identity) : [];
    return redirect(`/panels/${panelId}/manage`, { headers: keeping(cookies) });
  });
}

function edit(fields: Typed, intent: string): EditedForm | null {
  if (intent === "empty-rubric") return emptyRubric(fields);
  return intent === "copy-template" ? copyTemplate(fields) : editRows(fields, intent);
}

function copyTemplate(fields: Typed): EditedForm | null {
  const template = readTemplates().templates.find(({ id }) => id === textAt(fields, "template"));
  if (!template) return null;
  const copy = fieldsOfSetUp({ ...template, title: textAt(fields, "title"), question: textAt(fields, "question") });
  return { draft: { ...fields, ...copy }, focus: "policies.0.title" };
}

export function meta() {
  return titleOf("New panel");
}

export default function NewPanel() {
  const { who, formKey, templates } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const edited = answer && "edited" in answer ? answer.edited : undefined;
  const refusal = answer?.refusal;
  const state = { typed: edited?.draft ?? refusal?.typed ?? {}, refusal };
  return (
    <Shell who={who}>
      <Stack gap="section" narrow>
        <PageTitle lead="Everything can still be changed until round 1 opens.">New panel</PageTitle>
        <SetUpForm
          key={JSON.stringify(edited)}
          {...{ state, formKey, templates }}
          focus={edited?.focus}
          submitWords="Create the panel"
        >
          <FacilitatorScores state={state} />
        </SetUpForm>
      </Stack>
    </Shell>
  );
}
