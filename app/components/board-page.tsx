import { Link } from "@remix-run/react";
import { useBoard } from "#app/hooks/use-board.ts";
import { boardSentence, progressSentence } from "#rubric/sentences.ts";
import type { BoardCell, BoardView, PanelView, SheetView } from "#rubric/views.ts";
import { BoardFigures } from "./board-figures.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { boardPath, scorePath } from "./cell-path.ts";
import { ConnectionState } from "./connection-state.tsx";
import { HiddenWords } from "./hidden-words.tsx";
import { PageTitle } from "./page-title.tsx";
import { PanelShell } from "./panel-shell.tsx";
import { progressWords } from "./phase-words.ts";
import { SealedBox } from "./sealed-box.tsx";
import { ButtonRow, Stack } from "./stack.tsx";

interface BoardPageProps {
  readonly panel: PanelView;
  readonly board: BoardView;
  readonly sheet: SheetView;
}

/** Where the panel differs, live for whoever may see it, and a sealed box for everybody else. */
export function BoardPage({ panel, board: loaded, sheet }: BoardPageProps) {
  const live = useBoard(panel.panelId, loaded);
  const { board, events } = live;
  const isSoFar = board.phase === "scoring";
  const pause = board.visible && isSoFar ? <PauseButton {...events} /> : null;
  const status = (
    <>
      {progressWords(board.progress)} <ConnectionState connection={events.connection} />
    </>
  );
  return (
    <PanelShell panel={panel} current="board" status={status}>
      <Stack gap="section">
        <PageTitle
          lead={
            board.visible
              ? `${boardSentence(board.cells, isSoFar)} ${progressSentence(board.progress)}`
              : progressSentence(board.progress)
          }
          actions={
            <>
              {pause}
              <NextContested panel={panel} cells={live.cells} />
            </>
          }
        >
          Where the panel differs
        </PageTitle>
        {board.visible ? (
          <BoardFigures {...{ panel, sheet, isSoFar, live }} />
        ) : (
          <SealedBoard panel={panel} sheet={sheet} reason={board.reason} />
        )}
      </Stack>
      <div role="status">
        <HiddenWords>{live.announcement}</HiddenWords>
      </div>
    </PanelShell>
  );
}

/** What is sealed, until when, and what can be seen meanwhile; the same words whatever others have scored. */
function SealedBoard({ panel, sheet, reason }: { panel: PanelView; sheet: SheetView; reason: string }) {
  const isDrafting = sheet.state === "drafting";
  return (
    <>
      <SealedBox title={panel.phase === "draft" ? "Nothing to see yet" : "The board is sealed"}>
        <p>{reason}</p>
      </SealedBox>
      <ButtonRow>
        {isDrafting ? (
          <ButtonLink to={scorePath(panel, null)} look="primary">
            Go on scoring
          </ButtonLink>
        ) : null}
        {(panel.round ?? 0) > 1 ? (
          <Link to={`/panels/${panel.panelId}/consensus`}>What earlier rounds came to</Link>
        ) : null}
        <Link to={`/panels/${panel.panelId}`}>Who sees what, and when</Link>
      </ButtonRow>
    </>
  );
}

function PauseButton({ isPaused, pause, resume }: { isPaused: boolean; pause(): void; resume(): void }) {
  return (
    <Button type="button" onClick={isPaused ? resume : pause}>
      {isPaused ? "Resume updates" : "Pause updates"}
    </Button>
  );
}

function NextContested({ panel, cells }: { panel: PanelView; cells: readonly BoardCell[] }) {
  const next = cells.find((cell) => cell.verdict === "contested");
  if (!next) return null;
  return (
    <ButtonLink to={boardPath(panel, next)} look="primary">
      Open next contested cell
    </ButtonLink>
  );
}
