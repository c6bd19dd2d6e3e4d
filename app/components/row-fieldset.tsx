import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { HiddenWords } from "./hidden-words.tsx";
import styles from "./row-fieldset.module.css";

interface RowFieldsetProps {
  /** Dotted path of the list, and the place in it. */
  readonly list: string;
  readonly index: number;
  readonly legend: string;
  /** The row's own id, sent along unseen. */
  readonly id: string;
  readonly mayRemove: boolean;
  readonly children: ReactNode;
}

/** One row of a repeated list, with the button that takes it away. */
export function RowFieldset({ list, index, legend, id, mayRemove, children }: RowFieldsetProps) {
  return (
    <fieldset className={styles.row}>
      <legend className={styles.legend}>{legend}</legend>
      <input type="hidden" name={`${list}.${index}.id`} value={id} />
      {children}
      {mayRemove ? (
        <div>
          <Button look="plain" name="_intent" value={`remove ${list} ${index}`}>
            Remove<HiddenWords> {legend}</HiddenWords>
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

/** The button that adds a row at the end of a list. */
export function AddRow({ list, children }: { list: string; children: ReactNode }) {
  return (
    <div>
      <Button name="_intent" value={`add ${list}`}>
        {children}
      </Button>
    </div>
  );
}
