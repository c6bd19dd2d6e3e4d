import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CheckPage } from "#app/components/check-page.tsx";
import { NoSheet } from "#app/components/no-sheet.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { answerRead, answerWrite, appOf, requireMember } from "#app/request.server.ts";
import { submitSheet } from "#app/submit-sheet.server.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readSheet } from "#server/queries/read-sheet.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const app = appOf(context);
    const member = await requireMember(context, request, params.panelId);
    const [panel, sheet] = await Promise.all([readPanel(app, member), readSheet(app, member)]);
    return { panel, sheet, formKey: app.newId() };
  });
}

export function action({ context, request, params }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const member = await requireMember(context, request, params.panelId);
    return redirect(await submitSheet(await readForm(), member));
  });
}

/** Even after a refusal: points that came with a submission may have been saved though cells are still missing. */
export function shouldRevalidate() {
  return true;
}

export function meta() {
  return titleOf("Check and submit");
}

export default function CheckRoute() {
  const { panel, sheet, formKey } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <PanelShell panel={panel} current="score">
      {sheet.state === null ? <NoSheet panel={panel} /> : <CheckPage {...{ panel, sheet, formKey, refusal }} />}
    </PanelShell>
  );
}
