import { useEffect, useRef } from "react";
import styles from "./error-summary.module.css";
import { fieldId } from "./field.tsx";
import { InPageLink } from "./in-page-link.tsx";
import type { RefusalView } from "./refusal-view.ts";

interface ErrorSummaryProps {
  readonly refusal: RefusalView | undefined;
  /** Where an error leads, for fields that are not named after their path. */
  readonly linkOf?: (path: string) => string;
  /** What a field is called, where many are alike. */
  readonly nameOf?: (path: string) => string;
}

/** Why the form was not accepted, with a link to each field at fault. Takes focus when it appears. */
export function ErrorSummary({ refusal, linkOf = fieldLink, nameOf = () => "" }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal) box.current?.focus();
  }, [refusal]);
  if (!refusal) return null;
  return (
    <div ref={box} className={styles.summary} role="alert" tabIndex={-1}>
      <p className={styles.sentence}>{refusal.sentence}</p>
      {refusal.errors.length > 0 ? (
        <ul>
          {refusal.errors.map(({ path, message }) => {
            const words = [nameOf(path), message].filter((part) => part !== "").join(": ");
            return (
              <li key={`${path} ${message}`}>
                {path === "" ? words : <InPageLink href={linkOf(path)}>{words}</InPageLink>}
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}

function fieldLink(path: string): string {
  return `#${fieldId(path)}`;
}
