import { Form, Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { submissionWords } from "#rubric/reader-words.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { countWords } from "#rubric/words.ts";
import { Button, ButtonLink } from "./button.tsx";
import { scorePath } from "./cell-path.ts";
import styles from "./check-page.module.css";
import { FormKey } from "./form-key.tsx";
import { OwnMatrix } from "./own-matrix.tsx";
import { SheetStanding } from "./own-sheet-page.tsx";
import { PageTitle } from "./page-title.tsx";
import type { RefusalView } from "./refusal-view.ts";
import { ButtonRow, Stack } from "./stack.tsx";

interface CheckPageProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly refusal: RefusalView | undefined;
  readonly formKey: string;
}

/** All of one's own answers before they are locked; afterwards the receipt, and what happens next. */
export function CheckPage({ panel, sheet, refusal, formKey }: CheckPageProps) {
  const isOver = sheet.submitted || panel.phase !== "scoring";
  const isReady = sheet.incomplete.length === 0;
  return (
    <Stack gap="section">
      <PageTitle lead={isOver ? null : leadWords(sheet)}>
        {isOver ? `Your round ${panel.round}` : `Check round ${panel.round} and submit`}
      </PageTitle>
      {isOver ? <SheetStanding panel={panel} sheet={sheet} /> : null}
      {!isOver && !isReady ? <MissingCells panel={panel} sheet={sheet} refusal={refusal} /> : null}
      <OwnMatrix panel={panel} sheet={sheet} />
      {isOver ? null : <SubmitForm panel={panel} sheet={sheet} formKey={formKey} />}
    </Stack>
  );
}

function SubmitForm({ panel, sheet, formKey }: Omit<CheckPageProps, "refusal">) {
  const isReady = sheet.incomplete.length === 0;
  return (
    <Form method="post">
      <FormKey value={formKey} />
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
    </Form>
  );
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
