import { levelsOf, type Scale } from "#rubric/scale.ts";
import type { Score } from "#rubric/score.ts";
import { answerWords, printScore } from "#rubric/words.ts";
import { reasonWords } from "./change-reason-fields.tsx";
import { CopyButton } from "./copy-button.tsx";
import styles from "./own-answer.module.css";

interface OwnAnswerProps {
  readonly score: Score | undefined;
  readonly scale: Scale;
  /** Offers the text for copying: for what was not submitted in time. */
  readonly mayCopy: boolean;
}

/** One's own answer to a cell, to be read and no longer changed. */
export function OwnAnswerBox({ score, scale, mayCopy }: OwnAnswerProps) {
  if (score === undefined) return <p>You gave no answer to this cell.</p>;
  return (
    <div className={styles.answer}>
      <div className={styles.scale} aria-hidden="true">
        {levelsOf(scale).map((level) => (
          <span key={level} data-chosen={level === score.value}>
            {printScore(level, scale)}
          </span>
        ))}
      </div>
      <p className={styles.words}>{answerWords(score, scale)}</p>
      {score.rationale === "" ? (
        <p className={styles.none}>No rationale.</p>
      ) : (
        <p className={styles.text}>
          <bdi>{score.rationale}</bdi>
        </p>
      )}
      {score.changeReason === null ? null : (
        <p className={styles.none}>
          What changed it: {reasonWords(score.changeReason.code).toLowerCase()}
          {score.changeReason.note ? (
            <>
              , <bdi>{score.changeReason.note}</bdi>
            </>
          ) : null}
        </p>
      )}
      {mayCopy && score.rationale !== "" ? (
        <div>
          <CopyButton text={score.rationale}>Copy my text</CopyButton>
        </div>
      ) : null}
    </div>
  );
}
