import type { Protocol } from "#rubric/protocol.ts";
import { type Scale, thirdOf } from "#rubric/scale.ts";
import type { CellEntry } from "#rubric/views.ts";
import { nonScoreWords, printScore } from "#rubric/words.ts";
import styles from "./rationale-columns.module.css";

interface RationalesProps {
  readonly entries: readonly CellEntry[];
  readonly scale: Scale;
  readonly identity: Protocol["identity"];
}

const columns = [
  { third: "low", title: "Low" },
  { third: "middle", title: "Middle" },
  { third: "high", title: "High" },
] as const;

/** Rationales in three equal columns, low, middle and high, then those who gave no score. */
export function RationaleColumns({ entries, scale, identity }: RationalesProps) {
  if (entries.length === 0) return <p>{emptyWords(identity)}</p>;
  const scored = entries.filter((entry) => entry.value !== null);
  const unscored = entries.filter((entry) => entry.value === null);
  return (
    <>
      <div className={styles.columns}>
        {columns.map(({ third, title }) => (
          <section key={third} aria-label={`${title} scores`}>
            <h3>{title}</h3>
            <EntryList
              entries={scored.filter((entry) => entry.value !== null && thirdOf(scale, entry.value) === third)}
              scale={scale}
            />
          </section>
        ))}
      </div>
      {unscored.length === 0 ? null : (
        <section aria-label="No score">
          <h3>No score</h3>
          <EntryList entries={unscored} scale={scale} />
        </section>
      )}
    </>
  );
}

function EntryList({ entries, scale }: Pick<RationalesProps, "entries" | "scale">) {
  if (entries.length === 0) return <p className={styles.none}>Nobody</p>;
  return (
    <ul className={styles.list}>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: unlabelled texts have no other identity
        <li key={`${entry.label ?? ""} ${index}`}>
          <EntryHead entry={entry} scale={scale} />
          {entry.rationale === "" ? null : <p className={styles.text}>{entry.rationale}</p>}
        </li>
      ))}
    </ul>
  );
}

function EntryHead({ entry, scale }: { entry: CellEntry; scale: Scale }) {
  const answer = entry.value === null ? nonScoreWords(entry.nonScore ?? "absent") : printScore(entry.value, scale);
  const marks = [entry.isOwn ? "you" : "", entry.afterSight ? "after sight" : ""].filter((mark) => mark !== "");
  return (
    <p className={styles.head}>
      <strong>{answer}</strong> <bdi>{entry.label}</bdi> {entry.name === null ? null : <bdi>({entry.name})</bdi>}
      {marks.map((mark) => ` · ${mark}`)}
    </p>
  );
}

function emptyWords(identity: Protocol["identity"]): string {
  return identity === "named" ? "Nobody has submitted yet." : "Rationales are shown once the cell has enough scores.";
}
