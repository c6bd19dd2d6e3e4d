import type { BoardCell } from "#rubric/views.ts";
import { type Frame, outcomeWords } from "#rubric/words.ts";
import styles from "./outcome.module.css";
import { OutcomeMark, type OutcomeShape, shapeOf } from "./outcome-mark.tsx";

/** A cell's outcome: shape, words and colour. */
export function Outcome({ cell, frame }: { cell: BoardCell; frame: Frame }) {
  const shape = shapeOf(cell);
  return (
    <span className={styles.outcome} data-outcome={shape}>
      <OutcomeMark shape={shape} />
      <span>{outcomeWords(cell, frame)}</span>
    </span>
  );
}

const keyEntries: readonly { shape: OutcomeShape; words: string }[] = [
  { shape: "agreed-high", words: "agreed, better" },
  { shape: "agreed-low", words: "agreed, worse" },
  { shape: "agreed-middle", words: "agreed, no clear effect" },
  { shape: "contested", words: "contested" },
  { shape: "too-few", words: "too few scores" },
];

/** What the shapes mean. */
export function OutcomeKey() {
  return (
    <ul className={styles.key}>
      {keyEntries.map(({ shape, words }) => (
        <li key={shape}>
          <span className={styles.outcome} data-outcome={shape}>
            <OutcomeMark shape={shape} />
          </span>{" "}
          {words}
        </li>
      ))}
    </ul>
  );
}
