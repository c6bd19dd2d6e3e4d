import { Link, useSearchParams } from "@remix-run/react";
import { useBoard } from "#app/hooks/use-board.ts";
import { boardSentence, progressSentence } from "#rubric/sentences.ts";
import type { BoardCell, BoardView, PanelView, SheetView } from "#rubric/views.ts";
import { BoardList } from "./board-list.tsx";
import styles from "./board-page.module.css";
import { Button, ButtonLink } from "./button.tsx";
import { boardPath } from "./cell-path.ts";
import { ConnectionState } from "./connection-state.tsx";
import { HeatTable } from "./heat-table.tsx";
import { HiddenWords } from "./hidden-words.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import { ownAnswers } from "./own-answers.ts";
import { PageTitle } from "./page-title.tsx";
import { PanelShell } from "./panel-shell.tsx";
import { progressWords } from "./phase-words.ts";
import { SealedBox } from "./sealed-box.tsx";
import { Stack } from "./stack.tsx";
import { StripKey } from "./strip-key.tsx";

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
        <div role="status">
          <HiddenWords>{live.announcement}</HiddenWords>
        </div>
        {board.visible ? (
          <BoardFigures {...{ panel, sheet, isSoFar, live }} />
        ) : (
          <SealedBox title={panel.phase === "draft" ? "Nothing to see yet" : "Sealed"}>
            <p>{board.reason}</p>
            <p>
              <Link to={`/panels/${panel.panelId}`}>Who sees what, and when</Link>
            </p>
          </SealedBox>
        )}
      </Stack>
    </PanelShell>
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

interface FiguresProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly isSoFar: boolean;
  readonly live: ReturnType<typeof useBoard>;
}

function BoardFigures({ panel, sheet, isSoFar, live }: FiguresProps) {
  const [search] = useSearchParams();
  const onlyContested = search.get("show") === "contested";
  const inNumbers = search.get("view") === "numbers";
  const cells = onlyContested ? live.cells.filter((cell) => cell.verdict === "contested") : live.cells;
  const contested = live.cells.filter((cell) => cell.verdict === "contested").length;
  const own = ownAnswers(sheet);
  const earlierRound = sheet.earlier.length > 0 ? (panel.round ?? 1) - 1 : null;
  return (
    <>
      <HeatTable
        panel={panel}
        cells={live.cells}
        isSoFar={isSoFar}
        caption={`Median score and outcome${isSoFar ? " so far" : ""}. Each cell opens its page.`}
      />
      <section>
        <div className={styles.bar}>
          <h2>Contested first</h2>
          <p className={styles.order}>
            {live.wouldMove === 0 ? null : (
              <>
                Order is held. {live.wouldMove} {live.wouldMove === 1 ? "cell" : "cells"} would move.{" "}
                <Button type="button" look="plain" onClick={live.resort}>
                  Re-sort
                </Button>
              </>
            )}
          </p>
          <Choice
            name="Which cells"
            search={search}
            parameter="show"
            options={[
              ["", `All ${live.cells.length}`],
              ["contested", `Contested ${contested}`],
            ]}
          />
          <Choice
            name="Show as"
            search={search}
            parameter="view"
            options={[
              ["", "Dots"],
              ["numbers", "Numbers"],
            ]}
          />
        </div>
        {cells.length === 0 ? <p>No cell is contested{isSoFar ? " so far" : ""}.</p> : null}
        {cells.length > 0 && inNumbers ? <NumbersTable {...{ panel, cells, isSoFar }} /> : null}
        {cells.length > 0 && !inNumbers ? (
          <>
            <StripKey scores={panel.scores} earlierRound={earlierRound} />
            <BoardList
              {...{ panel, cells, own, isSoFar, changed: live.changed, hasEarlier: earlierRound !== null }}
              expected={Math.max(1, live.board.progress.expected)}
            />
          </>
        ) : null}
      </section>
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly search: URLSearchParams;
  readonly parameter: string;
  readonly options: readonly (readonly [value: string, words: string])[];
}

/** A choice that lives in the address, so that it survives a reload and can be sent to a colleague. */
function Choice({ name, search, parameter, options }: ChoiceProps) {
  return (
    <nav aria-label={name}>
      <ul className={styles.choice}>
        {options.map(([value, words]) => {
          const next = new URLSearchParams(search);
          if (value === "") next.delete(parameter);
          else next.set(parameter, value);
          return (
            <li key={value}>
              <Link
                to={`?${next}`}
                replace
                preventScrollReset
                aria-current={(search.get(parameter) ?? "") === value ? "true" : undefined}
              >
                {words}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
