import { Form } from "@remix-run/react";
import { whoReadsRecusal } from "#rubric/reader-words.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { Button, ButtonLink } from "./button.tsx";
import { CellHead } from "./cell-head.tsx";
import { FormKey } from "./form-key.tsx";
import { Notice } from "./notice.tsx";
import { CellNotes } from "./score-cell.tsx";
import type { ScoringCell } from "./scoring-cell.ts";
import styles from "./scoring-desk.module.css";
import { ButtonRow } from "./stack.tsx";

interface RecusedCellProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly at: ScoringCell;
  readonly formKey: string;
}

/** A cell its reviewer has stepped aside from; until submission the step can be taken back. */
export function RecusedCell({ panel, sheet, at, formKey }: RecusedCellProps) {
  return (
    <>
      <CellHead at={at} />
      <CellNotes {...{ panel, sheet, at }} />
      <div className={styles.desk}>
        <Notice>
          <p>
            You are recused from {at.policy.id}. Your reason: <bdi>{at.score?.rationale}</bdi>
          </p>
          <p>{whoReadsRecusal(panel.protocol)}</p>
        </Notice>
        <ButtonRow>
          <ButtonLink to={at.next} look="primary">
            Next cell
          </ButtonLink>
          <Form method="post">
            <FormKey value={`${formKey}-take-back`} />
            <input type="hidden" name="cell" value={at.key} />
            <input type="hidden" name="version" value={at.score?.version ?? 0} />
            <Button name="_intent" value="take-back">
              Score this cell after all
            </Button>
          </Form>
        </ButtonRow>
      </div>
    </>
  );
}
