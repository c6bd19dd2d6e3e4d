import { coincidences } from "./coincidences.ts";
import type { Figure } from "./figure.ts";
import { alphaOf } from "./krippendorff-alpha.ts";
import { changeScore, panelState } from "./panel-state.ts";
import type { ScoreTable } from "./score-table.ts";

/**
 * Ordinal alpha of all reviewers, and without each of them in turn: at most 1, or why there is none.
 *
 * @example alphasWithout(scoreTable([[1, 2, 2], [1, 2, 2], [2, 1, 2]], [1, 2])).without[2] // 1
 */
export function alphasWithout({ codes, ...table }: ScoreTable): { readonly all: Figure; readonly without: Figure[] } {
  const state = panelState({ ...table, codes: codes.slice() });
  const alpha = () => alphaOf(coincidences(state.pairs), table.levels, "ordinal");
  const all = alpha();
  const without = Array.from({ length: table.reviewers }, (_, reviewer) => {
    const own = codes.subarray(reviewer * table.items, (reviewer + 1) * table.items);
    for (const item of own.keys()) changeScore(state, { reviewer, item, code: 0 });
    const rest = alpha();
    // The state counts in whole numbers, so putting the scores back leaves no trace.
    for (const [item, code] of own.entries()) changeScore(state, { reviewer, item, code });
    return rest;
  });
  return { all, without };
}
