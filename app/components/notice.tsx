import type { ReactNode } from "react";
import styles from "./notice.module.css";

/** A box for what should be read: `notice` for what is provisional or done, `information` for what is so. */
export function Notice({ kind = "information", children }: { kind?: "notice" | "information"; children: ReactNode }) {
  return <div className={`${styles.box} ${styles[kind]}`}>{children}</div>;
}
