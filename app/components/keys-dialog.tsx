import { useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import dialog from "./dialog.module.css";
import { CheckField } from "./field.tsx";
import { ButtonRow, Stack } from "./stack.tsx";

interface KeysDialogProps {
  readonly isOpen: boolean;
  readonly hasKeys: boolean;
  readonly onClose: () => void;
  readonly onSwitch: (hasKeys: boolean) => void;
}

/** The keys that work while scoring, and the switch that turns them off. */
export function KeysDialog({ isOpen, hasKeys, onClose, onSwitch }: KeysDialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) box.current?.showModal();
  }, [isOpen]);
  return (
    <dialog ref={box} className={dialog.dialog} aria-labelledby="keys" onClose={onClose}>
      <Stack>
        <h2 id="keys">Keys</h2>
        <dl className={dialog.keys}>
          <dt>1 to 9</dt>
          <dd>In the scale: choose that level, counted from the left</dd>
          <dt>Arrow keys</dt>
          <dd>In the scale: move between levels</dd>
          <dt>Enter</dt>
          <dd>In the scale: save and go on</dd>
          <dt>Ctrl or Cmd + Enter</dt>
          <dd>Anywhere in the form: save and go on</dd>
        </dl>
        <CheckField
          name="keys"
          label="Use 1 to 9 and Ctrl or Cmd + Enter"
          checked={hasKeys}
          onChange={(event) => onSwitch(event.target.checked)}
        />
        <ButtonRow>
          <Button type="button" onClick={() => box.current?.close()}>
            Close
          </Button>
        </ButtonRow>
      </Stack>
    </dialog>
  );
}
