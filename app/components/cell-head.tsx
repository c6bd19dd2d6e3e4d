import type { ScoringCell } from "./scoring-cell.ts";
import styles from "./scoring-desk.module.css";

/** Where one is, and the policy as the page's title. */
export function CellHead({ at }: { at: ScoringCell }) {
  return (
    <header className={styles.head}>
      <p className={styles.meta}>
        Cell {at.place} of {at.total} · {at.policy.id} · <bdi>{at.perspective}</bdi>
      </p>
      <h1 id="title" tabIndex={-1}>
        <bdi>{at.policy.title}</bdi>
      </h1>
    </header>
  );
}
