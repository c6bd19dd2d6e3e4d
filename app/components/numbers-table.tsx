import type { ReactNode } from "react";
import { cellKey } from "#rubric/rubric.ts";
import { levelsOf, type ScaleRange } from "#rubric/scale.ts";
import type { OwnAnswer } from "#rubric/sentences.ts";
import type { BoardCell, PanelView } from "#rubric/views.ts";
import { nonScoreWords, outcomeWords, printScore } from "#rubric/words.ts";
import { DataTable } from "./data-table.tsx";
import { RowName } from "./row-name.tsx";

interface NumbersProps {
  readonly panel: Pick<PanelView, "rubric" | "policies">;
  readonly cells: readonly BoardCell[];
  readonly isSoFar: boolean;
  /** The viewer's own answers, where the viewer has any. */
  readonly own?: ReadonlyMap<string, OwnAnswer>;
}

/** Everything the strips show, and the medians they leave out, as a table. */
export function NumbersTable({ panel, cells, isSoFar, own }: NumbersProps) {
  const { scale } = panel.rubric;
  const hasOwn = own !== undefined && own.size > 0;
  return (
    <DataTable caption={`Scores by level, median and spread (quantiles of type 2)${isSoFar ? ", so far" : ""}`}>
      <thead>
        <tr>
          <th scope="col">Cell</th>
          {levelsOf(scale).map((level) => (
            <th key={level} scope="col">
              {printScore(level, scale)}
            </th>
          ))}
          <th scope="col">n</th>
          <th scope="col">Median</th>
          <th scope="col">IQR</th>
          <th scope="col">Cannot judge</th>
          <th scope="col">Abstain</th>
          <th scope="col">Recused</th>
          <th scope="col">Absent</th>
          {hasOwn ? <th scope="col">Yours</th> : null}
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => (
          <CellRow key={cellKey(cell)} panel={panel} cell={cell} isSoFar={isSoFar}>
            {hasOwn ? <td>{ownWords(own.get(cellKey(cell)), scale)}</td> : null}
          </CellRow>
        ))}
      </tbody>
    </DataTable>
  );
}

interface CellRowProps extends Pick<NumbersProps, "panel" | "isSoFar"> {
  readonly cell: BoardCell;
  /** The column that not every table has. */
  readonly children: ReactNode;
}

function CellRow({ panel, cell, isSoFar, children }: CellRowProps) {
  const { scale, criteria } = panel.rubric;
  const criterion = criteria.find((one) => one.id === cell.criterionId);
  return (
    <tr>
      <RowName id={cellKey(cell)} criterionId={cell.criterionId} rubric={panel.rubric} />
      {levelsOf(scale).map((level, index) => (
        <td key={level}>{cell.counts?.[index] ?? "–"}</td>
      ))}
      <td>
        {cell.n} of {cell.eligible}
      </td>
      <td>{cell.median === null ? "–" : printScore(cell.median, scale)}</td>
      <td>{cell.iqr ?? "–"}</td>
      <td>{cell.nonScores.cannotJudge}</td>
      <td>{cell.nonScores.abstain}</td>
      <td>{cell.nonScores.recused}</td>
      <td>{cell.nonScores.absent}</td>
      {children}
      <td>{criterion ? outcomeWords(cell, { criterion, scale, isSoFar }) : ""}</td>
    </tr>
  );
}

function ownWords(own: OwnAnswer | undefined, scale: ScaleRange): string {
  if (own === undefined) return "–";
  if (own.nonScore !== null) return nonScoreWords(own.nonScore);
  return own.value === null ? "–" : printScore(own.value, scale);
}
