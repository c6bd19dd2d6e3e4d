import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TextField } from "./field.tsx";
import { newPasswordHint } from "./new-person-fields.tsx";
import { PageTitle } from "./page-title.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

/** What a mailed link opens. */
export function ResetPasswordForm({ email, refusal }: { email: string; refusal: RefusalView | undefined }) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <PageTitle lead="It takes the place of the old one, and you are signed out everywhere. Personal tokens end too.">
          Set a new password
        </PageTitle>
        <ErrorSummary refusal={refusal} />
        <p>
          For <bdi>{email}</bdi>
        </p>
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
          <Button look="primary">Set the password</Button>
        </div>
      </Stack>
    </Form>
  );
}
