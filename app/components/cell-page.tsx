import { Link } from "@remix-run/react";
import { useLivePage } from "#app/hooks/use-live-page.ts";
import { contestedFirst } from "#rubric/board-order.ts";
import { type Criterion, cellKey, labelOf } from "#rubric/rubric.ts";
import type { BoardCell, BoardView, CellView, PanelView, SheetView } from "#rubric/views.ts";
import { ButtonLink } from "./button.tsx";
import { CellFigures } from "./cell-figures.tsx";
import styles from "./cell-page.module.css";
import { boardPath, scorePath } from "./cell-path.ts";
import { ConnectionState } from "./connection-state.tsx";
import { Notice } from "./notice.tsx";
import { PageTitle } from "./page-title.tsx";
import { PanelShell } from "./panel-shell.tsx";
import { progressWords } from "./phase-words.ts";
import { SealedBox } from "./sealed-box.tsx";
import { ButtonRow, Stack } from "./stack.tsx";

interface CellPageProps {
  readonly panel: PanelView;
  readonly cell: CellView;
  readonly board: BoardView;
  readonly sheet: SheetView;
}

/** One cell: its strip and outcome, then the rationales side by side, so that the spread is read before the loudest. */
export function CellPage({ panel, cell, board, sheet }: CellPageProps) {
  const { connection } = useLivePage({ panelId: panel.panelId, version: panel.version });
  const criterion = panel.rubric.criteria.find((one) => one.id === cell.criterionId);
  const policy = panel.policies.find((one) => one.id === cell.policyId);
  if (!criterion || !policy) return null;
  const status = (
    <>
      {progressWords(panel.progress)} <ConnectionState connection={connection} />
    </>
  );
  return (
    <PanelShell panel={panel} current="board" status={status}>
      <Stack gap="section">
        <div>
          <p className={styles.where}>
            <Link discover="none" to={`/panels/${panel.panelId}/board`}>
              Board
            </Link>{" "}
            · {cellKey(cell)}
          </p>
          <PageTitle lead={<Question criterion={criterion} />}>
            <bdi>{policy.title}</bdi>
          </PageTitle>
        </div>
        {cell.visible ? (
          <>
            <EarlierRound panel={panel} cell={cell} />
            <CellFigures {...{ panel, view: cell, sheet, criterion }} />
          </>
        ) : (
          <SealedCell panel={panel} sheet={sheet} reason={cell.reason} />
        )}
        <Neighbours panel={panel} board={board} current={cellKey(cell)} />
      </Stack>
    </PanelShell>
  );
}

function Question({ criterion }: { criterion: Criterion }) {
  return (
    <>
      <strong>
        {criterion.id} <bdi>{criterion.name}</bdi>.
      </strong>{" "}
      <bdi>{criterion.question}</bdi>
    </>
  );
}

/** A cell that the present round leaves out, or still seals, stays as its latest closed round left it. */
function EarlierRound({ panel, cell }: Pick<CellPageProps, "panel" | "cell">) {
  if (cell.round === null || cell.round === panel.round) return null;
  return (
    <Notice>
      <p>
        This is round {cell.round}, as it was closed.{" "}
        {panel.phase === "scoring" ? `What round ${panel.round} makes of this cell is not shown yet.` : ""}
      </p>
    </Notice>
  );
}

function SealedCell({ panel, sheet, reason }: Pick<CellPageProps, "panel" | "sheet"> & { reason: string }) {
  return (
    <>
      <SealedBox title="This cell is sealed">
        <p>{reason}</p>
      </SealedBox>
      {sheet.state === "drafting" ? (
        <ButtonRow>
          <ButtonLink to={scorePath(panel, null)} look="primary">
            Go on scoring
          </ButtonLink>
        </ButtonRow>
      ) : null}
    </>
  );
}

/** The contested cells before and after this one, in the board's order. */
function Neighbours({ panel, board, current }: Pick<CellPageProps, "panel" | "board"> & { current: string }) {
  if (!board.visible) return null;
  const order = contestedFirst(board.cells);
  const at = order.findIndex((cell) => cellKey(cell) === current);
  const isContested = (cell: BoardCell) => cell.verdict === "contested";
  const previous = order.slice(0, Math.max(0, at)).findLast(isContested);
  const next = order.slice(at + 1).find(isContested);
  if (!previous && !next) return null;
  return (
    <nav className={styles.neighbours} aria-label="Contested cells">
      {previous ? <Neighbour panel={panel} cell={previous} words="Previous contested cell" /> : null}
      {next ? <Neighbour panel={panel} cell={next} words="Next contested cell" /> : null}
    </nav>
  );
}

function Neighbour({ panel, cell, words }: { panel: PanelView; cell: BoardCell; words: string }) {
  const criterion = panel.rubric.criteria.find(({ id }) => id === cell.criterionId);
  const policy = panel.policies.find(({ id }) => id === cell.policyId);
  return (
    <p>
      <Link discover="none" to={boardPath(panel, cell)}>
        {words}: {cellKey(cell)}
      </Link>
      <span className={styles.where}>
        {" "}
        <bdi>{criterion ? labelOf(criterion) : ""}</bdi>, <bdi>{policy ? labelOf(policy) : ""}</bdi>
      </span>
    </p>
  );
}
