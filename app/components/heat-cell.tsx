import { Link } from "@remix-run/react";
import type { Scale } from "#rubric/scale.ts";
import { cellFigure } from "#rubric/sentences.ts";
import { stepOf } from "#rubric/step.ts";
import type { BoardCell } from "#rubric/views.ts";
import styles from "./heat-cell.module.css";
import { HiddenWords } from "./hidden-words.tsx";
import { OutcomeMark, shapeOf } from "./outcome-mark.tsx";

interface HeatCellProps {
  readonly cell: BoardCell;
  readonly scale: Scale;
  readonly to: string;
  /** The whole finding in words; what a screen reader says instead of the figure. */
  readonly name: string;
  /** Above the figure, where no table head says which criterion it is. */
  readonly label?: string;
}

/** One cell as a tile: figure first, colour second, shape third. Contested cells are hatched, never coloured by a median. */
export function HeatCell({ cell, scale, to, name, label }: HeatCellProps) {
  const shape = shapeOf(cell);
  return (
    <Link discover="none" className={styles.tile} to={to} data-outcome={shape} data-step={heatStep(cell, scale)}>
      {label === undefined ? null : (
        <span className={styles.label} aria-hidden="true">
          {label}
        </span>
      )}
      <span className={styles.figure} aria-hidden="true">
        <OutcomeMark shape={shape} /> {cellFigure(cell, scale)}
      </span>
      <HiddenWords>{name}</HiddenWords>
    </Link>
  );
}

/** Agreed cells take the step of their median, those without an effect the middle one; the others have no colour. */
function heatStep(cell: BoardCell, scale: Scale): number | undefined {
  if (cell.verdict !== "agreed" || cell.median === null) return undefined;
  return cell.direction === "neutral" ? 5 : stepOf(scale, cell.median);
}
