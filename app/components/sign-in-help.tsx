import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { Select, TextField } from "./field.tsx";
import { newPasswordHint } from "./new-person-fields.tsx";
import type { Person } from "./person-table.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

interface SignInHelpProps {
  readonly people: readonly Person[];
  readonly refusal: RefusalView | undefined;
}

/** What an administrator can do for somebody who cannot get in. */
export function SignInHelp({ people, refusal }: SignInHelpProps) {
  const isOpen = (field: string) => errorAt(refusal, field) !== undefined;
  const withStep = people.filter(({ hasSecondStep }) => hasSecondStep);
  return (
    <Stack narrow>
      <LinkForm people={people} />
      <details open={isOpen("password")}>
        <summary>Give someone a password yourself</summary>
        <PasswordForm people={people} refusal={refusal} />
      </details>
      {withStep.length === 0 ? null : (
        <details open={isOpen("ownPassword")}>
          <summary>Turn someone's two-step sign-in off</summary>
          <RemoveForm people={withStep} refusal={refusal} />
        </details>
      )}
    </Stack>
  );
}

function LinkForm({ people }: Pick<SignInHelpProps, "people">) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <Select name="linkUserId" label="Person" options={optionsOf(people)} />
        <div>
          <Button look="primary" name="_intent" value="link">
            Send a link to set a password
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function PasswordForm({ people, refusal }: SignInHelpProps) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <Select
          name="userId"
          label="Whose password"
          options={optionsOf(people)}
          defaultValue={typedAt(refusal, "userId")}
        />
        <TextField
          name="password"
          type="password"
          label="New password"
          hint={newPasswordHint}
          autoComplete="new-password"
          required
          error={errorAt(refusal, "password")}
        />
        <div>
          <Button name="_intent" value="password">
            Set the password
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function RemoveForm({ people, refusal }: SignInHelpProps) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <p>For somebody who has lost phone and recovery codes. Make sure it is they who ask.</p>
        <Select
          name="stepUserId"
          label="Whose two-step sign-in"
          options={optionsOf(people)}
          defaultValue={typedAt(refusal, "stepUserId")}
        />
        <TextField
          name="ownPassword"
          type="password"
          label="Your own password"
          autoComplete="current-password"
          required
          error={errorAt(refusal, "ownPassword")}
        />
        <div>
          <Button look="danger" name="_intent" value="remove">
            Turn it off
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function optionsOf(people: readonly Person[]) {
  return people.map(({ userId, name, email }) => ({ value: userId, label: `${name} (${email})` }));
}
