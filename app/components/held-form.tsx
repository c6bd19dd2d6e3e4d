import { Button } from "./button.tsx";
import styles from "./held-form.module.css";
import { Stack } from "./stack.tsx";

/** A form that could not be carried out and whose own page cannot be shown now. */
export interface HeldForm {
  readonly action: string;
  /** As they were sent, less passwords, each with its place. */
  readonly fields: readonly HeldField[];
}

interface HeldField {
  readonly place: number;
  readonly name: string;
  readonly value: string;
}

/** What was typed, to be read and to be sent again; names with an underscore are the form's own. */
export function HeldFormAgain({ action, fields }: HeldForm) {
  const typed = fields.filter(({ name, value }) => !name.startsWith("_") && value !== "");
  return (
    <form method="post" action={action}>
      <Stack>
        <p>What you sent is kept on this page. Send it again in a few seconds; a password has to be typed again.</p>
        <dl className={styles.typed}>
          {typed.map(({ place, name, value }) => (
            <div key={place}>
              <dt>{labelOf(name)}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
        <div>
          <Button look="primary">Send it again</Button>
        </div>
      </Stack>
      {fields.map(({ place, name, value }) => (
        <input key={place} type="hidden" name={name} value={value} />
      ))}
    </form>
  );
}

/** A field's name as words: `policies.0.title` is "Policies 1, title", because people count from 1. */
function labelOf(name: string): string {
  const words = name
    .replaceAll(/\.(\d+)/g, (_, index: string) => ` ${Number(index) + 1}`)
    .replaceAll(".", ", ")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The form that an error hands back, if it does. */
export function heldIn(thrown: unknown): HeldForm | null {
  const held = isObject(thrown) && "held" in thrown ? thrown.held : null;
  if (!isObject(held) || !("action" in held) || !("fields" in held)) return null;
  const { action, fields } = held;
  return typeof action === "string" && Array.isArray(fields) ? { action, fields: fields.filter(isField) } : null;
}

function isField(field: unknown): field is HeldField {
  return (
    isObject(field) &&
    "place" in field &&
    typeof field.place === "number" &&
    "name" in field &&
    typeof field.name === "string" &&
    "value" in field &&
    typeof field.value === "string"
  );
}

function isObject(thing: unknown): thing is object {
  return typeof thing === "object" && thing !== null;
}
