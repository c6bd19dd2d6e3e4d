import { labelOf } from "#rubric/rubric.ts";
import { hasWeight, pointOf, sharesOf } from "#rubric/shares.ts";
import type { OwnPoints as Own, PanelView } from "#rubric/views.ts";
import { countWords } from "#rubric/words.ts";
import styles from "./points-fields.module.css";
import { Section } from "./section.tsx";
import { ShareBar } from "./share-bar.tsx";

/** One's own points once nothing in them can change. */
export function OwnPoints({ panel, own }: { panel: Pick<PanelView, "rubric">; own: Own }) {
  const { criteria } = panel.rubric;
  const shares = sharesOf(
    own.points,
    criteria.map(({ id }) => id),
  );
  return (
    <Section title="How much each criterion matters to you">
      <p>{leadWords(own)}</p>
      {shares === null ? null : (
        <ul className={styles.rows}>
          {criteria.map((criterion, index) => (
            <li key={criterion.id} className={styles.row}>
              <strong>
                {criterion.id} <bdi>{labelOf(criterion)}</bdi>
              </strong>
              <span className={styles.figure}>{pointsWords(pointOf(own.points, criterion.id))}</span>
              <ShareBar share={shares[index] ?? 0} equal={1 / criteria.length} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function pointsWords(points: number | null): string {
  return points === null ? "No points" : countWords(points, "point");
}

function leadWords({ points }: Own): string {
  if (hasWeight(points))
    return "Your points weigh the criteria in a policy’s total and change no score and no outcome.";
  if (Object.keys(points).length > 0) return "You gave 0 everywhere, which counts as no weights.";
  return "You gave no points in this round, so none of yours enter the panel’s weights.";
}
