import type { ReactNode } from "react";
import styles from "./hidden-words.module.css";

/** Words for screen readers only. */
export function HiddenWords({ children }: { children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}
