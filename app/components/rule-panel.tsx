import { ruleArithmetic, ruleSentence } from "#rubric/rule-words.ts";
import type { ScaleRange } from "#rubric/scale.ts";
import type { BoardCell } from "#rubric/views.ts";
import { spreadWords } from "#rubric/words.ts";
import styles from "./rule-panel.module.css";

/** Why a cell has its outcome: the panel's rule, and this cell's own arithmetic under it. */
export function RulePanel({ cell, scale }: { cell: BoardCell; scale: ScaleRange }) {
  const spread = spreadWords(cell);
  return (
    <div className={styles.panel}>
      <p>{ruleSentence(cell.rule)}</p>
      {ruleArithmetic(cell, scale).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {spread === null ? null : <p className={styles.spread}>{spread}.</p>}
    </div>
  );
}
