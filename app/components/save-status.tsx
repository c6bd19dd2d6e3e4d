import { useRef } from "react";
import type { SaveState } from "#app/hooks/draft.ts";
import { Button } from "./button.tsx";
import { clockWords } from "./clock.ts";
import styles from "./save-status.module.css";

interface SaveStatusProps {
  readonly state: SaveState;
  readonly mayUndo: boolean;
  readonly onUndo: () => void;
}

/** Whether the draft is safe, in words. Good news waits politely, bad news does not. */
export function SaveStatus({ state, mayUndo, onUndo }: SaveStatusProps) {
  const box = useRef<HTMLDivElement>(null);
  const undo = () => {
    onUndo();
    // The button may go; the focus stays where it was.
    box.current?.focus();
  };
  return (
    <div ref={box} className={styles.status} tabIndex={-1}>
      <p role="status">
        {calmWords(state)}
        {state.kind === "saved" && mayUndo ? (
          <>
            {" · "}
            <Button type="button" look="plain" onClick={undo}>
              Undo
            </Button>
          </>
        ) : null}
      </p>
      <p role="alert" className={styles.alert}>
        {troubleWords(state)}
      </p>
    </div>
  );
}

function calmWords(state: SaveState): string {
  if (state.kind === "saved") return `Draft saved ${clockWords(state.at)} UTC`;
  return state.kind === "saving" ? "Saving" : "";
}

function troubleWords(state: SaveState): string {
  switch (state.kind) {
    case "retrying":
      return "Not saved, retrying. Your text stays here.";
    case "refused":
      return `Not saved. ${state.sentence}`;
    case "conflict":
      return "Not saved: this cell was changed in another window. Choose which text to keep.";
    case "signed-out":
      return "Not saved: you are signed out. Your text stays here.";
    default:
      return "";
  }
}
