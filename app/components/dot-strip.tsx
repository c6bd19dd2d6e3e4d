import { levelsOf, type ScaleRange, thirdOf } from "#rubric/scale.ts";
import type { OwnAnswer } from "#rubric/sentences.ts";
import type { BoardCell } from "#rubric/views.ts";
import { printScore } from "#rubric/words.ts";
import { LevelStack, type StackShape } from "./dot-stack.tsx";
import styles from "./dot-strip.module.css";
import { place } from "./level-place.ts";
import { OwnMove } from "./own-move.tsx";

export interface DotStripProps {
  readonly cell: Pick<BoardCell, "counts" | "median" | "verdict" | "rule">;
  readonly scale: ScaleRange;
  /** How many people score in this panel: the strip's height and columns follow from it, never from the data. */
  readonly expected: number;
  readonly own?: OwnAnswer | null;
  /** Whether there is an earlier round: then the line for the viewer's own move is kept free in every strip. */
  readonly hasEarlier?: boolean;
  /** Per level, how many scores are marked "after sight". */
  readonly afterSight?: readonly number[];
  /** The whole picture in words. */
  readonly sentence: string;
}

/** Scores as dots stacked on their level, the viewer's own among them. */
export function DotStrip(props: DotStripProps) {
  const { cell, scale, sentence, own = null, hasEarlier = false } = props;
  if (cell.counts === null) return <TooFewStrip minimum={cell.rule.minScores} hasEarlier={hasEarlier} />;
  return (
    <div className={styles.strip} role="img" aria-label={sentence}>
      <Stacks {...props} counts={cell.counts} />
      <div className={styles.levels}>
        {levelsOf(scale).map((level) => (
          <span key={level}>{printScore(level, scale)}</span>
        ))}
      </div>
      {hasEarlier ? <OwnMove own={own} scale={scale} /> : null}
    </div>
  );
}

/** The same room, and words instead of a picture. */
function TooFewStrip({ minimum, hasEarlier }: { minimum: number; hasEarlier: boolean }) {
  return (
    <div className={`${styles.strip} ${styles.words} ${hasEarlier ? styles.withMove : ""}`}>
      <p>Shown from {minimum} scores</p>
    </div>
  );
}

const axis = 66;

function Stacks({
  cell,
  scale,
  expected,
  own = null,
  afterSight,
  counts,
}: DotStripProps & { counts: readonly number[] }) {
  const levels = levelsOf(scale);
  const shape: StackShape = { expected, axis };
  return (
    <svg className={styles.plot} width="100%" height="80" aria-hidden="true" focusable="false">
      <MiddleBand scale={scale} />
      <line x1="0" x2="100%" y1={axis} y2={axis} className={styles.axis} />
      {levels.map((level, index) => (
        <svg key={level} x={place(scale, level)} className={styles.stack}>
          <line y1={axis} y2={axis + 4} className={styles.axis} />
          <LevelStack
            shape={shape}
            count={counts[index] ?? 0}
            rings={afterSight?.[index] ?? 0}
            hasOwn={own?.value === level}
          />
        </svg>
      ))}
      {cell.verdict === "agreed" && cell.median !== null ? (
        <svg x={place(scale, cell.median)} className={styles.stack}>
          <path d={`M0 ${axis + 3} 6 ${axis + 12}H-6Z`} className={styles.median} />
        </svg>
      ) : null}
    </svg>
  );
}

function MiddleBand({ scale }: { scale: ScaleRange }) {
  const levels = levelsOf(scale);
  const middle = levels.filter((level) => thirdOf(scale, level) === "middle");
  const [first] = middle;
  if (first === undefined) return null;
  const start = levels.indexOf(first);
  const share = 100 / levels.length;
  return (
    <rect x={`${start * share}%`} width={`${middle.length * share}%`} y="0" height={axis} className={styles.band} />
  );
}
