import { useState } from "react";
import { changeReasonOf } from "#app/hooks/draft-parts.ts";
import { type ChangeReason, changeReasons } from "#rubric/score.ts";
import styles from "./change-reason-fields.module.css";
import { Select, TextField } from "./field.tsx";

interface ChangeReasonFieldsProps {
  readonly reason: ChangeReason | null;
  readonly isRequired: boolean;
  readonly onChange: (reason: ChangeReason | null) => void;
  readonly onLeave: () => void;
}

/** What changed a reviewer's mind since the round before. */
export function ChangeReasonFields({ reason, isRequired, onChange, onLeave }: ChangeReasonFieldsProps) {
  const [note, setNote] = useState(reason?.note ?? "");
  return (
    <div className={styles.fields}>
      <Select
        name="changeReason.code"
        label="What changed your score?"
        hint={
          isRequired
            ? "Required if it differs from the round before."
            : "Asked for if it differs from the round before."
        }
        options={[
          { value: "", label: "No reason given" },
          ...changeReasons.map((code) => ({ value: code, label: reasonWords(code) })),
        ]}
        value={reason?.code ?? ""}
        onChange={(event) => onChange(changeReasonOf(event.target.value, note))}
        onBlur={onLeave}
      />
      <TextField
        name="changeReason.note"
        label="A few words about it"
        hint="Optional, beside the reason."
        maxLength={1000}
        value={note}
        onChange={(event) => {
          setNote(event.target.value);
          onChange(changeReasonOf(reason?.code, event.target.value));
        }}
        onBlur={onLeave}
      />
    </div>
  );
}

export function reasonWords(code: ChangeReason["code"]): string {
  switch (code) {
    case "new-argument":
      return "New argument";
    case "new-evidence":
      return "New evidence";
    case "misread":
      return "Misread before";
    case "amended-text":
      return "Text was amended";
    case "compromise":
      return "Compromise";
    case "other":
      return "Another reason";
  }
}
