import type { Criterion } from "#rubric/rubric.ts";
import type { PanelView } from "#rubric/views.ts";
import { countWords } from "#rubric/words.ts";
import { DataTable } from "./data-table.tsx";
import { Stack } from "./stack.tsx";

type Judged = Pick<PanelView, "rubric" | "policies">;

/** What is judged, and by what. */
export function RubricParts({ panel: { rubric, policies } }: { panel: Judged }) {
  return (
    <Stack gap="tight">
      {rubric.summary ? <p>{rubric.summary}</p> : null}
      <details>
        <summary>{countWords(policies.length, "policy", "policies")}</summary>
        <PolicyTable policies={policies} />
      </details>
      <details>
        <summary>{countWords(rubric.criteria.length, "criterion", "criteria")}</summary>
        <CriterionTable rubric={rubric} />
      </details>
      {rubric.notices.length > 0 ? <Origin rubric={rubric} /> : null}
    </Stack>
  );
}

function PolicyTable({ policies }: Pick<Judged, "policies">) {
  return (
    <DataTable caption="Policies" hidesCaption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Policy</th>
          <th scope="col">What it says</th>
        </tr>
      </thead>
      <tbody>
        {policies.map((policy) => (
          <tr key={policy.id}>
            <td>{policy.id}</td>
            <th scope="row">
              <bdi>{policy.title}</bdi>
            </th>
            <td>{policy.description}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function CriterionTable({ rubric }: Pick<Judged, "rubric">) {
  const titles = new Map(rubric.perspectives.map(({ id, title }) => [id, title]));
  return (
    <DataTable caption="Criteria" hidesCaption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Criterion</th>
          <th scope="col">Perspective</th>
          <th scope="col">Question</th>
          <th scope="col">Direction</th>
        </tr>
      </thead>
      <tbody>
        {rubric.criteria.map((criterion) => (
          <tr key={criterion.id}>
            <td>{criterion.id}</td>
            <th scope="row">
              <bdi>{criterion.name}</bdi>
            </th>
            <td>
              <bdi>{titles.get(criterion.perspective) ?? ""}</bdi>
            </td>
            <td>{criterion.question}</td>
            <td>{directionOf(criterion)}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function directionOf({ polarity, effect }: Criterion): string {
  if (effect) return `A high score: ${effect.high}`;
  return polarity === "more-is-better" ? "More is better" : "Less is better";
}

function Origin({ rubric }: Pick<Judged, "rubric">) {
  return (
    <details>
      <summary>Where the rubric comes from</summary>
      <Stack gap="tight">
        {rubric.source?.title ? (
          <p>
            <bdi>{rubric.source.authors?.join(", ")}</bdi>:{" "}
            <cite>
              <bdi>{rubric.source.title}</bdi>
            </cite>
          </p>
        ) : null}
        {rubric.notices.map((notice) => (
          <p key={notice}>{notice}</p>
        ))}
      </Stack>
    </details>
  );
}
