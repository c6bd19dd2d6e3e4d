import { FieldGroup, TextArea, TextField } from "./field.tsx";
import { bound, type FormState } from "./form-state.ts";
import { AddRow, RowFieldset } from "./row-fieldset.tsx";
import { rowsAt, textAt } from "./typed.ts";

/** The policies that are judged. */
export function PolicyFields({ state }: { state: FormState }) {
  const list = "policies";
  const rows = rowsAt(state.typed, list);
  return (
    <FieldGroup
      isSection
      legend="Policies"
      name={list}
      error={bound(state, list).error}
      hint="What is judged. Say what each one does, without arguing for it."
    >
      {rows.map((row, index) => {
        const id = textAt(row, "id");
        const path = `${list}.${index}`;
        return (
          <RowFieldset key={id} {...{ list, index, id }} legend={`Policy ${id}`} mayRemove={rows.length > 1}>
            <TextField {...bound(state, `${path}.title`)} label="Title" maxLength={200} />
            <TextField
              {...bound(state, `${path}.short`)}
              label="Short name"
              hint="May stay empty. 24 characters or fewer fit table heads."
              maxLength={40}
            />
            <TextArea {...bound(state, `${path}.description`)} label="What the policy says" rows={4} maxLength={4000} />
          </RowFieldset>
        );
      })}
      <AddRow list={list}>Add a policy</AddRow>
    </FieldGroup>
  );
}
