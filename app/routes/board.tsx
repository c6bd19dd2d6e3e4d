import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BoardPage } from "#app/components/board-page.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { answerRead, appOf, requireMember } from "#app/request.server.ts";
import { readBoard } from "#server/queries/read-board.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readSheet } from "#server/queries/read-sheet.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    const app = appOf(context);
    const [panel, board, sheet] = await Promise.all([
      readPanel(app, member),
      readBoard(app, member),
      readSheet(app, member),
    ]);
    return { panel, board, sheet };
  });
}

export function meta() {
  return titleOf("Board");
}

export default function Board() {
  return <BoardPage {...useLoaderData<typeof loader>()} />;
}
