import { useNavigate } from "@remix-run/react";
import { type FocusEvent, type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import type { DraftControl } from "#app/hooks/use-draft.ts";
import { whoReadsRationale } from "#rubric/reader-words.ts";
import { labelOf } from "#rubric/rubric.ts";
import type { PanelView } from "#rubric/views.ts";
import { Button } from "./button.tsx";
import { ChangeReasonFields } from "./change-reason-fields.tsx";
import { ConflictPanel } from "./conflict-panel.tsx";
import { CopyButton } from "./copy-button.tsx";
import { fieldId } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import { HiddenWords } from "./hidden-words.tsx";
import { RationaleField } from "./rationale-field.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import { SaveStatus } from "./save-status.tsx";
import { ScaleField } from "./scale-field.tsx";
import styles from "./score-form.module.css";
import type { ScoringCell } from "./scoring-cell.ts";

interface ScoreFormProps {
  readonly panel: PanelView;
  readonly at: ScoringCell;
  readonly control: DraftControl;
  readonly refusal: RefusalView | undefined;
  readonly formKey: string;
  readonly hasKeys: boolean;
  /** Whether saving this cell is the next thing to do; otherwise submitting is. */
  readonly isNext: boolean;
  readonly onKeys: () => void;
}

/** One cell's score and rationale. It saves itself; without scripts its buttons do. */
export function ScoreForm(props: ScoreFormProps) {
  const { panel, at, control, refusal, hasKeys } = props;
  const { draft, state } = control;
  const form = useRef<HTMLFormElement>(null);
  const onSubmit = useSaveAndGo(props);
  useTypedEarly(form, control);
  const version = state.kind === "conflict" ? state.newer.version : control.version;
  return (
    <form
      ref={form}
      method="post"
      className={styles.form}
      onSubmit={onSubmit}
      onKeyDown={hasKeys ? submitOnCtrlEnter : undefined}
    >
      <FormKey value={props.formKey} />
      <input type="hidden" name="cell" value={at.key} />
      <input type="hidden" name="version" value={version} />
      <fieldset
        id={fieldId("value")}
        tabIndex={-1}
        className={styles.question}
        onBlur={(event) => {
          if (hasLeft(event)) void control.flush();
        }}
      >
        <legend>
          <HiddenWords>{labelOf(at.policy)}. </HiddenWords>
          <strong>
            {at.criterion.id} <bdi>{labelOf(at.criterion)}.</bdi>
          </strong>{" "}
          <bdi>{at.criterion.question}</bdi>
        </legend>
        <ScaleField
          scale={panel.rubric.scale}
          criterion={at.criterion}
          choice={draft}
          hasKeys={hasKeys}
          error={errorAt(refusal, "value") ?? errorAt(refusal, "nonScore")}
          onChoose={(choice) => control.change(choice, "score")}
        />
      </fieldset>
      {at.earlier && at.earlier.value !== null ? (
        <ChangeReasonFields
          reason={draft.changeReason}
          isRequired={panel.protocol.changeReason === "required"}
          onChange={(changeReason) => control.change({ changeReason }, "text")}
          onLeave={() => void control.flush()}
        />
      ) : null}
      <RationaleField
        text={draft.rationale}
        isRequired={panel.protocol.rationale === "required"}
        readers={whoReadsRationale(panel.protocol)}
        error={errorAt(refusal, "rationale")}
        onType={(rationale) => control.change({ rationale }, "text")}
        onLeave={() => void control.flush()}
      />
      <Clash {...props} />
      <Actions {...props} />
    </form>
  );
}

function Clash({ panel, at, control }: ScoreFormProps) {
  const { draft, state } = control;
  if (state.kind === "refused" && draft.rationale !== "") {
    return (
      <div>
        <CopyButton text={draft.rationale}>Copy my text</CopyButton>
      </div>
    );
  }
  if (state.kind !== "conflict") return null;
  return (
    <ConflictPanel
      mine={draft}
      newer={state.newer}
      scale={panel.rubric.scale}
      reload={at.self}
      onKeepMine={() => control.keepMine(state.newer)}
      onTakeNewer={() => control.takeNewer(state.newer)}
    />
  );
}

function Actions({ at, control, isNext, onKeys }: ScoreFormProps) {
  return (
    <div className={styles.actions}>
      <Button look={isNext ? "primary" : "secondary"} name="_intent" value="save-next">
        Save and next
      </Button>
      {at.previous === null ? null : (
        <Button name="_intent" value="previous">
          Previous
        </Button>
      )}
      <SaveStatus state={control.state} mayUndo={control.mayUndo} onUndo={control.undo} />
      <span className={styles.keys}>
        <Button type="button" look="plain" onClick={onKeys}>
          Keys
        </Button>
      </span>
    </div>
  );
}

/** Goes on only once the draft is safe: what could not be saved stays on the page. */
function useSaveAndGo({ at, control }: ScoreFormProps) {
  const navigate = useNavigate();
  return (event: FormEvent) => {
    event.preventDefault();
    const intent = intentOf(event.nativeEvent);
    const onward = intent === "previous" ? at.previous : at.next;
    void control.flush().then((isSafe) => {
      if (isSafe && intent !== "save" && onward !== null) navigate(onward);
    });
  };
}

function intentOf(event: Event): string {
  const button = event instanceof SubmitEvent ? event.submitter : null;
  return button instanceof HTMLButtonElement ? button.value : "save-next";
}

/** Arrow keys move the focus inside the scale; that is no reason to save. */
function hasLeft(event: FocusEvent<HTMLElement>): boolean {
  return !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget));
}

function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

/** Takes over what was chosen or typed before the scripts had loaded. */
function useTypedEarly(form: { readonly current: HTMLFormElement | null }, control: DraftControl): void {
  const first = useRef(control);
  useEffect(() => {
    if (form.current === null) return;
    const { draft, change } = first.current;
    const typed = new FormData(form.current).get("rationale");
    if (typeof typed === "string" && typed !== draft.rationale) change({ rationale: typed }, "text");
  }, [form]);
}
