import type { ReactNode } from "react";
import { Padlock } from "./marks.tsx";
import styles from "./sealed-box.module.css";

interface SealedBoxProps {
  /** What is sealed and until when. */
  readonly title: string;
  /** What is sealed, and what can be seen meanwhile. */
  readonly children: ReactNode;
}

export function SealedBox({ title, children }: SealedBoxProps) {
  return (
    <div className={styles.box}>
      <p className={styles.title}>
        <Padlock /> {title}
      </p>
      <div className={styles.body}>{children}</div>
    </div>
  );
}
