import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CellPage } from "#app/components/cell-page.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { answerRead, appOf, requireMember } from "#app/request.server.ts";
import { readBoard } from "#server/queries/read-board.ts";
import { readCell } from "#server/queries/read-cell.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readSheet } from "#server/queries/read-sheet.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    const app = appOf(context);
    const id = { policyId: params.policyId ?? "", criterionId: params.criterionId ?? "" };
    const [panel, cell, board, sheet] = await Promise.all([
      readPanel(app, member),
      readCell(app, member, id),
      readBoard(app, member),
      readSheet(app, member),
    ]);
    return { panel, cell, board, sheet };
  });
}

export function meta() {
  return titleOf("Cell");
}

export default function Cell() {
  return <CellPage {...useLoaderData<typeof loader>()} />;
}
