import { Link } from "@remix-run/react";
import { cellKey, labelOf } from "#rubric/rubric.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { answerWords, nonScoreWords, printScore } from "#rubric/words.ts";
import { CellMark, markOf } from "./cell-mark.tsx";
import { scorePath } from "./cell-path.ts";
import { DataTable } from "./data-table.tsx";
import { HiddenWords } from "./hidden-words.tsx";
import styles from "./own-matrix.module.css";

interface OwnMatrixProps {
  readonly panel: Pick<PanelView, "panelId" | "rubric" | "policies">;
  readonly sheet: Pick<SheetView, "scope" | "scores" | "incomplete">;
}

/** All of one's own answers at once, for checking; each leads to its cell. */
export function OwnMatrix({ panel, sheet }: OwnMatrixProps) {
  const scope = new Set(sheet.scope.map(cellKey));
  return (
    <DataTable caption="Your scores">
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          {panel.policies.map((policy) => (
            <th key={policy.id} scope="col">
              {policy.id} <bdi>{labelOf(policy)}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {panel.rubric.criteria.map((criterion) => (
          <tr key={criterion.id}>
            <th scope="row">
              {criterion.id} <bdi>{labelOf(criterion)}</bdi>
            </th>
            {panel.policies.map((policy) => {
              const cell = { policyId: policy.id, criterionId: criterion.id };
              return (
                <td key={policy.id}>
                  {scope.has(cellKey(cell)) ? <MatrixLink {...{ panel, sheet, cell }} /> : <NotAsked />}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function MatrixLink({ panel, sheet, cell }: OwnMatrixProps & { cell: { policyId: string; criterionId: string } }) {
  const key = cellKey(cell);
  const score = sheet.scores.find((one) => cellKey(one) === key);
  const missing = sheet.incomplete.find((one) => cellKey(one) === key)?.sentence;
  const { scale } = panel.rubric;
  return (
    <Link discover="none" to={scorePath(panel, cell)} className={styles.link}>
      <CellMark kind={markOf(score, missing)} />
      <span aria-hidden="true">{figureOf(score, scale)}</span>
      <HiddenWords>
        {key}, {answerWords(score ?? { value: null, nonScore: null }, scale)}
        {missing === undefined || score?.value == null ? "" : `, ${missing}`}
      </HiddenWords>
    </Link>
  );
}

function figureOf(score: SheetView["scores"][number] | undefined, scale: PanelView["rubric"]["scale"]): string {
  if (score?.nonScore) return nonScoreWords(score.nonScore);
  return score === undefined || score.value === null ? "To do" : printScore(score.value, scale);
}

function NotAsked() {
  return <span className={styles.none}>Not in this round</span>;
}
