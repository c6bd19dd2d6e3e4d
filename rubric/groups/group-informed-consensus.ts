import { entryAt } from "#rubric/statistics/arrays.ts";
import { exp, log } from "#rubric/statistics/elementary.ts";
import { leastOf } from "#rubric/statistics/extremes.ts";
import { type Measured, undefinedFor } from "#rubric/statistics/measured.ts";
import { reasonsAt } from "#rubric/statistics/reasons-at.ts";

/** What all groups support. Lists have one entry an item. */
export type GroupInformedConsensus = {
  /** The groups' smoothed shares of support multiplied, 0..1: large only if every group supports the item. */
  readonly product: readonly number[] | null;
  /** Their geometric mean, 0..1: alone comparable between panels of different numbers of groups. */
  readonly geometricMean: readonly number[] | null;
  /** The lowest of the groups' mean scores; `null` if nobody scored the item. */
  readonly lowestGroupMean: readonly (number | null)[] | null;
  /** The group that supports the item least, in counts: "in every group at least 3 of 5". */
  readonly leastSupport: readonly GroupSupport[] | null;
};

/** How many of a group's scores on an item are at or above the threshold. */
interface GroupSupport {
  readonly group: number;
  readonly supporters: number;
  readonly scores: number;
}

export interface GroupedRatings {
  /** Reviewers x items; `null` = no score. */
  readonly ratings: readonly (readonly (number | null)[])[];
  /** The group of each reviewer. */
  readonly labels: readonly number[];
  /** Scores from here up are support. */
  readonly threshold: number;
}

/**
 * What do all groups support? A group's share is `(supporters + 1) / (scores + 2)`, so that a group that scored little
 * neither vetoes nor carries an item.
 *
 * Small et al. (2021), Polis: scaling deliberation by mapping high dimensional opinion spaces, Recerca 26(2).
 *
 * @example groupInformedConsensus({ ratings: [[2], [1], [-1]], labels: [1, 1, 2], threshold: 1 }).values.product // [0.25]
 */
export function groupInformedConsensus({
  ratings,
  labels,
  threshold,
}: GroupedRatings): Measured<GroupInformedConsensus> {
  const groups = [...new Set(labels)].sort((left, right) => left - right);
  const [first] = ratings;
  if (first === undefined)
    return undefinedFor(["product", "geometricMean", "lowestGroupMean", "leastSupport"], "no-scores");
  const members = new Map(groups.map((group): [number, GroupedRatings["ratings"][number][]] => [group, []]));
  for (const [reviewer, own] of ratings.entries()) members.get(entryAt(labels, reviewer))?.push(own);
  const support = first.map((_, item) =>
    [...members].map(([group, rows]) => {
      const scores = rows.flatMap((own) => own[item] ?? []);
      return supportOf(group, scores, threshold);
    }),
  );
  const shares = support.map((item) => item.map(shareOf));
  const lowestGroupMean = support.map((item) => lowest(item.flatMap(({ mean }) => mean ?? [])));
  return {
    values: {
      product: shares.map((item) => item.reduce((product, share) => product * share, 1)),
      geometricMean: shares.map((item) => exp(item.reduce((sum, share) => sum + log(share), 0) / item.length)),
      lowestGroupMean,
      leastSupport: support.map(leastSupport),
    },
    reasons: reasonsAt("lowestGroupMean", lowestGroupMean, "no-scores"),
  };
}

interface Support extends GroupSupport {
  readonly mean: number | null;
}

function supportOf(group: number, scores: readonly number[], threshold: number): Support {
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    group,
    supporters: scores.filter((score) => score >= threshold).length,
    scores: scores.length,
    mean: scores.length === 0 ? null : sum / scores.length,
  };
}

function shareOf({ supporters, scores }: GroupSupport): number {
  return (supporters + 1) / (scores + 2);
}

function lowest(means: readonly number[]): number | null {
  return means.length === 0 ? null : leastOf(means);
}

/** The group with the least share, the first of several. */
function leastSupport(groups: readonly Support[]): GroupSupport {
  const least = groups.reduce((held, next) => (shareOf(next) < shareOf(held) ? next : held));
  return { group: least.group, supporters: least.supporters, scores: least.scores };
}
