import type { ReactNode } from "react";
import styles from "./page-title.module.css";

interface PageTitleProps {
  readonly children: ReactNode;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  /** The page's buttons, at the right where there is room. */
  readonly actions?: ReactNode;
}

/** The one H1 of a page. */
export function PageTitle({ children, lead, actions }: PageTitleProps) {
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        <h1 tabIndex={-1} id="title">
          {children}
        </h1>
        {lead ? <p className={styles.lead}>{lead}</p> : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}

/** The document's title: what the page is, and where; never a figure. */
export function titleOf(page: string, panel?: string): { title: string }[] {
  return [{ title: [page, panel, "Concord"].filter((part) => part !== undefined && part !== "").join(" · ") }];
}
