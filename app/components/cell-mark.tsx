import type { ReactNode } from "react";
import type { Score } from "#rubric/score.ts";

/** How far a reviewer is with one cell. */
export const markKinds = ["complete", "half", "cannot-judge", "abstain", "recused", "to-do"] as const;
export type CellMarkKind = (typeof markKinds)[number];

/** @param missing what still keeps the cell from being submitted */
export function markOf(score: Score | undefined, missing: string | undefined): CellMarkKind {
  if (score?.nonScore) return score.nonScore;
  if (score === undefined || score.value === null) return "to-do";
  return missing === undefined ? "complete" : "half";
}

export const markWords: Readonly<Record<CellMarkKind, string>> = {
  complete: "complete",
  half: "no rationale yet",
  "cannot-judge": "cannot judge",
  abstain: "abstain",
  recused: "recused",
  "to-do": "to do",
};

/** The mark of a cell in one's own map; `current` is drawn on navy. */
export function CellMark({ kind }: { kind: CellMarkKind | "current" }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor" aria-hidden="true" focusable="false">
      {signs[kind]}
    </svg>
  );
}

const ring = <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />;

const signs: Readonly<Record<CellMarkKind | "current", ReactNode>> = {
  complete: <circle cx="7" cy="7" r="5.25" />,
  half: (
    <>
      {ring}
      <path d="M7 2.5a4.5 4.5 0 0 0 0 9Z" />
    </>
  ),
  "cannot-judge": <path d="M3 3l8 8M11 3l-8 8" stroke="currentColor" strokeWidth="2" />,
  abstain: <path d="M2.5 7h9" stroke="currentColor" strokeWidth="2" />,
  recused: <path d="M3 11.5 11 2.5" stroke="currentColor" strokeWidth="2" />,
  "to-do": ring,
  current: <rect x="2" y="2" width="10" height="10" />,
};
