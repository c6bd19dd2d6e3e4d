import { shareWords } from "#rubric/shares.ts";
import styles from "./points-fields.module.css";

interface ShareBarProps {
  readonly id?: string;
  /** `null` where the points make no weights. */
  readonly share: number | null;
  readonly equal: number;
}

/** One criterion's share of one's own weights, and beside it what it would be if all counted alike. */
export function ShareBar({ id, share, equal }: ShareBarProps) {
  return (
    <div className={styles.share}>
      <svg className={styles.bar} width="100%" height="12" aria-hidden="true" focusable="false">
        <rect width="100%" y="2" height="8" className={styles.ground} />
        <rect width={`${100 * (share ?? 0)}%`} y="2" height="8" className={styles.own} />
        <line x1={`${100 * equal}%`} x2={`${100 * equal}%`} y1="0" y2="12" className={styles.equal} />
      </svg>
      <span id={id} className={styles.quiet}>
        {share === null ? "No weight yet" : `Your share ${shareWords(share)}`}, equal {shareWords(equal)}
      </span>
    </div>
  );
}
