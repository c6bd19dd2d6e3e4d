import { movementSentence, printed } from "#rubric/agreement-words.ts";
import { changesSentence } from "#rubric/analysis/analysis-words.ts";
import type { RoundChanges } from "#rubric/analysis/round-changes.ts";
import type { CellMovement } from "#rubric/movement.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { PanelView } from "#rubric/views.ts";
import { DataTable } from "./data-table.tsx";
import { RowName } from "./row-name.tsx";
import { Stack } from "./stack.tsx";

interface MovementSectionProps {
  readonly panel: Pick<PanelView, "rubric">;
  readonly movement: readonly CellMovement[];
  /** From who gave which score; `null` on anonymous panels. */
  readonly changes: RoundChanges | null;
}

/** What another round changed: counted in a sentence, and cell by cell. */
export function MovementSection({ panel, movement, changes }: MovementSectionProps) {
  const changesOf = new Map(changes?.cells.map((cell) => [cellKey(cell), cell]));
  return (
    <section>
      <Stack gap="tight">
        <h2>What moved</h2>
        <p>{movementSentence(movement)}</p>
        {changes === null ? null : <p>{changesSentence(changes)}</p>}
        <details>
          <summary>Cell by cell</summary>
          <DataTable caption="From the round before: the share of scores that lie elsewhere, median and middle half">
            <thead>
              <tr>
                <th scope="col">Cell</th>
                <th scope="col">Rounds</th>
                <th scope="col">Scores elsewhere</th>
                <th scope="col">Median by</th>
                <th scope="col">IQR by</th>
                {changes === null ? null : <th scope="col">Changed, towards, away</th>}
                <th scope="col">Now</th>
              </tr>
            </thead>
            <tbody>
              {movement.map((cell) => (
                <tr key={cellKey(cell)}>
                  <RowName id={cellKey(cell)} criterionId={cell.criterionId} rubric={panel.rubric} />
                  <td>
                    {cell.fromRound} to {cell.toRound}
                  </td>
                  <td>{printed(cell.histogramChange)}</td>
                  <td>{signed(cell.medianShift)}</td>
                  <td>{signed(cell.iqrChange)}</td>
                  {changes === null ? null : <td>{changedWords(changesOf.get(cellKey(cell)))}</td>}
                  <td>{cell.verdict}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </details>
      </Stack>
    </section>
  );
}

function changedWords(cell: RoundChanges["cells"][number] | undefined): string {
  return cell === undefined ? "–" : `${cell.changed} of ${cell.paired}, ${cell.toward}, ${cell.away}`;
}

function signed(change: number): string {
  if (change === 0) return "0";
  return change > 0 ? `+${change}` : `−${-change}`;
}
