import { type ReactNode, useId, useState } from "react";
import styles from "./small-disclosure.module.css";

interface SmallDisclosureProps {
  readonly title: ReactNode;
  /** Beside the title on a small screen, so that a closed part still tells something. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page that is simply there on a wide screen and folds away on a small one; without scripts it stays open. */
export function SmallDisclosure({ title, note, children }: SmallDisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <section className={styles.part} data-open={isOpen}>
      <h2 className={styles.wide}>{title}</h2>
      <h2 className={styles.small}>
        <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true" focusable="false">
            {isOpen ? <path d="M1 3h10L6 10Z" /> : <path d="M3 1v10l7-5Z" />}
          </svg>{" "}
          {title}
        </button>
      </h2>
      {note ? <p className={styles.note}>{note}</p> : null}
      <div id={id} className={styles.body}>
        {children}
      </div>
    </section>
  );
}
