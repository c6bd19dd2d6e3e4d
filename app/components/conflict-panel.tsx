import { Link } from "@remix-run/react";
import type { MouseEvent, ReactNode } from "react";
import type { Draft, NewerDraft } from "#app/hooks/draft.ts";
import type { Scale } from "#rubric/scale.ts";
import { answerWords } from "#rubric/words.ts";
import { Button } from "./button.tsx";
import styles from "./conflict-panel.module.css";
import { CopyButton } from "./copy-button.tsx";

interface ConflictPanelProps {
  readonly mine: Draft;
  readonly newer: NewerDraft;
  readonly scale: Scale;
  /** The page as it stands on the server, for choosing the newer text without scripts. */
  readonly reload: string;
  readonly onKeepMine: () => void;
  readonly onTakeNewer: () => void;
}

/** Two windows wrote the same cell: both texts side by side, and nothing is lost until one is chosen. */
export function ConflictPanel({ mine, newer, scale, reload, onKeepMine, onTakeNewer }: ConflictPanelProps) {
  const instead = (choose: () => void) => (event: MouseEvent) => {
    event.preventDefault();
    choose();
  };
  return (
    <section className={styles.panel} aria-labelledby="conflict">
      <h2 id="conflict">Changed in another window</h2>
      <p>You wrote this cell in two places. Nothing was overwritten: choose which answer to keep.</p>
      <div className={styles.both}>
        <Version title="In this window" draft={mine} scale={scale}>
          <Button name="_intent" value="save" onClick={instead(onKeepMine)}>
            Keep this one
          </Button>
        </Version>
        <Version title="Saved from the other window" draft={newer} scale={scale}>
          <Link to={reload} onClick={instead(onTakeNewer)}>
            Use this one
          </Link>
        </Version>
      </div>
    </section>
  );
}

function Version({
  title,
  draft,
  scale,
  children,
}: {
  title: string;
  draft: Draft;
  scale: Scale;
  children: ReactNode;
}) {
  return (
    <div className={styles.version}>
      <h3>{title}</h3>
      <p className={styles.answer}>{answerWords(draft, scale)}</p>
      <p className={styles.text}>
        <bdi>{draft.rationale === "" ? "No rationale." : draft.rationale}</bdi>
      </p>
      <div className={styles.actions}>
        {children}
        {draft.rationale === "" ? null : <CopyButton text={draft.rationale}>Copy the text</CopyButton>}
      </div>
    </div>
  );
}
