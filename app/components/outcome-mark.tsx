import type { ReactNode } from "react";
import type { BoardCell } from "#rubric/views.ts";

export type OutcomeShape = "agreed-high" | "agreed-low" | "agreed-middle" | "contested" | "too-few";

/** Which of the five shapes an outcome has. */
export function shapeOf(cell: Pick<BoardCell, "verdict" | "direction">): OutcomeShape {
  if (cell.verdict !== "agreed") return cell.verdict;
  switch (cell.direction) {
    case "supports":
      return "agreed-high";
    case "opposes":
      return "agreed-low";
    default:
      return "agreed-middle";
  }
}

/** The shape of an outcome, 12 px, in the colour of the text; decoration beside its words. */
export function OutcomeMark({ shape }: { shape: OutcomeShape }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true" focusable="false">
      {shapes[shape]}
    </svg>
  );
}

const shapes: Readonly<Record<OutcomeShape, ReactNode>> = {
  "agreed-high": <path d="M6 1.2 11.4 11H.6Z" />,
  "agreed-low": <path d="M6 10.8.6 1h10.8Z" />,
  "agreed-middle": <rect x="1" y="4" width="10" height="4" />,
  contested: <path d="M6 0l6 6-6 6-6-6Z" />,
  "too-few": <rect x="1.5" y="1.5" width="9" height="9" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};
