import { Form, Link } from "@remix-run/react";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TextField } from "./field.tsx";
import { PageTitle } from "./page-title.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

/** The second page of signing in. */
export function CodeForm({ next, refusal }: { next: string; refusal: RefusalView | undefined }) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <PageTitle lead="Your account asks for a second step after the password.">The code of your app</PageTitle>
        <ErrorSummary refusal={refusal} />
        <input type="hidden" name="next" value={next} />
        <TextField
          name="code"
          label="Code"
          hint="The six digits your authenticator app shows now. Without your phone: one of your recovery codes."
          autoComplete="one-time-code"
          autoCapitalize="off"
          spellCheck={false}
          required
          defaultValue={typedAt(refusal, "code")}
          error={errorAt(refusal, "code")}
        />
        <div>
          <Button look="primary">Sign in</Button>
        </div>
        <p>
          No phone and no recovery code? An administrator of this installation can turn the second step off for you.{" "}
          <Link to="/sign-in">Start again</Link>
        </p>
      </Stack>
    </Form>
  );
}
