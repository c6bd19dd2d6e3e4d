import { CheckField, FieldGroup, Select, TextArea, TextField } from "./field.tsx";
import { bound, type FormState, hasErrorBelow } from "./form-state.ts";
import { AddRow, RowFieldset } from "./row-fieldset.tsx";
import { Pair, Stack } from "./stack.tsx";
import { rowsAt, textAt } from "./typed.ts";

/** Perspectives: the groups that criteria belong to. */
export function PerspectiveFields({ state }: { state: FormState }) {
  const list = "rubric.perspectives";
  const rows = rowsAt(state.typed, list);
  return (
    <FieldGroup
      isSection
      legend="Perspectives"
      name={list}
      error={bound(state, list).error}
      hint="Groups of criteria that are reported apart. One is enough."
    >
      {rows.map((row, index) => {
        const id = textAt(row, "id");
        return (
          <RowFieldset
            key={id}
            {...{ list, index, id }}
            legend={`Perspective ${index + 1}`}
            mayRemove={rows.length > 1}
          >
            <TextField {...bound(state, `${list}.${index}.title`)} label="Name" maxLength={80} />
          </RowFieldset>
        );
      })}
      <AddRow list={list}>Add a perspective</AddRow>
    </FieldGroup>
  );
}

export function CriteriaFields({ state }: { state: FormState }) {
  const list = "rubric.criteria";
  const rows = rowsAt(state.typed, list);
  return (
    <FieldGroup
      isSection
      legend="Criteria"
      name={list}
      error={bound(state, list).error}
      hint="Each is one question that every policy is asked."
    >
      {rows.map((row, index) => (
        <CriterionFields key={textAt(row, "id")} state={state} index={index} mayRemove={rows.length > 1} />
      ))}
      <AddRow list={list}>Add a criterion</AddRow>
    </FieldGroup>
  );
}

interface CriterionFieldsProps {
  readonly state: FormState;
  readonly index: number;
  readonly mayRemove: boolean;
}

function CriterionFields({ state, index, mayRemove }: CriterionFieldsProps) {
  const list = "rubric.criteria";
  const path = `${list}.${index}`;
  const id = textAt(state.typed, `${path}.id`);
  return (
    <RowFieldset {...{ list, index, id, mayRemove }} legend={`Criterion ${id}`}>
      <TextField {...bound(state, `${path}.name`)} label="Name" maxLength={160} />
      <TextArea {...bound(state, `${path}.question`)} label="Question to the reviewer" rows={2} maxLength={1000} />
      <Pair>
        <Select {...bound(state, `${path}.perspective`)} label="Perspective" options={perspectiveOptions(state)} />
        <TextField
          {...bound(state, `${path}.weight`)}
          label="Weight"
          hint="For sensitivity checks; may stay empty."
          inputMode="decimal"
        />
      </Pair>
      <Polarity state={state} path={path} />
      <CriterionDetails state={state} path={path} />
    </RowFieldset>
  );
}

function Polarity({ state, path }: { state: FormState; path: string }) {
  const chosen = textAt(state.typed, `${path}.polarity`, "more-is-better");
  const choices = [
    { value: "more-is-better", label: "More of it is better" },
    { value: "less-is-better", label: "Less of it is better" },
  ];
  return (
    <FieldGroup legend="Direction" hint="A high score always means better; this says what better is.">
      <div>
        {choices.map(({ value, label }) => (
          <CheckField
            key={value}
            kind="radio"
            name={`${path}.polarity`}
            value={value}
            label={label}
            defaultChecked={chosen === value}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function CriterionDetails({ state, path }: { state: FormState; path: string }) {
  const isOpen = ["short", "gloss", "effect"].some((part) => hasErrorBelow(state, `${path}.${part}`));
  return (
    <details open={isOpen}>
      <summary>Short name, words for both ends, how to read it</summary>
      <Stack>
        <TextField
          {...bound(state, `${path}.short`)}
          label="Short name"
          hint="24 characters or fewer fit table heads."
          maxLength={40}
        />
        <Pair>
          <TextField
            {...bound(state, `${path}.effect.low`)}
            label="The low end in words"
            hint="Such as: more misuse"
            maxLength={60}
          />
          <TextField
            {...bound(state, `${path}.effect.high`)}
            label="The high end in words"
            hint="Such as: less misuse"
            maxLength={60}
          />
        </Pair>
        <TextArea {...bound(state, `${path}.gloss`)} label="How to read this criterion" rows={3} maxLength={2000} />
      </Stack>
    </details>
  );
}

function perspectiveOptions(state: FormState) {
  return rowsAt(state.typed, "rubric.perspectives").map((row, index) => ({
    value: textAt(row, "id"),
    label: textAt(row, "title") || `Perspective ${index + 1}`,
  }));
}
