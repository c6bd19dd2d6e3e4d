import { Form } from "@remix-run/react";
import type { Phase, Step } from "#rubric/round.ts";
import { warningBefore } from "#rubric/round.ts";
import type { PanelView } from "#rubric/views.ts";
import { Button } from "./button.tsx";
import { CheckField, FieldGroup, TextField } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import { Notice } from "./notice.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { Section } from "./section.tsx";
import { Stack } from "./stack.tsx";

interface MoveFormProps {
  readonly panel: Pick<PanelView, "phase" | "round" | "version" | "progress" | "protocol">;
  readonly formKey: string;
  readonly refusal: RefusalView | undefined;
  /** Whether this step is the next thing to do on the page. */
  readonly isPrimary: boolean;
}

/** The one step the panel can take from here, with what it does and fixes. */
export function MoveForm({ panel, formKey, refusal, isPrimary }: MoveFormProps) {
  const step = stepFrom(panel.phase);
  const isLast = step === "next-round" && (panel.round ?? 0) >= panel.protocol.maxRounds;
  if (isLast)
    return <Notice>All {panel.protocol.maxRounds} rounds of the protocol have been held. The record stands.</Notice>;
  const warning = warningBefore(step, panel.progress, panel.protocol.minScores);
  const words = stepWords(step, panel);
  return (
    <Section title={words.title}>
      <Form method="post">
        <Stack narrow>
          <p>{words.effect}</p>
          {warning ? <Notice kind="notice">{warning.sentence}</Notice> : null}
          <FormKey value={formKey} />
          <input type="hidden" name="to" value={step} />
          <input type="hidden" name="expectedVersion" value={panel.version} />
          {step === "next-round" && panel.protocol.rescore === "open-cells" ? <ScopeChoice /> : null}
          {warning?.isDeviation ? (
            <TextField
              name="reason"
              label="Reason"
              hint="It is logged as a departure from the protocol, and every member can read it."
              defaultValue={typedAt(refusal, "reason")}
              error={errorAt(refusal, "reason")}
            />
          ) : null}
          <div>
            <Button look={isPrimary ? "primary" : "secondary"} name="_intent" value="move">
              {words.button}
            </Button>
          </div>
        </Stack>
      </Form>
    </Section>
  );
}

/** Which cells the next round asks again. */
function ScopeChoice() {
  return (
    <FieldGroup legend="Cells of the next round" name="scope">
      <div>
        <CheckField
          kind="radio"
          name="scope"
          value="protocol"
          label="Contested cells and those with too few scores"
          hint="As the protocol has it."
          defaultChecked
        />
        <CheckField kind="radio" name="scope" value="all" label="Every cell" />
      </div>
    </FieldGroup>
  );
}

function stepFrom(phase: Phase): Step {
  switch (phase) {
    case "draft":
      return "scoring";
    case "scoring":
      return "discussion";
    case "discussion":
      return "closed";
    case "closed":
      return "next-round";
  }
}

interface StepWords {
  readonly title: string;
  readonly effect: string;
  readonly button: string;
}

function stepWords(step: Step, { round, protocol }: MoveFormProps["panel"]): StepWords {
  switch (step) {
    case "scoring":
      return {
        title: "Open round 1",
        effect:
          "Protocol, identity mode, scale, rubric and who scores are fixed for ever. Invitations may still be sent, and reviewers can begin.",
        button: "Open round 1",
      };
    case "discussion":
      return {
        title: `Reveal round ${round}`,
        effect:
          "The round is locked. Reviewers who have not submitted are marked absent. Every member sees figures and rationales at once. There is no way back.",
        button: `Reveal round ${round}`,
      };
    case "closed":
      return {
        title: `Close round ${round}`,
        effect: "The final figures are stored as an immutable snapshot that anyone can verify.",
        button: `Close round ${round}`,
      };
    case "next-round":
      return {
        title: `Open round ${(round ?? 0) + 1}`,
        effect:
          protocol.rescore === "all-cells"
            ? "Every cell is scored again, in private. Earlier rounds stay as they are."
            : "Cells that are contested or have too few scores are scored again, in private; all cells if none is. Earlier rounds stay as they are.",
        button: `Open round ${(round ?? 0) + 1}`,
      };
  }
}
