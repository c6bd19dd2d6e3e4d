import type { ReferenceReading } from "#rubric/rubric.ts";
import styles from "./reading-box.module.css";

interface ReadingBoxProps {
  readonly reading: Pick<ReferenceReading, "title" | "notice" | "cells">;
  readonly policyId: string;
  readonly criterionId: string;
}

/** What the authors of the rubric wrote about a cell; sent only to people who may see it. */
export function ReadingBox({ reading, policyId, criterionId }: ReadingBoxProps) {
  const cell = reading.cells.find((one) => one.policyId === policyId && one.criterionId === criterionId);
  if (cell === undefined) return null;
  return <ReadingOfCell cell={cell} title={reading.title} notice={reading.notice} />;
}

interface ReadingOfCellProps {
  readonly cell: ReferenceReading["cells"][number];
  readonly title?: string;
  readonly notice?: string;
}

/** One passage with its source. */
export function ReadingOfCell({ cell, title = "What the rubric’s authors wrote", notice }: ReadingOfCellProps) {
  return (
    <section className={styles.box} aria-label={title}>
      <h2>{title}</h2>
      <p>
        <bdi>{cell.paraphrase}</bdi>
      </p>
      {cell.quote ? (
        <blockquote>
          <p>
            “<bdi>{cell.quote}</bdi>”
          </p>
          {cell.quoteSource ? (
            <footer>
              <bdi>{cell.quoteSource}</bdi>
            </footer>
          ) : null}
        </blockquote>
      ) : null}
      <p className={styles.small}>
        {cell.placement === "concord"
          ? "Concord placed this passage at this cell."
          : "The authors placed this passage at this cell."}{" "}
        It is a text, not a score, and counts nowhere.
      </p>
      {notice ? (
        <p className={styles.small}>
          <bdi>{notice}</bdi>
        </p>
      ) : null}
    </section>
  );
}
