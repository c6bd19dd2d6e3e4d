import { type Measured, type Reason, undefinedFor } from "#rubric/statistics/measured.ts";
import { type Grouping, groupingsOf } from "./groupings.ts";
import { reviewerDistances } from "./reviewer-distances.ts";
import { reviewerTable } from "./reviewer-table.ts";

/** Groupings of reviewers by what they scored. For every number k of groups asked for: `labels` and `silhouette`. */
export type OpinionGroups = {
  /** Mean distances at which groups become one, in order. */
  readonly mergeHeights: readonly number[] | null;
  /** The number of groups with the largest silhouette, the smallest of several. It is not yet evidence of any group. */
  readonly bestK: number | null;
  /** Pairs of reviewers with fewer than five items in common, who were put at the mean distance. */
  readonly pairsWithTooFewCommon: number | null;
  /** Each reviewer's group, from 1 by first appearance. */
  readonly [labels: `labels${number}`]: readonly number[] | null;
  /** Mean silhouette width, -1..1. */
  readonly [silhouette: `silhouette${number}`]: number | null;
};

export interface GroupingOptions {
  /** The numbers of groups to try; 2 to 5, but at most half the reviewers, unless given. */
  readonly ks?: readonly number[];
  /** Take each reviewer's own mean away first, so that severity does not pass for a camp. */
  readonly isCentred?: boolean;
}

/**
 * Groups reviewers whose scores are alike, by average linkage of mean absolute differences. Whether these groups are more
 * than chance would make of a single population, `distinctCamps` decides. Fewer than four reviewers: `too-few-raters`.
 *
 * Kaufman & Rousseeuw (1990), Finding Groups in Data, chapter 5.
 *
 * @param ratings reviewers x items; `null` = no score
 * @example opinionGroups([[1, 1, 1, 1, 1], [1, 1, 1, 1, 2], [5, 5, 5, 5, 5], [5, 5, 5, 5, 4]]).values.labels2 // [1, 1, 2, 2]
 */
export function opinionGroups(
  ratings: readonly (readonly (number | null)[])[],
  { ks = defaultKs(ratings.length), isCentred = false }: GroupingOptions = {},
): Measured<OpinionGroups> {
  const keys = [...baseKeys, ...ks.flatMap((k) => [`labels${k}`, `silhouette${k}`] as const)];
  if (ratings.length < 4) return undefinedFor(keys, "too-few-raters");
  const distances = reviewerDistances(reviewerTable(ratings), { isCentred });
  if (distances === null) return undefinedFor(keys, "too-few-common");
  const { merges, groupings, best } = groupingsOf(distances, ks);
  const values: Writable<OpinionGroups> = {
    mergeHeights: merges.map(({ height }) => height),
    bestK: typeof best === "string" ? null : best.k,
    pairsWithTooFewCommon: distances.pairsWithTooFewCommon,
  };
  const reasons: Record<string, Reason> = typeof best === "string" ? { bestK: best } : {};
  for (const k of ks) put(k, groupings, { values, reasons });
  return { values, reasons };
}

/** 2 to 5 groups, and on average at least two members in each. */
export function defaultKs(reviewers: number): number[] {
  return [2, 3, 4, 5].filter((k) => k <= reviewers / 2);
}

type Writable<Values> = { -readonly [Key in keyof Values]: Values[Key] };

const baseKeys = ["mergeHeights", "bestK", "pairsWithTooFewCommon"] as const;

/** Puts the grouping into k groups, if there is one, under its keys. */
function put(
  k: number,
  groupings: readonly Grouping[],
  { values, reasons }: { values: Writable<OpinionGroups>; reasons: Record<string, Reason> },
): void {
  const [labelsKey, silhouetteKey] = [`labels${k}`, `silhouette${k}`] as const;
  const found = groupings.find((grouping) => grouping.k === k);
  values[labelsKey] = found?.labels ?? null;
  values[silhouetteKey] = found?.silhouette ?? null;
  if (found === undefined) reasons[labelsKey] = "too-few-raters";
  if (values[silhouetteKey] === null) reasons[silhouetteKey] = found ? "one-group" : "too-few-raters";
}
