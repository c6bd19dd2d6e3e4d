import { Form, Link } from "@remix-run/react";
import type { FormEvent } from "react";
import type { Scale } from "#rubric/scale.ts";
import type { Score } from "#rubric/score.ts";
import { stripSentence } from "#rubric/sentences.ts";
import { answerWords, type Frame } from "#rubric/words.ts";
import { Button } from "./button.tsx";
import { DotStrip } from "./dot-strip.tsx";
import styles from "./earlier-answer.module.css";
import { FormKey } from "./form-key.tsx";
import type { ClosedCell } from "./scoring-cell.ts";

interface EarlierAnswerProps {
  readonly earlier: Score;
  readonly scale: Scale;
  /** The cell as the closed round left it, where it may be seen. */
  readonly closed: (ClosedCell & { readonly path: string }) | null;
  readonly frame: Frame;
  readonly form: { readonly cell: string; readonly version: number; readonly formKey: string };
  readonly onKeep: () => void;
}

/** What one said of this cell in the round before, beside what the panel said, and a button that keeps it. */
export function EarlierAnswer({ earlier, scale, closed, frame, form, onKeep }: EarlierAnswerProps) {
  const keep = (event: FormEvent) => {
    event.preventDefault();
    onKeep();
  };
  const own = { value: earlier.value, nonScore: earlier.nonScore, earlier: null };
  return (
    <section className={styles.earlier} aria-labelledby="earlier">
      <h2 id="earlier">Your answer in the round before</h2>
      <div className={styles.parts}>
        <div className={styles.words}>
          <p className={styles.answer}>{answerWords(earlier, scale)}</p>
          {earlier.rationale === "" ? null : (
            <p className={styles.text}>
              <bdi>{earlier.rationale}</bdi>
            </p>
          )}
          <Form method="post" onSubmit={keep}>
            <FormKey value={`${form.formKey}-keep`} />
            <input type="hidden" name="cell" value={form.cell} />
            <input type="hidden" name="version" value={form.version} />
            <Button name="_intent" value="keep">
              {earlier.value === null ? "Keep my answer" : "Keep my score"}
            </Button>
          </Form>
        </div>
        {closed === null ? null : (
          <figure className={styles.panel}>
            <figcaption>The panel, round {closed.round}</figcaption>
            <DotStrip
              cell={closed.cell}
              scale={scale}
              expected={closed.expected}
              own={own}
              sentence={stripSentence(closed.cell, frame, own)}
            />
            <Link to={closed.path}>Rationales of round {closed.round}</Link>
          </figure>
        )}
      </div>
    </section>
  );
}
