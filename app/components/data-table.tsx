import type { ReactNode } from "react";
import styles from "./data-table.module.css";

interface DataTableProps {
  /** What the table holds; also the name of the region that scrolls. */
  readonly caption: string;
  readonly hidesCaption?: boolean;
  /** `<thead>` and `<tbody>`. */
  readonly children: ReactNode;
}

/** A table on a white sheet. On a narrow screen it scrolls inside its own named region, reachable by keyboard. */
export function DataTable({ caption, hidesCaption = false, children }: DataTableProps) {
  return (
    <ScrollRegion name={caption}>
      <table className={styles.table}>
        <caption className={hidesCaption ? styles.hidden : undefined}>{caption}</caption>
        {children}
      </table>
    </ScrollRegion>
  );
}

export function ScrollRegion({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.region} aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}
