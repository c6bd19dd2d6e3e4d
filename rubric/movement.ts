import type { CellConsensus } from "./reconcile.ts";
import type { CellId } from "./rubric.ts";
import { levelsOf, type ScaleRange } from "./scale.ts";
import { histogramMovement } from "./statistics/round-stability.ts";
import type { Verdict } from "./verdict.ts";

/** How one cell moved from one closed round to the next that had it, from the tallies alone. */
export interface CellMovement extends CellId {
  readonly fromRound: number;
  readonly toRound: number;
  /** The share of scores that lie elsewhere, 0 to 1. */
  readonly histogramChange: number;
  /** In scale units. */
  readonly medianShift: number;
  readonly iqrChange: number;
  readonly verdict: Exclude<Verdict["verdict"], "too-few">;
}

/** Below this share of scores that lie elsewhere a cell is stable (Scheibe, Skutsch & Schofer 1975). */
export const stableBelow = 0.15;

type ClosedCell = CellConsensus & { readonly settledInRound: number | null };

/** The cells that two closed rounds had, with enough scores in both. */
export function movementOf(
  cells: readonly (ClosedCell & { readonly before: ClosedCell | null })[],
  scale: ScaleRange,
): CellMovement[] {
  const levels = levelsOf(scale);
  return cells.flatMap(({ policyId, criterionId, verdict, before, settledInRound, counts }) => {
    const fromRound = before?.settledInRound ?? null;
    if (before === null || fromRound === null || settledInRound === null) return [];
    const { histogramChange, medianShift, iqrChange } = histogramMovement(before.counts, counts, levels).values;
    if (histogramChange === null || medianShift === null || iqrChange === null) return [];
    if (verdict === "too-few" || before.verdict === "too-few") return [];
    const rounds = { fromRound, toRound: settledInRound };
    return [{ policyId, criterionId, ...rounds, histogramChange, medianShift, iqrChange, verdict }];
  });
}
