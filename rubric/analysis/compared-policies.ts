import type { ReviewedPolicies } from "#rubric/robustness/leave-one-reviewer-out.ts";
import type { CellId, Policy, Rubric } from "../rubric.ts";
import type { AdjustedCell } from "./adjusted-cells.ts";
import type { CriteriaShares } from "./criteria-shares.ts";

/** What an order of the policies is made over. */
export interface ComparedPolicies extends Pick<ReviewedPolicies, "anchors" | "weights"> {
  readonly policyIds: readonly string[];
  /** Criteria on which each of these policies has enough scores. */
  readonly criterionIds: readonly string[];
  /** Left out for want of scores. */
  readonly leftOut: { readonly policyIds: readonly string[]; readonly criterionIds: readonly string[] };
}

interface Sources {
  readonly cells: readonly AdjustedCell[];
  readonly shares: CriteriaShares;
  readonly rubric: Rubric;
  readonly policies: readonly Policy[];
}

/** Like is compared with like: a criterion on which some policy has too few scores is left out for all of them. */
export function comparedPolicies({ cells, shares, rubric, policies }: Sources): ComparedPolicies {
  const has = new Set(cells.map(placeKey));
  const ids = policies.map(({ id }) => id);
  const policyIds = ids.filter((id) => cells.some(({ policyId }) => policyId === id));
  const isFull = (criterionId: string) => policyIds.every((policyId) => has.has(placeKey({ policyId, criterionId })));
  const kept = rubric.criteria.flatMap(({ id }, place) =>
    isFull(id) ? [{ id, weight: shares.weights[place] ?? 0 }] : [],
  );
  const sum = kept.reduce((so, { weight }) => so + weight, 0);
  return {
    policyIds,
    criterionIds: kept.map(({ id }) => id),
    leftOut: {
      policyIds: ids.filter((id) => !policyIds.includes(id)),
      criterionIds: rubric.criteria.map(({ id }) => id).filter((id) => !isFull(id)),
    },
    weights: kept.map(({ weight }) => (sum === 0 ? 1 / kept.length : weight / sum)),
    anchors: kept.map(() => rubric.scale),
  };
}

/** A figure of each compared cell, policies by criteria. */
export function comparedTable<Cell extends CellId, Entry>(
  { policyIds, criterionIds }: Pick<ComparedPolicies, "policyIds" | "criterionIds">,
  cells: readonly Cell[],
  figureOf: (cell: Cell, place: number) => Entry,
): (Entry | null)[][] {
  const figures = new Map(cells.map((cell, place) => [placeKey(cell), figureOf(cell, place)]));
  return policyIds.map((policyId) =>
    criterionIds.map((criterionId) => figures.get(placeKey({ policyId, criterionId })) ?? null),
  );
}

function placeKey({ policyId, criterionId }: CellId): string {
  return `${policyId}\u0000${criterionId}`;
}
