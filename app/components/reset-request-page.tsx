import { Form, Link } from "@remix-run/react";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TextField } from "./field.tsx";
import { PageTitle } from "./page-title.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

/** Asking for a link to set a new password. What it answers does not depend on who has an account here. */
export function ResetRequestPage({ isAsked, refusal }: { isAsked: boolean; refusal: RefusalView | undefined }) {
  if (isAsked) {
    return (
      <Stack narrow>
        <PageTitle>Look into your mail</PageTitle>
        <p>
          If there is an account for the address you wrote, a mail with a link is on its way to it. The link works once,
          within an hour.
        </p>
        <p>No mail after some minutes? Ask an administrator of this installation for a new password.</p>
        <p>
          <Link to="/sign-in">Back to signing in</Link>
        </p>
      </Stack>
    );
  }
  return (
    <Form method="post" noValidate>
      <Stack narrow>
        <PageTitle lead="You get a mail with a link that sets a new one.">Forgotten password</PageTitle>
        <ErrorSummary refusal={refusal} />
        <TextField
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          defaultValue={typedAt(refusal, "email")}
          error={errorAt(refusal, "email")}
        />
        <div>
          <Button look="primary">Send the link</Button>
        </div>
        <p>
          <Link to="/sign-in">Back to signing in</Link>
        </p>
      </Stack>
    </Form>
  );
}
