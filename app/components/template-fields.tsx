import type { Criterion, Perspective, Policy } from "#rubric/rubric.ts";
import { Button } from "./button.tsx";
import { CheckField, FieldGroup } from "./field.tsx";
import { bound, type FormState } from "./form-state.ts";
import { ButtonRow, Stack } from "./stack.tsx";
import { textAt } from "./typed.ts";

export interface TemplateSummary {
  readonly id: string;
  readonly title: string;
  readonly perspectives: readonly Perspective[];
  readonly criteria: readonly Criterion[];
  readonly policies: readonly Policy[];
}

interface TemplateFieldsProps {
  readonly state: FormState;
  readonly templates: readonly TemplateSummary[];
}

/** Which ready-made rubric to take, what is in it, and the two ways to an own one. */
export function TemplateFields({ state, templates }: TemplateFieldsProps) {
  const chosen = textAt(state.typed, "template", templates[0]?.id);
  return (
    <FieldGroup isSection legend="Rubric and policies" name="template" error={bound(state, "template").error}>
      {templates.map((template) => (
        <div key={template.id}>
          <CheckField
            kind="radio"
            name="template"
            value={template.id}
            label={<strong>{template.title}</strong>}
            defaultChecked={chosen === template.id}
          />
          <TemplateContent template={template} />
        </div>
      ))}
      <ButtonRow>
        <Button name="_intent" value="copy-template">
          Change this rubric
        </Button>
        <Button name="_intent" value="empty-rubric">
          Write your own rubric
        </Button>
      </ButtonRow>
    </FieldGroup>
  );
}

function TemplateContent({ template }: { template: TemplateSummary }) {
  const { perspectives, criteria, policies } = template;
  return (
    <details>
      <summary>
        {policies.length} policies, {criteria.length} criteria
      </summary>
      <Stack>
        <Stack gap="tight">
          <h3>Policies</h3>
          <ul>
            {policies.map((policy) => (
              <li key={policy.id}>
                {policy.id} <bdi>{policy.title}</bdi>
              </li>
            ))}
          </ul>
        </Stack>
        {perspectives.map((perspective) => (
          <Stack key={perspective.id} gap="tight">
            <h3>
              <bdi>{perspective.title}</bdi>
            </h3>
            <ul>
              {criteria
                .filter((criterion) => criterion.perspective === perspective.id)
                .map((criterion) => (
                  <li key={criterion.id}>
                    {criterion.id} <bdi>{criterion.name}</bdi>. <bdi>{criterion.question}</bdi>
                  </li>
                ))}
            </ul>
          </Stack>
        ))}
      </Stack>
    </details>
  );
}
