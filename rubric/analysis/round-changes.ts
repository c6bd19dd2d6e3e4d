import { type Reason, reasonFor } from "#rubric/statistics/measured.ts";
import { roundStability } from "#rubric/statistics/round-stability.ts";
import { pairTable, weightedKappa } from "#rubric/statistics/weighted-kappa.ts";
import type { CellId, Rubric } from "../rubric.ts";
import { levelsOf } from "../scale.ts";
import type { AnalysisInput } from "./analysis-input.ts";
import { entryAt } from "./entry-at.ts";

/** What reviewers did with a second look, person by person but without saying who. */
export interface RoundChanges {
  readonly cells: readonly CellChanges[];
  readonly panel: HeldLine;
  readonly criteria: readonly (HeldLine & { readonly criterionId: string })[];
}

/** Of the reviewers who scored the cell in both rounds; a cell without any is left out. */
interface CellChanges extends CellId {
  readonly fromRound: number;
  readonly toRound: number;
  readonly paired: number;
  readonly changed: number;
  /** Changes towards and away from the median of all scores of the earlier round. */
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
  if (reviewers === null) return null;
  const again = cells.flatMap((cell, place) => {
    if (cell.before === null) return [];
    const first = reviewers.map(({ before }) => entryAt(before, place));
    const second = reviewers.map(({ scores }) => entryAt(scores, place));
    return [{ cell, fromRound: cell.before, first, second }];
  });
  if (again.length === 0) return null;
  const levels = levelsOf(rubric.scale);
  const heldBy = (some: typeof again): HeldLine =>
    heldLine(
      some.flatMap(({ first }) => first),
      some.flatMap(({ second }) => second),
      levels,
    );
  return {
    cells: again.flatMap(({ cell: { policyId, criterionId, round: toRound }, fromRound, first, second }) => {
      const { values } = roundStability(first, second, levels);
      const { nPaired: paired, changed, towardRound1Median: toward, awayFromRound1Median: away } = values;
      if (changed === null || toward === null || away === null) return [];
      return [{ policyId, criterionId, fromRound, toRound, paired, changed, toward, away }];
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
  const found = weightedKappa(table, levels);
  const pairs = table.flat().reduce((sum, count) => sum + count, 0);
  return { pairs, kappa: found.values.quadratic, reason: reasonFor(found, "quadratic") };
}
