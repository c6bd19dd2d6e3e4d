import { Link } from "@remix-run/react";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { whoReadsPoints } from "#rubric/reader-words.ts";
import { labelOf } from "#rubric/rubric.ts";
import { hasWeight, pointOf, sharesOf } from "#rubric/shares.ts";
import type { OwnPoints, PanelView } from "#rubric/views.ts";
import { Button } from "./button.tsx";
import { checkPath } from "./cell-path.ts";
import { clockWords } from "./clock.ts";
import { fieldId } from "./field.tsx";
import { Notice } from "./notice.tsx";
import styles from "./points-fields.module.css";
import { isProposal, newerPoints, type PointsRow, pointsRows, typedPoints } from "./points-rows.ts";
import { type RefusalView, typedAt } from "./refusal-view.ts";
import { ShareBar } from "./share-bar.tsx";
import { ButtonRow, Stack } from "./stack.tsx";

interface PointsFieldsProps {
  readonly panel: PanelView;
  readonly own: OwnPoints;
  readonly refusal: RefusalView | undefined;
}

/** How much each criterion matters to the reviewer: fields inside the form that submits the round. */
export function PointsFields({ panel, own, refusal }: PointsFieldsProps) {
  const newer = newerPoints(refusal);
  const version = newer?.version ?? typedAt(refusal, "pointsVersion", String(own.version));
  return (
    <section id="points" aria-labelledby="points-title">
      <Stack>
        <h2 id="points-title">How much does each criterion matter?</h2>
        <p>
          Optional. Think of each criterion going from its worst level to its best. Give 100 points to the one where
          that change matters most to you, and to the others their part of it. An empty field gives none.
        </p>
        <p className={styles.quiet}>
          Points weigh the criteria in a policy’s total and change no score and no outcome; equal weights always stand
          beside. They are locked when you submit. {whoReadsPoints(panel.protocol)}
        </p>
        {isProposal(own) && newer === null ? (
          <Notice kind="notice">
            <p>
              These are your points of round {own.earlier?.round}. In this round they count only once you save them, or
              change them and submit.
            </p>
          </Notice>
        ) : null}
        {newer === null ? null : <Newer panel={panel} points={newer.points} />}
        <input type="hidden" name="pointsVersion" value={version} />
        <Rows key={own.version} panel={panel} own={own} rows={pointsRows(panel.rubric.criteria, own, refusal)} />
      </Stack>
    </section>
  );
}

/** Two windows wrote points: what is typed stays, and what was saved meanwhile stands beside it. */
function Newer({ panel, points }: { panel: PanelView; points: OwnPoints["points"] }) {
  const given = panel.rubric.criteria.flatMap(({ id }) => {
    const point = pointOf(points, id);
    return point === null ? [] : [`${id} ${point}`];
  });
  return (
    <Notice kind="notice">
      <p>
        Saved from the other window: {given.length === 0 ? "no points" : given.join(", ")}. Saving here replaces that.{" "}
        <Link to={checkPath(panel)} reloadDocument>
          Use the other window’s instead
        </Link>
      </p>
    </Notice>
  );
}

function Rows({ panel, own, rows }: { panel: PanelView; own: OwnPoints; rows: readonly PointsRow[] }) {
  const list = useRef<HTMLDivElement>(null);
  const { texts, read } = useTexts(
    list,
    rows.map(({ value }) => value),
  );
  const { criteria } = panel.rubric;
  const typed = typedPoints(criteria, texts);
  const shares =
    typed &&
    sharesOf(
      typed,
      criteria.map(({ id }) => id),
    );
  const isChanged = rows.some(({ before }, index) => before !== texts[index]?.trim());
  return (
    <>
      <div ref={list} className={styles.rows} onInput={read}>
        {rows.map((row, index) => (
          <Row key={row.name} row={row} share={shares?.[index] ?? null} equal={1 / rows.length} />
        ))}
      </div>
      <ButtonRow>
        <Button name="_intent" value="save-points">
          Save my points
        </Button>
        <p className={styles.quiet} role="status">
          {isChanged ? "Not saved yet." : savedWords(own)}
        </p>
      </ButtonRow>
    </>
  );
}

function Row({ row, share, equal }: { row: PointsRow; share: number | null; equal: number }) {
  const { criterion, name, error } = row;
  const id = fieldId(`${name}.value`);
  const { effect } = criterion;
  return (
    <div className={styles.row}>
      <input type="hidden" name={`${name}.id`} value={criterion.id} />
      <input type="hidden" name={`${name}.before`} value={row.before} />
      <div className={styles.words}>
        <label htmlFor={id}>
          {criterion.id} <bdi>{labelOf(criterion)}</bdi>
        </label>
        {effect ? (
          <span id={`${id}-swing`} className={styles.quiet}>
            From <bdi>{effect.low}</bdi> to <bdi>{effect.high}</bdi>
          </span>
        ) : null}
      </div>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        id={id}
        name={`${name}.value`}
        defaultValue={row.value}
        aria-describedby={[...(effect ? [`${id}-swing`] : []), `${id}-share`, ...(error ? [`${id}-error`] : [])].join(
          " ",
        )}
        {...(error ? { "aria-invalid": true } : {})}
      />
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          <span aria-hidden="true">! </span>
          {error}
        </p>
      ) : null}
      <ShareBar id={`${id}-share`} share={share} equal={equal} />
    </div>
  );
}

function savedWords({ points, version, savedAt }: OwnPoints): string {
  if (version === 0 || savedAt === null) return "";
  const at = `Saved ${clockWords(savedAt)} UTC`;
  if (Object.keys(points).length === 0) return `${at}: no points.`;
  return hasWeight(points) ? `${at}.` : `${at}. With 0 everywhere they count as no weights.`;
}

/** What stands in the fields, from before the scripts had loaded on. */
function useTexts(list: RefObject<HTMLDivElement>, start: readonly string[]) {
  const [texts, setTexts] = useState(start);
  const read = useCallback(() => {
    const fields = list.current?.querySelectorAll<HTMLInputElement>("input[type=text]") ?? [];
    setTexts([...fields].map(({ value }) => value));
  }, [list]);
  useEffect(read, [read]);
  return { texts, read };
}
