import { Link } from "@remix-run/react";
import { useLivePage } from "#app/hooks/use-live-page.ts";
import { contestedFirst } from "#rubric/board-order.ts";
import { type Criterion, cellKey, type Policy } from "#rubric/rubric.ts";
import { countsLine, stripSentence } from "#rubric/sentences.ts";
import type { BoardView, CellView, PanelView, SheetView } from "#rubric/views.ts";
import styles from "./cell-page.module.css";
import { boardPath } from "./cell-path.ts";
import { ConnectionState } from "./connection-state.tsx";
import { DotStrip } from "./dot-strip.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import { Outcome } from "./outcome.tsx";
import { ownAnswers } from "./own-answers.ts";
import { PageTitle } from "./page-title.tsx";
import { PanelShell } from "./panel-shell.tsx";
import { progressWords } from "./phase-words.ts";
import { RationaleColumns } from "./rationale-columns.tsx";
import { RulePanel } from "./rule-panel.tsx";
import { SealedBox } from "./sealed-box.tsx";
import { Stack } from "./stack.tsx";

interface CellPageProps {
  readonly panel: PanelView;
  readonly cell: CellView;
  readonly board: BoardView;
  readonly sheet: SheetView;
}

/** One cell: its strip and outcome, then the rationales side by side, so that the spread is read before the loudest. */
export function CellPage({ panel, cell, board, sheet }: CellPageProps) {
  const { connection } = useLivePage({ panelId: panel.panelId, version: cell.version });
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
            <Link to={`/panels/${panel.panelId}/board`}>Board</Link> · {cellKey(cell)}
          </p>
          <PageTitle lead={<Question criterion={criterion} />}>
            <bdi>{policy.title}</bdi>
          </PageTitle>
        </div>
        {cell.visible ? (
          <CellFigures {...{ panel, cell, sheet, criterion, policy }} />
        ) : (
          <SealedBox title="Sealed">
            <p>{cell.reason}</p>
          </SealedBox>
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
      {criterion.question}
    </>
  );
}

interface FiguresProps {
  readonly panel: PanelView;
  readonly cell: CellView & { visible: true };
  readonly sheet: SheetView;
  readonly criterion: Criterion;
  readonly policy: Policy;
}

function CellFigures({ panel, cell: view, sheet, criterion }: FiguresProps) {
  const { cell } = view;
  const { scale } = panel.rubric;
  const isSoFar = view.phase === "scoring";
  const frame = { criterion, scale, isSoFar };
  const own = ownAnswers(sheet).get(cellKey(cell)) ?? null;
  const hasEarlier = sheet.earlier.some((score) => cellKey(score) === cellKey(cell));
  return (
    <>
      <section className={styles.figures} aria-label="Scores and outcome">
        <DotStrip
          cell={cell}
          scale={scale}
          expected={Math.max(1, panel.progress.expected)}
          own={own}
          hasEarlier={hasEarlier}
          sentence={stripSentence(cell, frame, own)}
        />
        <Stack gap="tight">
          <Outcome cell={cell} frame={frame} />
          <p>{countsLine(cell, scale)}</p>
          <RulePanel cell={cell} scale={scale} />
        </Stack>
      </section>
      <details>
        <summary>Numbers</summary>
        <NumbersTable panel={panel} cells={[cell]} isSoFar={isSoFar} />
      </details>
      <section>
        <h2>Rationales</h2>
        <RationaleColumns entries={view.entries} scale={scale} identity={panel.protocol.identity} />
      </section>
      {view.reading ? (
        <section>
          <h2>What the rubric’s authors wrote</h2>
          <Stack narrow gap="tight">
            <p>{view.reading.paraphrase}</p>
            {view.reading.quote ? (
              <blockquote className={styles.quote}>
                “{view.reading.quote}” <cite>{view.reading.quoteSource}</cite>
              </blockquote>
            ) : null}
            <p className={styles.where}>
              {view.reading.placement === "authors"
                ? "The authors tie this remark to this policy and criterion."
                : "Which cell it belongs to is Concord’s reading."}{" "}
              Text, not a score.
            </p>
          </Stack>
        </section>
      ) : null}
    </>
  );
}

/** The contested cells before and after this one, in the board's order. */
function Neighbours({ panel, board, current }: { panel: PanelView; board: BoardView; current: string }) {
  if (!board.visible) return null;
  const contested = contestedFirst(board.cells).filter(
    (cell) => cell.verdict === "contested" && cellKey(cell) !== current,
  );
  const [next] = contested;
  if (!next) return null;
  return (
    <nav aria-label="Contested cells">
      <ul>
        {contested.map((cell) => (
          <li key={cellKey(cell)}>
            <Link to={boardPath(panel, cell)}>{cellKey(cell)}, contested</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
