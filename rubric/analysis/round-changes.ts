import type { Reason } from "#rubric/statistics/measured.ts";
import { roundStability } from "#rubric/statistics/round-stability.ts";
import { pairTable, weightedKappa } from "#rubric/statistics/weighted-kappa.ts";
import type { CellId, Rubric } from "../rubric.ts";
import { levelsOf } from "../scale.ts";
import type { AnalysisInput } from "./analysis-input.ts";

/** What reviewers did with a second look, person by person but without saying who. */
export interface RoundChanges {
  readonly cells: readonly CellChanges[];
  readonly panel: HeldLine;
  readonly criteria: readonly (HeldLine & { readonly criterionId: string })[];
}

/** Of the reviewers who scored the cell in both rounds. */
interface CellChanges extends CellId {
  readonly fromRound: number;
  readonly toRound: number;
  readonly paired: number;
  readonly changed: number;
  /** Changes towards and away from the median of the earlier round. */
  readonly toward: number;
  readonly away: number;
}

/** Whether the panel held its line: quadratically weighted kappa of the pairs, at most 1. */
interface HeldLine {
  readonly pairs: number;
  readonly kappa: number | null;
  readonly reason: Reason | null;
}

/** Changes from round to round; `null` on anonymous panels, and where no cell was scored again. */
export function roundChanges({ cells, reviewers }: AnalysisInput, rubric: Rubric): RoundChanges | null {
  if (reviewers === null || cells.every(({ before }) => before === null)) return null;
  const levels = levelsOf(rubric.scale);
  const columns = cells.map((cell, place) => ({
    cell,
    first: reviewers.map(({ before }) => before[place] ?? null),
    second: reviewers.map(({ scores }) => scores[place] ?? null),
  }));
  const again = columns.filter(({ cell }) => cell.before !== null);
  const heldBy = (some: typeof again): HeldLine =>
    heldLine(
      some.flatMap(({ first }) => first),
      some.flatMap(({ second }) => second),
      levels,
    );
  return {
    cells: again.flatMap(({ cell, first, second }) => {
      const { policyId, criterionId, before: fromRound, round: toRound } = cell;
      const { nPaired, changed, towardRound1Median, awayFromRound1Median } = roundStability(
        first,
        second,
        levels,
      ).values;
      if (fromRound === null || changed === null) return [];
      const moves = { changed, toward: towardRound1Median ?? 0, away: awayFromRound1Median ?? 0 };
      return [{ policyId, criterionId, fromRound, toRound, paired: nPaired, ...moves }];
    }),
    panel: heldBy(again),
    criteria: rubric.criteria.flatMap(({ id }) => {
      const own = again.filter(({ cell }) => cell.criterionId === id);
      return own.length === 0 ? [] : [{ criterionId: id, ...heldBy(own) }];
    }),
  };
}

type Scores = readonly (number | null)[];

function heldLine(first: Scores, second: Scores, levels: readonly number[]): HeldLine {
  const table = pairTable(first, second, levels);
  const { values, reasons } = weightedKappa(table, levels);
  const pairs = table.flat().reduce((sum, count) => sum + count, 0);
  return { pairs, kappa: values.quadratic, reason: reasons.quadratic ?? null };
}
