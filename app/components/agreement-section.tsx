import type { PanelAgreement } from "#rubric/agreement.ts";
import { printed, reasonWords, reliabilityFigures, reliabilitySentence } from "#rubric/agreement-words.ts";
import type { Analysis } from "#rubric/analysis/analysis.ts";
import { crossedSentence } from "#rubric/analysis/analysis-words.ts";
import type { ConsensusCell, PanelView } from "#rubric/views.ts";
import { CellAgreementTable } from "./cell-agreement-table.tsx";
import { DataTable } from "./data-table.tsx";
import { RowName } from "./row-name.tsx";
import { Stack } from "./stack.tsx";

interface AgreementSectionProps {
  readonly panel: Pick<PanelView, "rubric">;
  readonly agreement: PanelAgreement;
  readonly cells: readonly ConsensusCell[];
  /** From who gave which score; `null` on anonymous panels and before the reveal. */
  readonly reliability: Analysis["reliability"];
}

/** How far the reviewers agree over all cells: a sentence, the figures behind it, and each criterion by itself. */
export function AgreementSection({ panel, agreement, cells, reliability }: AgreementSectionProps) {
  const crossedOf = (criterionId: string) => reliability?.criteria.find((one) => one.criterionId === criterionId);
  return (
    <section>
      <Stack gap="tight">
        <h2>How far the reviewers agree</h2>
        <p>{reliabilitySentence(agreement.panel)}</p>
        <p>{reliabilityFigures(agreement.panel)}</p>
        {reliability === null ? null : <p>{crossedSentence(reliability.panel)}</p>}
        <details>
          <summary>By criterion</summary>
          <DataTable caption="Agreement by criterion: 1 is all alike, 0 no more than by chance">
            <thead>
              <tr>
                <th scope="col">Criterion</th>
                <th scope="col">Cells</th>
                <th scope="col">Scores</th>
                <th scope="col">Ordinal alpha</th>
                <th scope="col">95 % interval</th>
                <th scope="col">AC2</th>
                {reliability === null ? null : (
                  <>
                    <th scope="col">ICC, one reviewer</th>
                    <th scope="col">ICC, the mean</th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {agreement.criteria.map((one) => (
                <tr key={one.criterionId}>
                  <RowName id={one.criterionId} criterionId={one.criterionId} rubric={panel.rubric} />
                  <td>{one.cells}</td>
                  <td>{one.scores}</td>
                  <td>{one.alpha === null ? `– ${reasonWords(one.reasons.alpha)}` : printed(one.alpha)}</td>
                  <td>{one.alphaLow === null ? "–" : `${printed(one.alphaLow)} to ${printed(one.alphaHigh)}`}</td>
                  <td>{printed(one.ac2)}</td>
                  {reliability === null ? null : (
                    <>
                      <td>{printed(crossedOf(one.criterionId)?.iccOne ?? null)}</td>
                      <td>{printed(crossedOf(one.criterionId)?.iccPanel ?? null)}</td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </DataTable>
        </details>
        <details>
          <summary>Cell by cell</summary>
          <CellAgreementTable panel={panel} cells={cells} agreement={agreement.cells} />
        </details>
      </Stack>
    </section>
  );
}
