import { type Criterion, cellKey } from "#rubric/rubric.ts";
import { levelsOf, type ScaleRange } from "#rubric/scale.ts";
import { countsLine, type OwnAnswer, stripSentence } from "#rubric/sentences.ts";
import type { CellEntry, CellView, PanelView, SheetView } from "#rubric/views.ts";
import styles from "./cell-page.module.css";
import { DotStrip } from "./dot-strip.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import { Outcome } from "./outcome.tsx";
import { ownAnswers } from "./own-answers.ts";
import { RationaleColumns } from "./rationale-columns.tsx";
import { ReadingOfCell } from "./reading-box.tsx";
import { RulePanel } from "./rule-panel.tsx";
import { Stack } from "./stack.tsx";

interface CellFiguresProps {
  readonly panel: PanelView;
  readonly view: CellView & { readonly visible: true };
  readonly sheet: SheetView;
  readonly criterion: Criterion;
}

/** What a cell came to, how, and why. */
export function CellFigures({ panel, view, sheet, criterion }: CellFiguresProps) {
  const { cell, entries } = view;
  const { scale } = panel.rubric;
  const isSoFar = view.phase === "scoring" && view.round === panel.round;
  const frame = { criterion, scale, isSoFar };
  const own = ownIn(view, sheet);
  return (
    <>
      <section className={styles.figures} aria-label="Scores and outcome">
        <div>
          <DotStrip
            cell={cell}
            scale={scale}
            expected={Math.max(1, panel.progress.expected)}
            own={own}
            hasEarlier={own !== null && own.earlier !== null}
            afterSight={afterSightCounts(entries, scale)}
            sentence={stripSentence(cell, frame, own)}
          />
          <details>
            <summary>Numbers</summary>
            <NumbersTable panel={panel} cells={[cell]} isSoFar={isSoFar} />
          </details>
        </div>
        <Stack gap="tight">
          <Outcome cell={cell} frame={frame} />
          <p>{countsLine(cell, scale)}</p>
          <RulePanel cell={cell} scale={scale} />
        </Stack>
      </section>
      <Stack>
        <h2>Rationales</h2>
        <RationaleColumns entries={entries} scale={scale} identity={panel.protocol.identity} />
      </Stack>
      {view.reading ? <ReadingOfCell cell={view.reading} /> : null}
    </>
  );
}

/** The viewer's own answer in the round that the view is of. */
function ownIn({ cell, round }: CellFiguresProps["view"], sheet: SheetView): OwnAnswer | null {
  if (round === sheet.round) return ownAnswers(sheet).get(cellKey(cell)) ?? null;
  const before = sheet.earlier.find((score) => cellKey(score) === cellKey(cell));
  return before ? { value: before.value, nonScore: before.nonScore, earlier: null } : null;
}

function afterSightCounts(entries: readonly CellEntry[], scale: ScaleRange): number[] {
  return levelsOf(scale).map((level) => entries.filter((entry) => entry.afterSight && entry.value === level).length);
}
