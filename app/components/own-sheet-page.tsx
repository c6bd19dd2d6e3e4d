import { Link } from "@remix-run/react";
import { useLivePage } from "#app/hooks/use-live-page.ts";
import { afterSubmission } from "#rubric/reader-words.ts";
import { labelOf } from "#rubric/rubric.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { ButtonLink } from "./button.tsx";
import { CellHead } from "./cell-head.tsx";
import { CellMap } from "./cell-map.tsx";
import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";
import { OwnAnswerBox } from "./own-answer.tsx";
import { ReceiptLink } from "./receipt-link.tsx";
import { CellNotes } from "./score-cell.tsx";
import { scoringCell } from "./scoring-cell.ts";
import styles from "./scoring-desk.module.css";
import { SmallDisclosure } from "./small-disclosure.tsx";
import { ButtonRow } from "./stack.tsx";

interface OwnSheetPageProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly current: string | null;
}

/** One's own sheet once nothing in it can change: submitted, or the round is over. */
export function OwnSheetPage({ panel, sheet, current }: OwnSheetPageProps) {
  useLivePage(panel);
  const at = scoringCell(panel, sheet, current);
  if (at === null) return null;
  return (
    <div className={styles.page}>
      <div className={styles.map}>
        <SmallDisclosure title={`Your ${sheet.scope.length} scores`}>
          <CellMap panel={panel} sheet={sheet} current={current} />
        </SmallDisclosure>
      </div>
      <CellHead at={at} />
      <CellNotes {...{ panel, sheet, at }} />
      <div className={styles.desk}>
        <SheetStanding panel={panel} sheet={sheet} />
        <p>
          <strong>
            {at.criterion.id} <bdi>{labelOf(at.criterion)}.</bdi>
          </strong>{" "}
          <bdi>{at.criterion.question}</bdi>
        </p>
        <OwnAnswerBox score={at.score} scale={panel.rubric.scale} mayCopy={!sheet.submitted} />
      </div>
    </div>
  );
}

/** Where the sheet stands, and what comes next. */
export function SheetStanding({ panel, sheet }: Pick<OwnSheetPageProps, "panel" | "sheet">) {
  const seesBoard = panel.phase !== "scoring" || panel.protocol.board === "live";
  return (
    <Notice kind={sheet.submitted ? "information" : "notice"}>
      {sheet.submittedAt === null || !sheet.submitted ? (
        <p>
          <strong>Not submitted.</strong> Scoring in round {panel.round} ended before you submitted. What you wrote
          stays here for you to read and copy; it counts nowhere.
        </p>
      ) : (
        <p>
          <strong>
            Submitted <Moment at={sheet.submittedAt} />.
          </strong>{" "}
          {panel.phase === "scoring" ? afterSubmission(panel.protocol) : "Scoring in this round is over."}
        </p>
      )}
      {sheet.hasReceipt ? (
        <p>
          Keep your receipt: it shows later that what is counted is what you submitted.{" "}
          <Link to={`/panels/${panel.panelId}/receipt`}>What it is, and how to check one</Link>
        </p>
      ) : null}
      <ButtonRow>
        {seesBoard ? (
          <ButtonLink to={`/panels/${panel.panelId}/board`} look="primary">
            See the board
          </ButtonLink>
        ) : null}
        {sheet.hasReceipt && panel.round !== null ? <ReceiptLink panelId={panel.panelId} round={panel.round} /> : null}
      </ButtonRow>
    </Notice>
  );
}
