import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { TextField } from "./field.tsx";
import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import { type Offer, RecoveryCodes, SecretOffer } from "./secret-offer.tsx";
import { Section } from "./section.tsx";
import { ButtonRow, Stack } from "./stack.tsx";

type SecondStep =
  | { readonly kind: "off" }
  | { readonly kind: "offered"; readonly offer: Offer }
  | { readonly kind: "on"; readonly since: string; readonly codesLeft: number };

interface SecondStepSectionProps {
  readonly step: SecondStep;
  /** Just made, and shown this once. */
  readonly recoveryCodes: readonly string[] | null;
  readonly refusal: RefusalView | undefined;
}

/** Signing in with a code beside the password: on, off, and what is between. */
export function SecondStepSection({ step, recoveryCodes, refusal }: SecondStepSectionProps) {
  return (
    <Section title="Two-step sign-in">
      {recoveryCodes ? <NewRecoveryCodes codes={recoveryCodes} /> : null}
      <State {...{ step, refusal }} />
    </Section>
  );
}

function State({ step, refusal }: Omit<SecondStepSectionProps, "recoveryCodes">) {
  switch (step.kind) {
    case "off":
      return <Off refusal={refusal} />;
    case "offered":
      return <Offered offer={step.offer} refusal={refusal} />;
    case "on":
      return <On step={step} refusal={refusal} />;
  }
}

export function NewRecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <Notice kind="notice">
      <p>
        Keep these recovery codes where your phone is not. Each signs you in once, in place of a code of the app. They
        are not shown again.
      </p>
      <RecoveryCodes codes={codes} />
      <p>
        <CopyButton text={codes.join("\n")}>Copy all ten</CopyButton>
      </p>
    </Notice>
  );
}

function Off({ refusal }: { refusal: RefusalView | undefined }) {
  return (
    <>
      <p>Off. With it, a code from an app on your phone is asked for after your password.</p>
      <Form method="post" noValidate>
        <Stack>
          <OwnPassword name="offerPassword" refusal={refusal} />
          <div>
            <Button name="_intent" value="offer">
              Set up two-step sign-in
            </Button>
          </div>
        </Stack>
      </Form>
    </>
  );
}

function Offered({ offer, refusal }: { offer: Offer; refusal: RefusalView | undefined }) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <SecretOffer offer={offer} refusal={refusal} />
        <ButtonRow>
          <Button look="primary" name="_intent" value="confirm">
            Turn two-step sign-in on
          </Button>
          <Button name="_intent" value="withdraw">
            Not now
          </Button>
        </ButtonRow>
      </Stack>
    </Form>
  );
}

function On({ step, refusal }: { step: Extract<SecondStep, { kind: "on" }>; refusal: RefusalView | undefined }) {
  const isOpen = (field: string) => errorAt(refusal, field) !== undefined;
  return (
    <>
      <p>
        On since <Moment at={step.since} />. {codesLeftWords(step.codesLeft)}
      </p>
      <details open={isOpen("codesPassword")}>
        <summary>Make new recovery codes</summary>
        <Form method="post" noValidate>
          <Stack>
            <p>The codes from before are then worth nothing.</p>
            <OwnPassword name="codesPassword" refusal={refusal} />
            <div>
              <Button name="_intent" value="codes">
                Make ten new codes
              </Button>
            </div>
          </Stack>
        </Form>
      </details>
      <details open={isOpen("removePassword")}>
        <summary>Turn it off, or move it to another phone</summary>
        <Form method="post" noValidate>
          <Stack>
            <p>You stay signed in here and nowhere else. To move to another phone, turn it off and set it up again.</p>
            <OwnPassword name="removePassword" refusal={refusal} />
            <div>
              <Button look="danger" name="_intent" value="remove">
                Turn two-step sign-in off
              </Button>
            </div>
          </Stack>
        </Form>
      </details>
    </>
  );
}

function codesLeftWords(left: number): string {
  if (left === 0) return "No recovery code is left: make new ones.";
  return left === 1 ? "1 recovery code is left." : `${left} recovery codes are left.`;
}

function OwnPassword({ name, refusal }: { name: string; refusal: RefusalView | undefined }) {
  return (
    <TextField
      name={name}
      label="Your password"
      type="password"
      autoComplete="current-password"
      required
      error={errorAt(refusal, name)}
    />
  );
}
