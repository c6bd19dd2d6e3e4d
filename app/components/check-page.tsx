import { Form, Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { submissionWords } from "#rubric/reader-words.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { countWords } from "#rubric/words.ts";
import { Button, ButtonLink } from "./button.tsx";
import { scorePath } from "./cell-path.ts";
import styles from "./check-page.module.css";
import { ErrorSummary } from "./error-summary.tsx";
import { fieldId } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import { Notice } from "./notice.tsx";
import { OwnMatrix } from "./own-matrix.tsx";
import { OwnPoints } from "./own-points.tsx";
import { SheetStanding } from "./own-sheet-page.tsx";
import { PageTitle } from "./page-title.tsx";
import { PointsFields } from "./points-fields.tsx";
import { isAboutPoints, typedWords } from "./points-rows.ts";
import type { RefusalView } from "./refusal-view.ts";
import { ButtonRow, Stack } from "./stack.tsx";

interface CheckPageProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly refusal: RefusalView | undefined;
  readonly formKey: string;
}

/** All of one's own answers before they are locked; afterwards the receipt, and what happens next. */
export function CheckPage(props: CheckPageProps) {
  const { panel, sheet, refusal } = props;
  const isOver = sheet.submitted || panel.phase !== "scoring";
  return (
    <Stack gap="section">
      {isForMissing(refusal) ? null : <OtherRefusal panel={panel} refusal={refusal} />}
      {isOver ? <OwnRound {...props} /> : <OwnDraft {...props} />}
    </Stack>
  );
}

function OwnRound({ panel, sheet }: Pick<CheckPageProps, "panel" | "sheet">) {
  return (
    <>
      <PageTitle>Your round {panel.round}</PageTitle>
      <SheetStanding panel={panel} sheet={sheet} />
      <OwnMatrix panel={panel} sheet={sheet} />
      {sheet.points ? <OwnPoints panel={panel} own={sheet.points} /> : null}
    </>
  );
}

function OwnDraft(props: CheckPageProps) {
  const { panel, sheet, refusal } = props;
  return (
    <>
      <PageTitle lead={leadWords(sheet)}>Check round {panel.round} and submit</PageTitle>
      {sheet.incomplete.length === 0 ? null : (
        <MissingCells panel={panel} sheet={sheet} refusal={isForMissing(refusal) ? refusal : undefined} />
      )}
      <OwnMatrix panel={panel} sheet={sheet} />
      <SubmitForm {...props} />
    </>
  );
}

/** One form, so that points which were typed and not saved are not lost by submitting. */
function SubmitForm({ panel, sheet, formKey, refusal }: CheckPageProps) {
  return (
    <Form method="post">
      <FormKey value={formKey} />
      <Stack gap="section">
        {sheet.points ? <PointsFields panel={panel} own={sheet.points} refusal={pointsRefusal(refusal)} /> : null}
        <Submission panel={panel} sheet={sheet} />
      </Stack>
    </Form>
  );
}

function Submission({ panel, sheet }: Pick<CheckPageProps, "panel" | "sheet">) {
  const isReady = sheet.incomplete.length === 0;
  return (
    <Stack>
      <p>
        {submissionWords(panel.protocol)} While the round is scoring a facilitator can reopen your submission; that is
        logged with its reason.
      </p>
      <ButtonRow>
        <Button look={isReady ? "primary" : "secondary"} name="_intent" value="submit">
          Submit round {panel.round}
        </Button>
        <ButtonLink to={scorePath(panel, sheet.incomplete[0] ?? null)} look={isReady ? "secondary" : "primary"}>
          {isReady ? "Back to scoring" : "Go to the first cell to complete"}
        </ButtonLink>
      </ButtonRow>
    </Stack>
  );
}

/** Why nothing was done, where it is not for want of an answer. */
function OtherRefusal({ panel, refusal }: Pick<CheckPageProps, "panel" | "refusal">) {
  if (refusal === undefined) return null;
  const { criteria } = panel.rubric;
  const indexOf = (path: string) => criteria.findIndex(({ id }) => path === `points.${id}`);
  const typed = refusal.status === 403 ? typedWords(refusal) : "";
  return (
    <Stack>
      <ErrorSummary
        refusal={refusal}
        linkOf={(path) => `#${fieldId(`points.${indexOf(path)}.value`)}`}
        nameOf={(path) => criteria[indexOf(path)]?.id ?? ""}
      />
      {typed === "" ? null : <Notice>The points you typed: {typed}.</Notice>}
    </Stack>
  );
}

function isForMissing(refusal: RefusalView | undefined): boolean {
  return refusal?.status === 422 && !isAboutPoints(refusal);
}

/** Otherwise the points that were typed are saved by now. */
function pointsRefusal(refusal: RefusalView | undefined): RefusalView | undefined {
  return refusal && isAboutPoints(refusal) ? refusal : undefined;
}

function leadWords({ incomplete, scope }: SheetView): string {
  if (incomplete.length === 0) return `All ${countWords(scope.length, "cell")} are complete.`;
  return `${scope.length - incomplete.length} of ${countWords(scope.length, "cell")} are complete.`;
}

/** Each cell that keeps the round from being submitted, as a link. Takes focus when a submission was refused. */
function MissingCells({ panel, sheet, refusal }: Omit<CheckPageProps, "formKey">) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal) box.current?.focus();
  }, [refusal]);
  const count = sheet.incomplete.length;
  return (
    <div ref={box} className={styles.missing} tabIndex={-1} role={refusal ? "alert" : undefined}>
      <h2>
        {refusal ? "Not submitted: " : ""}
        {count === 1 ? "1 cell is not complete yet" : `${count} cells are not complete yet`}
      </h2>
      <ul>
        {sheet.incomplete.map((cell) => (
          <li key={cellKey(cell)}>
            <Link discover="none" to={scorePath(panel, cell)}>
              {cellKey(cell)}
            </Link>
            : {cell.sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
