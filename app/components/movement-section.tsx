import { movementSentence, printed } from "#rubric/agreement-words.ts";
import type { CellMovement } from "#rubric/movement.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { PanelView } from "#rubric/views.ts";
import { DataTable } from "./data-table.tsx";
import { RowName } from "./row-name.tsx";
import { Stack } from "./stack.tsx";

interface MovementSectionProps {
  readonly panel: Pick<PanelView, "rubric">;
  readonly movement: readonly CellMovement[];
}

/** What another round changed: counted in a sentence, and cell by cell. */
export function MovementSection({ panel, movement }: MovementSectionProps) {
  return (
    <section>
      <Stack gap="tight">
        <h2>What moved</h2>
        <p>{movementSentence(movement)}</p>
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

function signed(change: number): string {
  if (change === 0) return "0";
  return change > 0 ? `+${change}` : `−${-change}`;
}
