import type { Reason } from "#rubric/statistics/measured.ts";
import { averageLinkage, cutTree, type Merge } from "./average-linkage.ts";
import type { Distances } from "./reviewer-distances.ts";
import { silhouette } from "./silhouette.ts";

/** The members cut into k groups. */
export interface Grouping {
  readonly k: number;
  /** The group of each member, from 1 by first appearance. */
  readonly labels: readonly number[];
  /** Mean silhouette width; `null` for a single group. */
  readonly silhouette: number | null;
}

export interface Groupings {
  readonly merges: readonly Merge[];
  /** By rising k. */
  readonly groupings: readonly Grouping[];
  /** The grouping with the largest silhouette, the one of fewest groups of several; or why there is none. */
  readonly best: (Grouping & { readonly silhouette: number }) | Reason;
}

/** Cuts the tree of average linkage into each number of groups that there are members for. */
export function groupingsOf(distances: Distances, ks: readonly number[]): Groupings {
  const merges = averageLinkage(distances);
  const possible = [...new Set(ks)].filter((k) => k <= distances.size).sort((left, right) => left - right);
  const groupings = possible.map((k) => {
    const labels = cutTree(merges, k);
    return { k, labels, silhouette: silhouette(distances, labels).values.averageWidth };
  });
  const none = possible.length === 0 ? "too-few-raters" : "one-group";
  return { merges, groupings, best: groupings.reduce<Groupings["best"]>(better, none) };
}

function better(best: Groupings["best"], next: Grouping): Groupings["best"] {
  if (next.silhouette === null) return best;
  const isBetter = typeof best === "string" || next.silhouette > best.silhouette + 1e-12;
  return isBetter ? { ...next, silhouette: next.silhouette } : best;
}
