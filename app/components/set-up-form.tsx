import { Form } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import { CriteriaFields, PerspectiveFields } from "./criteria-fields.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { CheckField, fieldId, TextArea, TextField } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import { bound, type FormState } from "./form-state.ts";
import { PolicyFields } from "./policy-fields.tsx";
import { ProtocolFields } from "./protocol-fields.tsx";
import { ScaleFields } from "./scale-fields.tsx";
import styles from "./set-up-form.module.css";
import { nameOfField } from "./set-up-names.ts";
import { Stack } from "./stack.tsx";
import { TemplateFields, type TemplateSummary } from "./template-fields.tsx";
import { textAt } from "./typed.ts";

interface SetUpFormProps {
  readonly state: FormState;
  /** The field to go on with after a row was added or taken away. */
  readonly focus: string | undefined;
  readonly formKey: string;
  /** To choose from; empty where a set-up is only changed. */
  readonly templates: readonly TemplateSummary[];
  readonly submitWords: string;
  readonly children?: ReactNode;
}

/** Everything a panel is set up from. Rows are added by the server, so the form works without scripts. */
export function SetUpForm({ state, focus, formKey, templates, submitWords, children }: SetUpFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (focus !== undefined) form.current?.querySelector<HTMLElement>(`#${CSS.escape(fieldId(focus))}`)?.focus();
  }, [focus]);
  const isOwn = textAt(state.typed, "source") === "own";
  return (
    <Form method="post" noValidate ref={form} preventScrollReset>
      {/* Return in a text field presses the first button of a form. */}
      <button type="submit" name="_intent" value="save" className={styles.first} tabIndex={-1} aria-hidden="true" />
      <FormKey value={formKey} />
      <input type="hidden" name="source" value={isOwn ? "own" : "template"} />
      <Stack gap="section">
        <ErrorSummary refusal={state.refusal} linkOf={linkTo} nameOf={(path) => nameOfField(path, state.typed)} />
        <Stack>
          <TextField
            {...bound(state, "title")}
            label="Title"
            hint="Short: it stands in every header and mail."
            maxLength={200}
            required
          />
          <TextArea
            {...bound(state, "question")}
            label="The question the panel answers"
            rows={2}
            maxLength={1000}
            required
          />
        </Stack>
        {isOwn ? <OwnRubric state={state} /> : <TemplateFields state={state} templates={templates} />}
        <ProtocolFields state={state} />
        {children}
        <div>
          <Button look="primary" name="_intent" value="save">
            {submitWords}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function OwnRubric({ state }: { state: FormState }) {
  return (
    <>
      <PolicyFields state={state} />
      <PerspectiveFields state={state} />
      <CriteriaFields state={state} />
      <ScaleFields state={state} />
    </>
  );
}

/** Whether the facilitator scores is decided once, when the panel is made. */
export function FacilitatorScores({ state }: { state: FormState }) {
  return (
    <CheckField
      name="facilitatorScores"
      value="yes"
      label="I score too"
      hint="Then you see what a reviewer sees, and no more, until you have submitted."
      defaultChecked={textAt(state.typed, "facilitatorScores") !== ""}
    />
  );
}

function linkTo(path: string): string {
  const known = path.startsWith("rubric.scale") ? "rubric.scale" : path;
  return `#${fieldId(known === "protocol" ? "protocol.preset" : known)}`;
}
