import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { ReceiptPage } from "#app/components/receipt-page.tsx";
import { textAt } from "#app/components/typed.ts";
import { answerRead, answerWrite, appOf, requireMember } from "#app/request.server.ts";
import { checkReceipt } from "#server/queries/check-receipt.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readReceiptRounds } from "#server/queries/read-receipt.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const app = appOf(context);
    const member = await requireMember(context, request, params.panelId);
    const [panel, rounds] = await Promise.all([readPanel(app, member), readReceiptRounds(app, member)]);
    return { panel, rounds, formKey: app.newId() };
  });
}

export function action({ context, request, params }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const member = await requireMember(context, request, params.panelId);
    const { app, fields } = await readForm();
    return { checked: await checkReceipt(app, member, textAt(fields, "receipt")), refusal: undefined };
  });
}

export function meta() {
  return titleOf("Receipts");
}

export default function ReceiptRoute() {
  const { panel, rounds, formKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const checked = answer && "checked" in answer ? answer.checked : undefined;
  return (
    <PanelShell panel={panel} current="score">
      <ReceiptPage {...{ panel, rounds, checked, formKey }} refusal={answer?.refusal} />
    </PanelShell>
  );
}
