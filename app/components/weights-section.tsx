import { hundredths, weightsSentence } from "#rubric/analysis/analysis-words.ts";
import type { CriteriaShares } from "#rubric/analysis/criteria-shares.ts";
import type { PanelView } from "#rubric/views.ts";
import { DataTable } from "./data-table.tsx";
import { RowName } from "./row-name.tsx";
import { Stack } from "./stack.tsx";
import styles from "./weights-section.module.css";

interface WeightsSectionProps {
  readonly panel: Pick<PanelView, "rubric">;
  readonly weights: CriteriaShares;
}

/** How much each criterion counts: the panel's mean, equal weights beside it, and each reviewer as an unnamed dot. */
export function WeightsSection({ panel, weights }: WeightsSectionProps) {
  const most = Math.max(weights.equal, ...weights.reviewers.flat(), ...weights.weights);
  return (
    <section>
      <Stack gap="tight">
        <h2>How much each criterion counts</h2>
        <p>{weightsSentence(weights)}</p>
        {weights.source === "equal" ? null : (
          <DataTable caption="Weight of each criterion, of 100">
            <thead>
              <tr>
                <th scope="col">Criterion</th>
                <th scope="col">Panel</th>
                <th scope="col">Equal</th>
                {weights.reviewers.length > 0 ? <th scope="col">Each reviewer, 0 to {hundredths(most)}</th> : null}
              </tr>
            </thead>
            <tbody>
              {panel.rubric.criteria.map(({ id }, place) => (
                <tr key={id}>
                  <RowName id={id} criterionId={id} rubric={panel.rubric} />
                  <td>{hundredths(weights.weights[place] ?? 0)}</td>
                  <td>{hundredths(weights.equal)}</td>
                  {weights.reviewers.length > 0 ? (
                    <td>
                      <Dots shares={weights.reviewers.map((own) => own[place] ?? 0)} most={most} />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </DataTable>
        )}
      </Stack>
    </section>
  );
}

function Dots({ shares, most }: { shares: readonly number[]; most: number }) {
  const sorted = [...shares].sort((left, right) => left - right);
  const words = sorted.map(hundredths).join(", ");
  return (
    <svg className={styles.dots} width="100%" height="16" role="img" aria-label={words}>
      <line x1="4%" x2="96%" y1="8" y2="8" className={styles.axis} />
      {sorted.map((share, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the dots are nothing but their place in this order
        <circle key={place} cx={`${4 + (92 * share) / most}%`} cy="8" r="4.5" className={styles.dot} />
      ))}
    </svg>
  );
}
