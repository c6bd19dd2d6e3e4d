import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { CheckField, FieldGroup, TextField } from "./field.tsx";
import { Notice } from "./notice.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

type SecondStepRuleName = "off" | "facilitators" | "everyone";

interface SecondStepRuleProps {
  readonly rule: SecondStepRuleName;
  /** Whether others than this machine can reach the installation. */
  readonly isReachable: boolean;
  readonly refusal: RefusalView | undefined;
}

const choices: readonly { readonly value: SecondStepRuleName; readonly label: string; readonly hint: string }[] = [
  { value: "off", label: "Nobody has to", hint: "Everyone may turn it on for themselves." },
  { value: "facilitators", label: "Facilitators and administrators", hint: "In whatever panel they facilitate." },
  { value: "everyone", label: "Everyone", hint: "The strictest rule, and the one to use on the open internet." },
];

/** Who has to sign in in two steps. */
export function SecondStepRule({ rule, isReachable, refusal }: SecondStepRuleProps) {
  const chosen = typedAt(refusal, "secondStep", rule);
  return (
    <Form method="post" noValidate>
      <Stack narrow>
        {isReachable && rule !== "everyone" ? <ReachWarning rule={rule} /> : null}
        <FieldGroup
          legend="Who has to sign in in two steps"
          name="secondStep"
          hint="Whoever has to and has not set it up is led to it at the next sign-in, before anything else."
          error={errorAt(refusal, "secondStep")}
        >
          <div>
            {choices.map(({ value, label, hint }) => (
              <CheckField
                key={value}
                kind="radio"
                name="secondStep"
                value={value}
                label={label}
                hint={hint}
                defaultChecked={value === chosen}
              />
            ))}
          </div>
        </FieldGroup>
        <TextField
          name="rulePassword"
          label="Your password, to change this"
          type="password"
          autoComplete="current-password"
          required
          error={errorAt(refusal, "rulePassword")}
        />
        <div>
          <Button name="_intent" value="rule">
            Keep this rule
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function ReachWarning({ rule }: { rule: SecondStepRuleName }) {
  return (
    <Notice kind="notice">
      <p>
        {rule === "off"
          ? "Others can reach this server, and a password is all that keeps them out."
          : "Others can reach this server, and a reviewer's password is all that keeps them out of that account."}
      </p>
    </Notice>
  );
}
