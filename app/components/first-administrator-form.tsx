import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TextField } from "./field.tsx";
import { NewPersonFields } from "./new-person-fields.tsx";
import { PageTitle } from "./page-title.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

interface FirstAdministratorFormProps {
  readonly setupToken: string;
  readonly refusal: RefusalView | undefined;
}

export function FirstAdministratorForm({ setupToken, refusal }: FirstAdministratorFormProps) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <PageTitle lead="This works once, with the set-up token that was printed when the server started.">
          Create the first administrator
        </PageTitle>
        <ErrorSummary refusal={refusal} />
        <TextField
          name="setupToken"
          label="Set-up token"
          autoComplete="off"
          required
          defaultValue={typedAt(refusal, "setupToken", setupToken)}
          error={errorAt(refusal, "setupToken")}
        />
        <TextField
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          defaultValue={typedAt(refusal, "email")}
          error={errorAt(refusal, "email")}
        />
        <NewPersonFields refusal={refusal} />
        <div>
          <Button look="primary">Create the administrator</Button>
        </div>
      </Stack>
    </Form>
  );
}
