import { useRevalidator } from "@remix-run/react";
import { useRef, useState } from "react";
import type { Draft } from "#app/hooks/draft.ts";
import { newerDraftOf } from "#app/hooks/put-draft.ts";
import { checkSession, signInAgain } from "#app/hooks/session.ts";
import { type DraftControl, useDraft } from "#app/hooks/use-draft.ts";
import { sealedUntil, sealedWords, whoReadsRecusal } from "#rubric/reader-words.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { CellHead } from "./cell-head.tsx";
import { boardPath } from "./cell-path.ts";
import { CriterionText, PolicyText } from "./cell-side.tsx";
import { EarlierAnswer } from "./earlier-answer.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { LeavingDialog } from "./leaving-dialog.tsx";
import { ReadingBox } from "./reading-box.tsx";
import { RecuseForm } from "./recuse-form.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import { ScoreForm } from "./score-form.tsx";
import { type ClosedCell, draftOf, type ScoringCell, typedDraft } from "./scoring-cell.ts";
import styles from "./scoring-desk.module.css";
import { SealedBox } from "./sealed-box.tsx";
import { SignInDialog } from "./sign-in-dialog.tsx";
import { SmallDisclosure } from "./small-disclosure.tsx";

export interface ScoreCellProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly at: ScoringCell;
  readonly closed: ClosedCell | null;
  readonly refusal: RefusalView | undefined;
  readonly formKey: string;
  readonly keys: { readonly isOn: boolean; readonly onSwitch: (isOn: boolean) => void };
}

/** One cell on the desk: its question, what to know about it, and the form. */
export function ScoreCell(props: ScoreCellProps) {
  const { panel, sheet, at } = props;
  const control = useCellDraft(props);
  return (
    <>
      <CellHead at={at} />
      <CellNotes {...{ panel, sheet, at }} />
      <div className={styles.desk}>
        <Before {...props} control={control} />
        <Desk {...props} control={control} />
      </div>
    </>
  );
}

function Desk(props: ScoreCellProps & { control: DraftControl }) {
  const { panel, sheet, at, refusal, formKey, keys, control } = props;
  const [showsKeys, setShowsKeys] = useState(false);
  return (
    <>
      <ScoreForm
        {...{ panel, at, control, refusal, formKey }}
        hasKeys={keys.isOn}
        isNext={sheet.incomplete.length > 0}
        onKeys={() => setShowsKeys(true)}
      />
      <RecuseForm
        policyId={at.policy.id}
        cell={at.key}
        formKey={formKey}
        readers={whoReadsRecusal(panel.protocol)}
        error={errorAt(refusal, "reason")}
      />
      <KeysDialog isOpen={showsKeys} hasKeys={keys.isOn} onSwitch={keys.onSwitch} onClose={() => setShowsKeys(false)} />
      <LeavingDialog control={control} />
      <SignInDialog
        isOpen={control.state.kind === "signed-out"}
        signIn={(fields) => signInAgain(panel, fields)}
        check={() => checkSession(panel)}
        onSignedIn={control.retry}
      />
    </>
  );
}

function Before({ panel, at, closed, formKey, control }: ScoreCellProps & { control: DraftControl }) {
  if (at.earlier === undefined) return null;
  const { value, nonScore, rationale } = at.earlier;
  return (
    <EarlierAnswer
      earlier={at.earlier}
      scale={panel.rubric.scale}
      closed={closed && { ...closed, path: boardPath(panel, closed.cell) }}
      frame={{ criterion: at.criterion, scale: panel.rubric.scale, isSoFar: false }}
      form={{ cell: at.key, version: control.version, formKey }}
      onKeep={() => {
        control.change({ value, nonScore, rationale, changeReason: null }, "score");
        void control.flush();
      }}
    />
  );
}

/** What to know about the cell, and what is sealed. */
export function CellNotes({ panel, sheet, at }: Pick<ScoreCellProps, "panel" | "sheet" | "at">) {
  const reading = sheet.referenceReading;
  return (
    <aside className={styles.side} aria-label="About this cell">
      <SmallDisclosure title="What the policy says">
        <PolicyText policy={at.policy} />
      </SmallDisclosure>
      <SmallDisclosure title="How to read this criterion">
        <CriterionText rubric={panel.rubric} criterion={at.criterion} />
      </SmallDisclosure>
      {sheet.state === "drafting" ? (
        <SealedBox title={sealedUntil(panel.protocol)}>{sealedWords({ isReadingOpen: reading !== null })}</SealedBox>
      ) : null}
      {reading === null ? null : <ReadingBox reading={reading} policyId={at.policy.id} criterionId={at.criterion.id} />}
    </aside>
  );
}

function useCellDraft({ panel, at, refusal }: ScoreCellProps): DraftControl {
  const { revalidate } = useRevalidator();
  const saved = draftOf(at.score);
  const mark = useRef(markKey(saved));
  const isStale = refusal?.status === 409;
  return useDraft({
    url: `/api/v1/panels/${panel.panelId}/scores/${at.policy.id}/${at.criterion.id}`,
    saved,
    version: at.score?.version ?? 0,
    typed: refusal === undefined ? saved : typedDraft(refusal, saved),
    newer: isStale ? newerDraftOf(refusal.current) : null,
    onSaved(draft) {
      if (mark.current === markKey(draft)) return;
      mark.current = markKey(draft);
      revalidate();
    },
  });
}

/** What the map and the counts show of a draft; only when this changes is the page's own sheet read again. */
function markKey({ value, nonScore, rationale, changeReason }: Draft): string {
  return [value !== null, nonScore, rationale.trim() !== "", changeReason !== null].join();
}
