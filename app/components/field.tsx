import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import styles from "./field.module.css";

interface FieldWords {
  /** The dotted name in the form; also where an error of the server belongs. */
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode | undefined;
  readonly error?: string | undefined;
}

type Rest<Attributes> = Omit<Attributes, "id" | "name" | "className" | "children">;

type TextFieldProps = FieldWords & Rest<InputHTMLAttributes<HTMLInputElement>>;

/** One line of text. */
export function TextField({ name, label, hint, error, ...rest }: TextFieldProps) {
  return (
    <FieldFrame {...{ name, label, hint, error }}>
      <input type="text" {...rest} {...wiring({ name, hint, error })} />
    </FieldFrame>
  );
}

type TextAreaProps = FieldWords & Rest<TextareaHTMLAttributes<HTMLTextAreaElement>>;

export function TextArea({ name, label, hint, error, ...rest }: TextAreaProps) {
  return (
    <FieldFrame {...{ name, label, hint, error }}>
      <textarea {...rest} {...wiring({ name, hint, error })} />
    </FieldFrame>
  );
}

type SelectProps = FieldWords & { readonly options: readonly Option[] } & Rest<SelectHTMLAttributes<HTMLSelectElement>>;

interface Option {
  readonly value: string;
  readonly label: string;
}

export function Select({ name, label, hint, error, options, ...rest }: SelectProps) {
  return (
    <FieldFrame {...{ name, label, hint, error }}>
      <select {...rest} {...wiring({ name, hint, error })}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** A field's label above, hint and error between, control below. */
function FieldFrame({ name, label, hint, error, children }: FieldWords & { children: ReactNode }) {
  const id = fieldId(name);
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <FieldNotes {...{ name, hint, error }} />
      {children}
    </div>
  );
}

function FieldNotes({ name, hint, error }: Pick<FieldWords, "name" | "hint" | "error">) {
  const id = fieldId(name);
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          <span aria-hidden="true">! </span>
          {error}
        </p>
      ) : null}
    </>
  );
}

type CheckFieldProps = FieldWords & { readonly kind?: "checkbox" | "radio" } & Rest<
    InputHTMLAttributes<HTMLInputElement>
  >;

/** A tick box or one choice of several, its label beside it. */
export function CheckField({ name, label, hint, error, kind = "checkbox", ...rest }: CheckFieldProps) {
  const id = kind === "radio" ? `${fieldId(name)}-${String(rest.value)}` : fieldId(name);
  return (
    <div className={styles.check}>
      <input {...rest} type={kind} id={id} name={name} {...(hint ? { "aria-describedby": `${id}-hint` } : {})} />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        ) : null}
        {error ? <p className={styles.error}>{error}</p> : null}
      </div>
    </div>
  );
}

interface FieldGroupProps {
  readonly legend: ReactNode;
  /** The path of errors that belong to the whole group; the group can then be linked to. */
  readonly name?: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Whether the group is a part of the page, under a heading. */
  readonly isSection?: boolean;
  readonly children: ReactNode;
}

/** A fieldset with its legend as a small heading. */
export function FieldGroup({ legend, name, hint, error, isSection = false, children }: FieldGroupProps) {
  const marks = name === undefined ? {} : { id: fieldId(name), tabIndex: -1 };
  return (
    <fieldset className={styles.group} {...marks}>
      <legend className={styles.legend}>{isSection ? <h2>{legend}</h2> : legend}</legend>
      <FieldNotes name={name ?? ""} hint={hint} error={error} />
      {children}
    </fieldset>
  );
}

/** Where an error summary links to. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll(".", "-")}`;
}

function wiring({ name, hint, error }: Pick<FieldWords, "name" | "hint" | "error">) {
  const id = fieldId(name);
  const notes = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter((note) => note !== "").join(" ");
  return {
    id,
    name,
    ...(notes === "" ? {} : { "aria-describedby": notes }),
    ...(error ? { "aria-invalid": true } : {}),
  };
}
