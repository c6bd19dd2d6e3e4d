import { cellKey, labelOf } from "#rubric/rubric.ts";
import { levelsOf } from "#rubric/scale.ts";
import type { BoardCell, PanelView } from "#rubric/views.ts";
import { outcomeWords, printScore } from "#rubric/words.ts";
import { DataTable } from "./data-table.tsx";

interface NumbersProps {
  readonly panel: Pick<PanelView, "rubric" | "policies">;
  readonly cells: readonly BoardCell[];
  readonly isSoFar: boolean;
}

/** Everything the strips show, and the medians they leave out, as a table. */
export function NumbersTable({ panel, cells, isSoFar }: NumbersProps) {
  const { scale, criteria } = panel.rubric;
  const levels = levelsOf(scale);
  const criterionOf = (cell: BoardCell) => criteria.find((one) => one.id === cell.criterionId);
  return (
    <DataTable caption={`Scores by level, median and spread (quantiles of type 2)${isSoFar ? ", so far" : ""}`}>
      <thead>
        <tr>
          <th scope="col">Cell</th>
          {levels.map((level) => (
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
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => {
          const criterion = criterionOf(cell);
          return (
            <tr key={cellKey(cell)}>
              <th scope="row">
                {cellKey(cell)} <bdi>{criterion ? labelOf(criterion) : ""}</bdi>
              </th>
              {levels.map((level, index) => (
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
              <td>{criterion ? outcomeWords(cell, { criterion, scale, isSoFar }) : ""}</td>
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}
