import { rationaleLimit } from "#rubric/score.ts";
import { fieldId } from "./field.tsx";
import styles from "./rationale-field.module.css";

interface RationaleFieldProps {
  readonly text: string;
  readonly isRequired: boolean;
  /** Who will see the text; stands under the box. */
  readonly readers: string;
  readonly error?: string | undefined;
  readonly onType: (text: string) => void;
  readonly onLeave: () => void;
}

const nearLimit = 500;

/** The reason for a score, and who will read it. */
export function RationaleField({ text, isRequired, readers, error, onType, onLeave }: RationaleFieldProps) {
  const id = fieldId("rationale");
  const left = rationaleLimit - text.length;
  return (
    <div className={styles.field}>
      <p className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          Rationale
        </label>{" "}
        <span id={`${id}-hint`} className={styles.hint}>
          Why this score? {isRequired ? "Required." : "Optional."}
        </span>
      </p>
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      ) : null}
      <textarea
        id={id}
        name="rationale"
        rows={4}
        value={text}
        aria-describedby={`${id}-hint ${id}-readers${error ? ` ${id}-error` : ""}`}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onType(event.target.value)}
        onBlur={onLeave}
      />
      <p id={`${id}-readers`} className={styles.hint}>
        {readers}
        {left < nearLimit ? <span className={styles.left}> {leftWords(left)}</span> : null}
      </p>
    </div>
  );
}

function leftWords(left: number): string {
  return left < 0 ? `${-left} characters too many.` : `${left} characters left.`;
}
