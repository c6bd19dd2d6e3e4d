import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { TextField } from "./field.tsx";
import { newPasswordHint } from "./new-person-fields.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

/** The person's own password. Whoever sits at a borrowed screen does not know the current one. */
export function ChangePasswordForm({ refusal, isPrimary }: { refusal: RefusalView | undefined; isPrimary: boolean }) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <TextField
          name="currentPassword"
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
          error={errorAt(refusal, "currentPassword")}
        />
        <TextField
          name="newPassword"
          label="New password"
          hint={newPasswordHint}
          type="password"
          autoComplete="new-password"
          required
          error={errorAt(refusal, "newPassword")}
        />
        <div>
          <Button look={isPrimary ? "primary" : "secondary"} name="_intent" value="password">
            Change the password
          </Button>
        </div>
      </Stack>
    </Form>
  );
}
