import { Form, Link } from "@remix-run/react";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TextField } from "./field.tsx";
import { PageTitle } from "./page-title.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

interface SignInFormProps {
  /** The page to go on to. */
  readonly next: string;
  readonly refusal: RefusalView | undefined;
}

export function SignInForm({ next, refusal }: SignInFormProps) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <PageTitle lead="Score policies against a rubric, see where the panel differs, and leave with its record.">
          Sign in
        </PageTitle>
        <ErrorSummary refusal={refusal} />
        <input type="hidden" name="next" value={next} />
        <TextField
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          defaultValue={typedAt(refusal, "email")}
          error={errorAt(refusal, "email")}
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          error={errorAt(refusal, "password")}
        />
        <div>
          <Button look="primary">Sign in</Button>
        </div>
        <p>
          <Link to="/reset">Forgotten your password?</Link>
        </p>
      </Stack>
    </Form>
  );
}
