import { Form } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { PanelView, ReceiptCheckView } from "#rubric/views.ts";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TextArea } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import { Notice } from "./notice.tsx";
import { PageTitle } from "./page-title.tsx";
import { ReceiptLink } from "./receipt-link.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Section } from "./section.tsx";
import { ButtonRow, Stack } from "./stack.tsx";

interface ReceiptPageProps {
  readonly panel: Pick<PanelView, "panelId" | "protocol">;
  readonly rounds: readonly number[];
  readonly checked: ReceiptCheckView | undefined;
  readonly refusal: RefusalView | undefined;
  readonly formKey: string;
}

/** One's own receipts: to keep, and to hold against what the server shows now. */
export function ReceiptPage({ panel, rounds, checked, refusal, formKey }: ReceiptPageProps) {
  return (
    <Stack gap="section" narrow>
      <PageTitle lead="A receipt shows later that what is counted is what you submitted.">Your receipts</PageTitle>
      <ErrorSummary refusal={refusal} />
      {checked ? <Outcome checked={checked} /> : null}
      <Section title="Keep them">
        <p>
          Each submission has one. It holds the secret of your commitments, so it stays with you: whoever has it can see
          how you answered and that it was you, but not your texts.
        </p>
        {rounds.length === 0 ? <p>You have none yet.</p> : null}
        <ButtonRow>
          {rounds.map((round) => (
            <ReceiptLink key={round} panelId={panel.panelId} round={round} />
          ))}
        </ButtonRow>
      </Section>
      <Section title="Check one">
        <CheckForm refusal={refusal} formKey={formKey} />
        <p>
          This page is the server’s own word. To check without it, take the ZIP from the report page and run its{" "}
          <code>verify.mjs</code> with <code>--receipt</code>.
        </p>
      </Section>
    </Stack>
  );
}

function CheckForm({ refusal, formKey }: Pick<ReceiptPageProps, "refusal" | "formKey">) {
  const [picked, setPicked] = useState<string | null>(null);
  return (
    <Form method="post" autoComplete="off">
      <Stack>
        <FormKey value={formKey} />
        <FilePicker onText={setPicked} />
        <TextArea
          key={picked ?? ""}
          name="receipt"
          label="The receipt’s text"
          hint="Open the file in a text editor and paste all of it. It is compared and not kept."
          rows={6}
          spellCheck={false}
          defaultValue={picked ?? typedAt(refusal, "receipt")}
          error={errorAt(refusal, "receipt")}
        />
        <div>
          <Button look="primary">Check the receipt</Button>
        </div>
      </Stack>
    </Form>
  );
}

/** Fills the box below from a file. It appears once scripts run; the text can be pasted by hand. */
function FilePicker({ onText }: { onText: (text: string) => void }) {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  if (!isAlive) return null;
  const read = (file: File | undefined) => {
    file?.text().then(onText, () => onText(""));
  };
  return (
    <p>
      <label>
        Choose the file{" "}
        <input type="file" accept=".json,application/json" onChange={({ target }) => read(target.files?.[0])} />
      </label>
    </p>
  );
}

const subjects: Readonly<Record<string, string>> = {
  "stored receipt": "What the server holds for you: receipt and answers",
  receipt: "The receipt in itself",
  "receipt, checkpoint": "The log up to your submission",
  "receipt, audit chain": "Your commitments in the log",
  "receipt, answers": "Your answers in the files of the panel",
};

const outcomes = { holds: "agrees", differs: "differs", "not checkable": "cannot be compared yet" };

function Outcome({ checked }: { checked: ReceiptCheckView }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (checked) box.current?.focus();
  }, [checked]);
  const wrong = checked.checks.some(({ outcome }) => outcome === "differs");
  return (
    <div ref={box} tabIndex={-1} role="status">
      <Notice kind={wrong ? "notice" : "information"}>
        <p>
          <strong>{wrong ? "This receipt does not match." : `This receipt of round ${checked.round} matches.`}</strong>{" "}
          {checked.place
            ? `The log holds its commitments in line ${checked.place.seq}, batch ${checked.place.batch}.`
            : ""}
        </p>
        <ul>
          {checked.checks.map(({ name, outcome, detail }) => (
            <li key={name}>
              {subjects[name] ?? name}: {outcomes[outcome]}
              {detail === null ? "" : `; ${detail}`}.
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
