import type { PerspectiveConsensus } from "#rubric/reconcile.ts";
import { levelsOf, type ScaleRange } from "#rubric/scale.ts";
import { barsSentence } from "#rubric/sentences.ts";
import { printScore } from "#rubric/words.ts";
import { place } from "./level-place.ts";
import styles from "./perspective-bars.module.css";

interface BarsProps {
  readonly summary: PerspectiveConsensus;
  readonly title: string;
  readonly scale: ScaleRange;
}

const axis = 40;
const tallest = 24;

/** Counts per level over a perspective's cells. Counts, not a mean: opposite camps would cancel out. */
export function PerspectiveBars({ summary, title, scale }: BarsProps) {
  const levels = levelsOf(scale);
  const most = Math.max(1, ...summary.counts);
  return (
    <div className={styles.bars} role="img" aria-label={barsSentence(summary, title, scale)}>
      <svg className={styles.plot} width="100%" height={axis + 1} aria-hidden="true" focusable="false">
        {levels.map((level, index) => {
          const count = summary.counts[index] ?? 0;
          const height = (tallest * count) / most;
          return (
            <svg key={level} x={place(scale, level)} className={styles.stack}>
              <rect x="-10" y={axis - height} width="20" height={height} className={styles.bar} />
              {count === 0 ? null : (
                <text y={axis - height - 4} className={styles.count}>
                  {count}
                </text>
              )}
            </svg>
          );
        })}
        <line x1="0" x2="100%" y1={axis} y2={axis} className={styles.axis} />
      </svg>
      <div className={styles.levels}>
        {levels.map((level) => (
          <span key={level}>{printScore(level, scale)}</span>
        ))}
      </div>
    </div>
  );
}
