import type { KeyboardEvent } from "react";
import type { Draft } from "#app/hooks/draft.ts";
import type { Criterion } from "#rubric/rubric.ts";
import { anchorOf, levelsOf, type Scale } from "#rubric/scale.ts";
import type { NonScore } from "#rubric/score.ts";
import { nonScoreWords, printScore, spellScore } from "#rubric/words.ts";
import { HiddenWords } from "./hidden-words.tsx";
import styles from "./scale-field.module.css";

type Choice = Pick<Draft, "value" | "nonScore">;

interface ScaleFieldProps {
  readonly scale: Scale;
  readonly criterion: Criterion;
  readonly choice: Choice;
  /** Digits choose a level while the focus is in the scale. */
  readonly hasKeys: boolean;
  readonly error?: string | undefined;
  readonly onChoose: (choice: Choice) => void;
}

const offered: readonly NonScore[] = ["cannot-judge", "abstain"];

/** The levels as native radio buttons, none chosen beforehand; under them their ends in words and the two non-scores. */
export function ScaleField({ scale, criterion, choice, hasKeys, error, onChoose }: ScaleFieldProps) {
  const levels = levelsOf(scale);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = hasKeys && isPlain(event) && isRadio(event.target) ? Number(event.key) - 1 : -1;
    const level = levels[at];
    if (level === undefined) return;
    event.preventDefault();
    onChoose({ value: level, nonScore: null });
    document.getElementById(levelId(level))?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys act on the radio buttons inside
    <div onKeyDown={onKeyDown}>
      {error ? <p className={styles.error}>{error}</p> : null}
      <div
        className={styles.scale}
        data-levels={levels.length}
        data-words={levels.every((level) => anchorOf(scale, level) !== "")}
      >
        {levels.map((level) => (
          <LevelBox key={level} level={level} scale={scale} isChosen={choice.value === level} onChoose={onChoose} />
        ))}
      </div>
      <Ends scale={scale} criterion={criterion} />
      <div className={styles.nonScores}>
        {offered.map((nonScore) => (
          <label key={nonScore} className={styles.nonScore}>
            <input
              type="radio"
              name="answer"
              value={nonScore}
              checked={choice.nonScore === nonScore}
              onChange={() => onChoose({ value: null, nonScore })}
            />
            {nonScoreWords(nonScore)}
          </label>
        ))}
      </div>
    </div>
  );
}

interface LevelBoxProps {
  readonly level: number;
  readonly scale: Scale;
  readonly isChosen: boolean;
  readonly onChoose: (choice: Choice) => void;
}

function LevelBox({ level, scale, isChosen, onChoose }: LevelBoxProps) {
  const anchor = scale.anchors.find((one) => one.level === level);
  return (
    <label className={styles.level}>
      <input
        type="radio"
        name="answer"
        className={styles.radio}
        id={levelId(level)}
        value={level}
        checked={isChosen}
        onChange={() => onChoose({ value: level, nonScore: null })}
        {...(anchor?.text ? { "aria-describedby": meaningId(level) } : {})}
      />
      <span className={styles.box}>
        <span className={styles.figure} aria-hidden="true">
          {printScore(level, scale)}
        </span>
        <HiddenWords>{spellScore(level, scale)} </HiddenWords>
        {anchor ? <span className={styles.anchor}>{anchor.name}</span> : null}
      </span>
    </label>
  );
}

/** What lies at either end, in the criterion's own words; the levels' names where the boxes have no room for them. */
function Ends({ scale, criterion }: Pick<ScaleFieldProps, "scale" | "criterion">) {
  const middle = scale.anchors.find((anchor) => 2 * anchor.level === scale.min + scale.max);
  const hasRoom = levelsOf(scale).every((level) => anchorOf(scale, level) !== "");
  const low = criterion.effect?.low ?? anchorOf(scale, scale.min);
  const high = criterion.effect?.high ?? anchorOf(scale, scale.max);
  return (
    <p className={styles.ends}>
      <span>
        <span aria-hidden="true">← </span>
        {low}
      </span>
      {hasRoom || middle === undefined ? null : (
        <span>
          {printScore(middle.level, scale)} <bdi>{middle.name}</bdi>
        </span>
      )}
      <span>
        {high}
        <span aria-hidden="true"> →</span>
      </span>
    </p>
  );
}

function levelId(level: number): string {
  return `level-${level}`;
}

/** Where the side column explains a level. */
export function meaningId(level: number): string {
  return `meaning-${level}`;
}

function isPlain(event: KeyboardEvent): boolean {
  return /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
}

function isRadio(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === "radio";
}
