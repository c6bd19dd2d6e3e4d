import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { scorePath } from "#app/components/cell-path.ts";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { NoSheet } from "#app/components/no-sheet.tsx";
import { OwnSheetPage } from "#app/components/own-sheet-page.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { closedCellOf, firstCell, isInScope } from "#app/components/scoring-cell.ts";
import { ScoringPage } from "#app/components/scoring-page.tsx";
import { answerRead, answerWrite, appOf, requireMember } from "#app/request.server.ts";
import { saveAnswer } from "#app/save-answer.server.ts";
import { readConsensus } from "#server/queries/read-consensus.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readSheet } from "#server/queries/read-sheet.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const app = appOf(context);
    const member = await requireMember(context, request, params.panelId);
    const [panel, sheet] = await Promise.all([readPanel(app, member), readSheet(app, member)]);
    const current = new URL(request.url).searchParams.get("cell");
    // The address names the cell, so that a page that refreshes itself never moves to another one.
    if (sheet.state !== null && sheet.scope.length > 0 && !isInScope(sheet, current))
      throw redirect(scorePath(panel, firstCell(panel, sheet)));
    const consensus = (panel.round ?? 0) > 1 ? await readConsensus(app, member) : null;
    return { panel, sheet, current, closed: closedCellOf(panel, consensus, current), formKey: app.newId() };
  });
}

export function action({ context, request, params }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const member = await requireMember(context, request, params.panelId);
    const form = await readForm();
    return redirect(await saveAnswer(form, member));
  });
}

export function meta() {
  return titleOf("Score");
}

export default function ScoreRoute() {
  const { panel, sheet, current, closed, formKey } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <PanelShell panel={panel} current="score">
      <ErrorSummary refusal={refusal} />
      <Sheet {...{ panel, sheet, current, closed, formKey, refusal }} />
    </PanelShell>
  );
}

function Sheet(props: Parameters<typeof ScoringPage>[0]) {
  const { panel, sheet } = props;
  if (sheet.state === null) return <NoSheet panel={panel} />;
  return sheet.state === "drafting" && panel.phase === "scoring" ? (
    <ScoringPage {...props} />
  ) : (
    <OwnSheetPage {...props} />
  );
}
