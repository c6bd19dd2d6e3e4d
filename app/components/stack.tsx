import type { ReactNode } from "react";
import styles from "./stack.module.css";

interface StackProps {
  /** `section` between parts of a page, `form` between fields, `tight` between lines. */
  readonly gap?: "section" | "form" | "tight";
  /** Keeps the content at reading width. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** Things under each other. */
export function Stack({ gap = "form", narrow = false, children }: StackProps) {
  return <div className={`${styles.stack} ${styles[gap]} ${narrow ? styles.narrow : ""}`}>{children}</div>;
}

/** Buttons beside each other, wrapping. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Two fields beside each other where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}
