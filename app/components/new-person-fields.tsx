import { TextField } from "./field.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";

export const newPasswordHint =
  "At least 15 characters. A sentence of your own works well, and so does a password manager.";

/** Name and password of somebody who has no account yet. */
export function NewPersonFields({ refusal }: { refusal: RefusalView | undefined }) {
  return (
    <>
      <TextField
        name="name"
        label="Your name"
        hint="As the other members of a panel on the record read it."
        autoComplete="name"
        required
        defaultValue={typedAt(refusal, "name")}
        error={errorAt(refusal, "name")}
      />
      <TextField
        name="password"
        label="Choose a password"
        hint={newPasswordHint}
        type="password"
        autoComplete="new-password"
        required
        error={errorAt(refusal, "password")}
      />
    </>
  );
}
