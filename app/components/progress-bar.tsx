import type { Progress } from "#rubric/views.ts";
import { progressWords } from "./phase-words.ts";
import styles from "./progress-bar.module.css";

/** How many have submitted: in words, and as a bar 4 px high. */
export function ProgressBar({ progress }: { progress: Progress }) {
  const width = progress.expected === 0 ? 0 : (100 * progress.submitted) / progress.expected;
  return (
    <span className={styles.progress}>
      {progressWords(progress)}
      <svg className={styles.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.ground} width="100" height="4" />
        <rect className={styles.done} width={width} height="4" />
      </svg>
    </span>
  );
}
