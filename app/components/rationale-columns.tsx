import type { Protocol } from "#rubric/protocol.ts";
import { type Scale, type Third, thirdOf } from "#rubric/scale.ts";
import { changeReasons } from "#rubric/score.ts";
import type { CellEntry } from "#rubric/views.ts";
import { nonScoreWords, printScore, spellScore, thirdWords } from "#rubric/words.ts";
import { reasonWords } from "./change-reason-fields.tsx";
import { HiddenWords } from "./hidden-words.tsx";
import styles from "./rationale-columns.module.css";

interface RationalesProps {
  readonly entries: readonly CellEntry[];
  readonly scale: Scale;
  readonly identity: Protocol["identity"];
}

const thirds: readonly Third[] = ["low", "middle", "high"];

/** Rationales in three equal columns, low, middle and high, then those who gave no score. */
export function RationaleColumns({ entries, scale, identity }: RationalesProps) {
  if (entries.length === 0) return <p>{emptyWords(identity)}</p>;
  const unscored = entries.filter((entry) => entry.value === null);
  return (
    <>
      <div className={styles.columns}>
        {thirds.map((third) => (
          <div key={third}>
            <h3>{headingOf(third, scale)}</h3>
            <EntryList entries={entriesIn(third, entries, scale)} scale={scale} />
          </div>
        ))}
      </div>
      {unscored.length === 0 ? null : (
        <div className={styles.unscored}>
          <h3>No score</h3>
          <EntryList entries={unscored} scale={scale} />
        </div>
      )}
    </>
  );
}

function headingOf(third: Third, scale: Scale): string {
  const words = thirdWords(third, scale, printScore);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function entriesIn(third: Third, entries: readonly CellEntry[], scale: Scale): CellEntry[] {
  return entries.filter((entry) => entry.value !== null && thirdOf(scale, entry.value) === third);
}

function EntryList({ entries, scale }: Pick<RationalesProps, "entries" | "scale">) {
  if (entries.length === 0) return <p className={styles.none}>Nobody.</p>;
  return (
    <ul className={styles.list}>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: unlabelled texts have no other identity
        <li key={`${entry.label ?? ""} ${index}`}>
          <EntryHead entry={entry} scale={scale} />
          {entry.rationale === "" ? null : (
            <p className={styles.text}>
              <bdi>{entry.rationale}</bdi>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The answer, and under which label; what made it change, and whether it was given after sight of the others. */
function EntryHead({ entry, scale }: { entry: CellEntry; scale: Scale }) {
  const reason = changeReasons.find((code) => code === entry.changeReason);
  const remarks = [
    ...(reason === undefined ? [] : [`changed: ${reasonWords(reason).toLowerCase()}`]),
    ...(entry.afterSight ? ["after sight"] : []),
  ];
  return (
    <p className={styles.head}>
      <strong>
        {entry.value === null ? (
          nonScoreWords(entry.nonScore ?? "absent")
        ) : (
          <Figure value={entry.value} scale={scale} />
        )}
      </strong>
      {entry.label === null ? null : <bdi> {entry.label}</bdi>}
      {entry.name === null ? null : <bdi> ({entry.name})</bdi>}
      {entry.isOwn ? " (you)" : ""}
      {remarks.length === 0 ? "" : ` · ${remarks.join(" · ")}`}
    </p>
  );
}

function Figure({ value, scale }: { value: number; scale: Scale }) {
  return (
    <>
      <span aria-hidden="true">{printScore(value, scale)}</span>
      <HiddenWords>{spellScore(value, scale)}</HiddenWords>
    </>
  );
}

function emptyWords(identity: Protocol["identity"]): string {
  return identity === "named" ? "Nobody has submitted yet." : "Rationales are shown once the cell has enough scores.";
}
