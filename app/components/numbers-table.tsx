import { cellKey, labelOf } from "#rubric/rubric.ts";
import { levelsOf, type ScaleRange } from "#rubric/scale.ts";
import type { OwnAnswer } from "#rubric/sentences.ts";
import type { BoardCell, PanelView } from "#rubric/views.ts";
import { nonScoreWords, outcomeWords, printScore } from "#rubric/words.ts";
import { DataTable } from "./data-table.tsx";

interface NumbersProps {
  readonly panel: Pick<PanelView, "rubric" | "policies">;
  readonly cells: readonly BoardCell[];
  readonly isSoFar: boolean;
  /** The viewer's own answers, where the viewer has any. */
  readonly own?: ReadonlyMap<string, OwnAnswer>;
}

/** Everything the strips show, and the medians they leave out, as a table. */
export function NumbersTable({ panel, cells, isSoFar, own = new Map() }: NumbersProps) {
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
          {own.size > 0 ? <th scope="col">Yours</th> : null}
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
              {own.size > 0 ? <td>{ownWords(own.get(cellKey(cell)), scale)}</td> : null}
              <td>{criterion ? outcomeWords(cell, { criterion, scale, isSoFar }) : ""}</td>
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}

function ownWords(own: OwnAnswer | undefined, scale: ScaleRange): string {
  if (own === undefined) return "–";
  if (own.nonScore !== null) return nonScoreWords(own.nonScore);
  return own.value === null ? "–" : printScore(own.value, scale);
}
