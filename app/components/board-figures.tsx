import { useSearchParams } from "@remix-run/react";
import type { LiveBoard } from "#app/hooks/use-board.ts";
import type { BoardCell, PanelView, SheetView } from "#rubric/views.ts";
import { BoardList } from "./board-list.tsx";
import styles from "./board-page.module.css";
import { Button } from "./button.tsx";
import { ChoiceLinks } from "./choice-links.tsx";
import { HeatTable } from "./heat-table.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import { ownAnswers } from "./own-answers.ts";
import { StripKey } from "./strip-key.tsx";

interface BoardFiguresProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly isSoFar: boolean;
  readonly live: LiveBoard;
}

/** The map of all cells, and under it each cell with its strip, or the same as a table. */
export function BoardFigures(props: BoardFiguresProps) {
  const { panel, isSoFar, live } = props;
  const [search] = useSearchParams();
  const contested = live.cells.filter((cell) => cell.verdict === "contested");
  // The filter holds too: a cell that comes to an agreement stays in the list until the reader re-sorts.
  const cells = search.get("show") === "contested" ? live.contested : live.cells;
  const Cells = search.get("view") === "numbers" ? CellNumbers : CellDots;
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
          <HeldOrder live={live} />
          <ChoiceLinks
            name="Which cells"
            search={search}
            parameter="show"
            options={[
              ["", `All ${live.cells.length}`],
              ["contested", `Contested ${contested.length}`],
            ]}
          />
          <ChoiceLinks
            name="Show as"
            search={search}
            parameter="view"
            options={[
              ["", "Dots"],
              ["numbers", "Numbers"],
            ]}
          />
        </div>
        {cells.length === 0 ? (
          <p>No cell is contested{isSoFar ? " so far" : ""}.</p>
        ) : (
          <Cells {...props} cells={cells} />
        )}
      </section>
    </>
  );
}

function HeldOrder({ live }: { live: LiveBoard }) {
  if (live.wouldMove === 0) return <p className={styles.order} />;
  return (
    <p className={styles.order}>
      Order is held. {live.wouldMove} {live.wouldMove === 1 ? "cell" : "cells"} would move.{" "}
      <Button type="button" look="plain" onClick={live.resort}>
        Re-sort
      </Button>
    </p>
  );
}

type CellsProps = BoardFiguresProps & { readonly cells: readonly BoardCell[] };

function CellNumbers({ panel, cells, isSoFar, sheet }: CellsProps) {
  return <NumbersTable {...{ panel, cells, isSoFar }} own={ownAnswers(sheet)} />;
}

function CellDots({ panel, cells, isSoFar, sheet, live }: CellsProps) {
  const earlierRound = sheet.earlier.length > 0 ? (panel.round ?? 1) - 1 : null;
  return (
    <>
      <div className={styles.screen}>
        <StripKey scores={panel.scores} earlierRound={earlierRound} />
        <BoardList
          {...{ panel, cells, isSoFar, hasEarlier: earlierRound !== null }}
          own={ownAnswers(sheet)}
          changed={live.changed}
          onSeen={live.onSeen}
          expected={Math.max(1, live.board.progress.expected)}
        />
      </div>
      <div className={styles.print}>
        <NumbersTable {...{ panel, cells, isSoFar }} own={ownAnswers(sheet)} />
      </div>
    </>
  );
}
