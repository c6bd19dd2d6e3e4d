import type { CellAgreement } from "#rubric/agreement.ts";
import { printed, shapeWords } from "#rubric/agreement-words.ts";
import { cellKey } from "#rubric/rubric.ts";
import { classicWords, iprasWords } from "#rubric/rule-words.ts";
import type { ConsensusCell, PanelView } from "#rubric/views.ts";
import { printScore } from "#rubric/words.ts";
import { DataTable } from "./data-table.tsx";
import { RowName } from "./row-name.tsx";

interface CellAgreementProps {
  readonly panel: Pick<PanelView, "rubric">;
  readonly cells: readonly ConsensusCell[];
  readonly agreement: readonly CellAgreement[];
}

/** How much alike the scores of each cell are, by every rule that a method section may name. */
export function CellAgreementTable({ panel, cells, agreement }: CellAgreementProps) {
  const cellOf = new Map(cells.map((cell) => [cellKey(cell), cell]));
  const { scale } = panel.rubric;
  return (
    <DataTable caption="Agreement within a cell: 1 all the same, 0 as split as so many scores can be; IPR above IPRAS is a split">
      <thead>
        <tr>
          <th scope="col">Cell</th>
          <th scope="col">n</th>
          <th scope="col">Median, at least 95 %</th>
          <th scope="col">Agreement</th>
          <th scope="col">A</th>
          <th scope="col">Shape</th>
          <th scope="col">IPR, IPRAS</th>
          <th scope="col">Classic count</th>
        </tr>
      </thead>
      <tbody>
        {agreement.map((one) => {
          const cell = cellOf.get(cellKey(one));
          return cell === undefined ? null : (
            <tr key={cellKey(one)}>
              <RowName id={cellKey(one)} criterionId={one.criterionId} rubric={panel.rubric} />
              <td>{cell.n}</td>
              <td>
                {one.medianLow === null || one.medianHigh === null
                  ? "–"
                  : `${printScore(one.medianLow, scale)} to ${printScore(one.medianHigh, scale)}`}
              </td>
              <td>{printed(one.agreementExact)}</td>
              <td>{printed(one.agreementA)}</td>
              <td>{shapeWords(one.agreementA, cell.n)}</td>
              <td>{iprasWords(cell)}</td>
              <td>{classicWords(cell)}</td>
            </tr>
          );
        })}
      </tbody>
    </DataTable>
  );
}
