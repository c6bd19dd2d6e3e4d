import { printed } from "#rubric/agreement-words.ts";
import type { AdjustedCell } from "#rubric/analysis/adjusted-cells.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { ConsensusCell, PanelView } from "#rubric/views.ts";
import { printScore } from "#rubric/words.ts";
import { DataTable } from "./data-table.tsx";
import { RowName } from "./row-name.tsx";
import { Stack } from "./stack.tsx";

interface AdjustedSectionProps {
  readonly panel: Pick<PanelView, "rubric">;
  readonly adjusted: readonly AdjustedCell[];
  readonly cells: readonly ConsensusCell[];
}

/** What the cells would have got had all been scored by the same people; nothing where that changes nothing. */
export function AdjustedSection({ panel, adjusted, cells }: AdjustedSectionProps) {
  const { min, max } = panel.rubric.scale;
  const apart = adjusted.flatMap((cell) => {
    const { adjusted: figure, mean } = cell;
    return figure === null || Math.abs(figure - mean) < 0.005 ? [] : [{ ...cell, adjusted: figure }];
  });
  if (apart.length === 0) return null;
  const medians = new Map(cells.map((cell) => [cellKey(cell), cell.median]));
  return (
    <section>
      <Stack gap="tight">
        <h2>Had the same people scored everything</h2>
        <p>
          Not everybody scored every policy, and some score higher than others. In {apart.length} of {adjusted.length}{" "}
          cells the mean adjusted for who scored differs from the plain one.
        </p>
        <details>
          <summary>Cell by cell</summary>
          <DataTable caption="Mean adjusted for the severity of who scored, beside the plain figures">
            <thead>
              <tr>
                <th scope="col">Cell</th>
                <th scope="col">n</th>
                <th scope="col">Median</th>
                <th scope="col">Mean</th>
                <th scope="col">Adjusted</th>
                <th scope="col">Standard error</th>
              </tr>
            </thead>
            <tbody>
              {apart.map((cell) => {
                const median = medians.get(cellKey(cell)) ?? null;
                return (
                  <tr key={cellKey(cell)}>
                    <RowName id={cellKey(cell)} criterionId={cell.criterionId} rubric={panel.rubric} />
                    <td>{cell.n}</td>
                    <td>{median === null ? "–" : printScore(median, panel.rubric.scale)}</td>
                    <td>{printed(cell.mean)}</td>
                    <td>{printed(Math.min(max, Math.max(min, cell.adjusted)))}</td>
                    <td>{printed(cell.seAdjusted)}</td>
                  </tr>
                );
              })}
            </tbody>
          </DataTable>
        </details>
      </Stack>
    </section>
  );
}
