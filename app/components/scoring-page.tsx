import { useEffect, useRef, useState } from "react";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { ButtonLink } from "./button.tsx";
import { CellMap, mapSentence } from "./cell-map.tsx";
import { checkPath } from "./cell-path.ts";
import { Notice } from "./notice.tsx";
import { RecusedCell } from "./recused-cell.tsx";
import type { RefusalView } from "./refusal-view.ts";
import { ScoreCell } from "./score-cell.tsx";
import { type ClosedCell, scoringCell } from "./scoring-cell.ts";
import styles from "./scoring-desk.module.css";
import { watchSentences } from "./sight-words.ts";
import { SmallDisclosure } from "./small-disclosure.tsx";

export interface ScoringPageProps {
  readonly panel: PanelView;
  readonly sheet: SheetView;
  readonly current: string | null;
  readonly closed: ClosedCell | null;
  readonly refusal: RefusalView | undefined;
  readonly formKey: string;
}

/** A reviewer's desk: the map of all cells beside the one being scored. */
export function ScoringPage(props: ScoringPageProps) {
  const { panel, sheet, current, refusal } = props;
  const [hasKeys, setHasKeys] = useState(true);
  useFocusOnMove(current);
  const at = scoringCell(panel, sheet, current);
  if (at === null) return null;
  const isRecused = at.score?.nonScore === "recused" && refusal === undefined;
  const keys = { isOn: hasKeys, onSwitch: setHasKeys };
  return (
    <div className={styles.page}>
      <OwnMap {...{ panel, sheet, current }} />
      {isRecused ? (
        <RecusedCell key={at.key} {...{ panel, sheet, at }} formKey={props.formKey} />
      ) : (
        <ScoreCell key={at.key} {...props} {...{ at, keys }} />
      )}
    </div>
  );
}

/** How far one is; and who can see that. */
function OwnMap({ panel, sheet, current }: Pick<ScoringPageProps, "panel" | "sheet" | "current">) {
  const isReady = sheet.incomplete.length === 0;
  return (
    <div className={styles.map}>
      <SmallDisclosure title={`Your ${sheet.scope.length} scores`} note={mapSentence(sheet)}>
        <CellMap panel={panel} sheet={sheet} current={current} />
      </SmallDisclosure>
      <div className={styles.mapFoot}>
        <ButtonLink to={checkPath(panel)} look={isReady ? "primary" : "secondary"}>
          Check and submit
        </ButtonLink>
        {watchSentences(panel.protocol)
          .slice(0, 2)
          .map((sentence) => (
            <p key={sentence} className={styles.quiet}>
              {sentence}
            </p>
          ))}
        {sheet.reopenedReason === null ? null : (
          <Notice kind="notice">
            <p>
              Your submission was reopened: <bdi>{sheet.reopenedReason}</bdi>
            </p>
          </Notice>
        )}
      </div>
    </div>
  );
}

/** After moving to another cell the focus is on its title. */
function useFocusOnMove(current: string | null): void {
  const shown = useRef(current);
  useEffect(() => {
    if (shown.current !== current) document.getElementById("title")?.focus();
    shown.current = current;
  }, [current]);
}
