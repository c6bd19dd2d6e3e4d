import type { ReactNode } from "react";
import { OwnDot } from "./dot-stack.tsx";
import dots from "./dot-strip.module.css";
import styles from "./strip-key.module.css";

/** What the marks of a strip mean; only those that can occur. */
export function StripKey({ scores, earlierRound }: { scores: boolean; earlierRound: number | null }) {
  return (
    <ul className={styles.key}>
      {scores ? (
        <li>
          <Sample>
            <OwnDot x={7} y={7} />
          </Sample>
          you
        </li>
      ) : null}
      <li>
        <Sample>
          <circle cx="7" cy="7" r="4.5" className={dots.dot} />
        </Sample>
        {scores ? "another reviewer" : "a reviewer"}
      </li>
      {scores && earlierRound !== null ? (
        <li>
          <Sample>
            <circle cx="7" cy="7" r="4.25" className={dots.earlier} />
          </Sample>
          you, round {earlierRound}
        </li>
      ) : null}
      <li>
        <Sample>
          <path d="M7 2.5 13 11.5H1Z" className={dots.median} />
        </Sample>
        median, in agreed cells
      </li>
    </ul>
  );
}

function Sample({ children }: { children: ReactNode }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}
