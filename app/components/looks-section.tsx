import { printed } from "#rubric/agreement-words.ts";
import { looksSentence } from "#rubric/analysis/analysis-words.ts";
import type { PanelView, SecondLookView } from "#rubric/views.ts";
import { DataTable } from "./data-table.tsx";
import { Stack } from "./stack.tsx";

interface LooksSectionProps {
  readonly panel: Pick<PanelView, "role">;
  readonly looks: readonly SecondLookView[];
}

/** Figures about persons: everybody's for facilitators, the own for a reviewer. Hints, never a verdict. */
export function LooksSection({ panel, looks }: LooksSectionProps) {
  const isFacilitator = panel.role === "facilitator";
  return (
    <section>
      <Stack gap="tight">
        <h2>{isFacilitator ? "Scores worth a look" : "Your scores beside the others\u2019"}</h2>
        {isFacilitator ? (
          <p>{looksSentence(looks)} Only facilitators see this table.</p>
        ) : (
          <p>Only you and the facilitators see this.</p>
        )}
        <details>
          <summary>{isFacilitator ? "Reviewer by reviewer" : "Figures"}</summary>
          <DataTable caption="Severity is how far someone scores above (+) or below the others on the same cells, in levels">
            <thead>
              <tr>
                <th scope="col">Reviewer</th>
                <th scope="col">Scores</th>
                <th scope="col">Severity</th>
                <th scope="col">Robust z</th>
                <th scope="col">Noise</th>
                <th scope="col">Robust z</th>
                <th scope="col">Correlation with the others</th>
                <th scope="col">Alpha without</th>
                <th scope="col">Levels used</th>
                {isFacilitator ? <th scope="col">Worth a look</th> : null}
              </tr>
            </thead>
            <tbody>
              {looks.map((look) => (
                <tr key={look.label}>
                  <th scope="row">
                    <bdi>{look.label}</bdi>
                  </th>
                  <td>{look.scores}</td>
                  <td>{printed(look.severity)}</td>
                  <td>{printed(look.severityRobustZ)}</td>
                  <td>{printed(look.residualRms)}</td>
                  <td>{printed(look.residualRobustZ)}</td>
                  <td>{printed(look.correlationWithOthers)}</td>
                  <td>{printed(look.alphaDeltaWithout)}</td>
                  <td>{look.usedLevels}</td>
                  {isFacilitator ? <td>{look.isUnusual ? "yes" : "no"}</td> : null}
                </tr>
              ))}
            </tbody>
          </DataTable>
        </details>
      </Stack>
    </section>
  );
}
