import type { Criterion, Policy, Rubric } from "#rubric/rubric.ts";
import { printScore, spellScore } from "#rubric/words.ts";
import styles from "./cell-side.module.css";
import { HiddenWords } from "./hidden-words.tsx";
import { meaningId } from "./scale-field.tsx";

/** What the policy says. */
export function PolicyText({ policy }: { policy: Policy }) {
  return (
    <div className={styles.texts}>
      <p>
        <bdi>{policy.description === "" ? "No description was given." : policy.description}</bdi>
      </p>
      {policy.aim ? (
        <p>
          Aim: <bdi>{policy.aim}</bdi>.
        </p>
      ) : null}
      {policy.noteToReviewers ? (
        <p>
          <strong>Note to reviewers.</strong> <bdi>{policy.noteToReviewers}</bdi>
        </p>
      ) : null}
    </div>
  );
}

/** How a criterion is to be read: what it is compared with, which way its scale runs, and what each level means. */
export function CriterionText({ rubric, criterion }: { rubric: Rubric; criterion: Criterion }) {
  const comparator = rubric.comparators.find(({ id }) => id === criterion.comparator);
  return (
    <div className={styles.texts}>
      {comparator ? (
        <p>
          <bdi>{comparator.text}</bdi>
        </p>
      ) : null}
      {criterion.gloss ? (
        <p>
          <bdi>{criterion.gloss}</bdi>
        </p>
      ) : null}
      <p>{polarityWords(criterion)}</p>
      <Levels rubric={rubric} />
      {rubric.notices.length > 0 ? (
        <details>
          <summary>Whose words these are</summary>
          <div className={styles.notices}>
            {rubric.notices.map((notice) => (
              <p key={notice}>
                <bdi>{notice}</bdi>
              </p>
            ))}
          </div>
        </details>
      ) : null}
    </div>
  );
}

function polarityWords(criterion: Criterion): string {
  const goal = criterion.goal ? `The goal is: ${lowerFirst(criterion.goal)}. ` : "";
  const less =
    criterion.polarity === "less-is-better"
      ? "Less of the named thing is better: a high score means less of it."
      : "A high score means more of it.";
  const unsure =
    criterion.directionGivenBySource === false
      ? " The source gives no direction; this reading of it was chosen for the panel."
      : "";
  return `${goal}${less}${unsure}`;
}

function Levels({ rubric: { scale } }: { rubric: Rubric }) {
  const explained = scale.anchors.filter((anchor) => anchor.text);
  if (explained.length === 0) return null;
  return (
    <details>
      <summary>What the levels mean</summary>
      <dl className={styles.levels}>
        {explained.map((anchor) => (
          <div key={anchor.level}>
            <dt>
              <span aria-hidden="true">{printScore(anchor.level, scale)}</span>
              <HiddenWords>{spellScore(anchor.level, scale)}</HiddenWords> <bdi>{anchor.name}</bdi>
            </dt>
            <dd id={meaningId(anchor.level)}>{anchor.text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
