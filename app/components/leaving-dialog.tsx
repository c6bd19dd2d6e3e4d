import { useEffect, useRef } from "react";
import type { SaveState } from "#app/hooks/draft.ts";
import type { DraftControl } from "#app/hooks/use-draft.ts";
import { useLeavingGuard } from "#app/hooks/use-leaving-guard.ts";
import { Button } from "./button.tsx";
import dialog from "./dialog.module.css";
import { ButtonRow, Stack } from "./stack.tsx";

/** Asks whoever wants to leave a cell whose draft could not be saved. */
export function LeavingDialog({ control: { state, flush } }: { control: DraftControl }) {
  const box = useRef<HTMLDialogElement>(null);
  const { isAsking, stay, leave } = useLeavingGuard(isAtRisk(state), flush);
  useEffect(() => {
    if (isAsking) box.current?.showModal();
    else box.current?.close();
  }, [isAsking]);
  return (
    <dialog ref={box} className={dialog.dialog} aria-labelledby="leaving" onClose={stay}>
      <Stack>
        <h2 id="leaving">This cell is not saved</h2>
        <p>
          {state.kind === "retrying"
            ? "The server does not take it at the moment. What you typed stays on this page and is sent again by itself; stay here until it is saved."
            : "What you typed stays on this page only. Stay here, and see beside the form why it is not saved."}
        </p>
        <ButtonRow>
          <Button type="button" look="primary" onClick={stay}>
            Stay here
          </Button>
          <Button type="button" onClick={leave}>
            Leave without it
          </Button>
        </ButtonRow>
      </Stack>
    </dialog>
  );
}

/** Whether moving on would not save it either. */
function isAtRisk({ kind }: SaveState): boolean {
  return kind === "retrying" || kind === "refused" || kind === "conflict" || kind === "signed-out";
}
