import { at, countAt } from "#rubric/statistics/arrays.ts";
import { type Measured, undefinedFor } from "#rubric/statistics/measured.ts";
import { drawBelow, type Random } from "#rubric/statistics/random.ts";
import { groupingsOf } from "./groupings.ts";
import { defaultKs } from "./opinion-groups.ts";
import { commonItems, reviewerDistances } from "./reviewer-distances.ts";
import { type ReviewerTable, reviewerTable } from "./reviewer-table.ts";

/** Whether there are camps, and which. */
export type DistinctCamps = {
  /** The grouping with the largest silhouette: each reviewer's group, from 1 by first appearance. */
  readonly labels: readonly number[] | null;
  readonly groups: number | null;
  /** Its mean silhouette width, -1..1. */
  readonly silhouette: number | null;
  /** How often chance alone groups at least as well, 0..1: `(1 + permutations as good) / (1 + permutations)`. */
  readonly pValue: number | null;
  /** p is at most 0.05 and each group has two members or more. Else: "no distinct camps found". */
  readonly isDistinct: boolean | null;
  /** They are distinct and each group has three members or more, so that showing it shows nobody. */
  readonly mayBeShown: boolean | null;
};

/**
 * Are there camps, or would any panel fall into such groups? The best silhouette of the panel, each reviewer's own mean taken
 * away, is held against those of panels in which the scores of every item are dealt out anew among the reviewers who
 * scored it: the items stay as liked and as disputed as they are, but nobody holds with anybody.
 *
 * Hennig & Lin (2015), Flexible parametric bootstrap for testing homogeneity against clustering, Statistics and Computing
 * 25:821-833, on the best silhouette as a test.
 *
 * @param ratings reviewers x items; `null` = no score
 * @param chance where the permutations come from, and how many: at least 99
 */
export function distinctCamps(
  ratings: readonly (readonly (number | null)[])[],
  chance: { readonly permutations: number; readonly random: Random },
): Measured<DistinctCamps> {
  if (ratings.length < 4) return undefinedFor(keys, "too-few-raters");
  const table = reviewerTable(ratings);
  const common = commonItems(table);
  const ks = defaultKs(ratings.length);
  const observed = bestGrouping(table, common, ks);
  if (typeof observed === "string") return undefinedFor(keys, observed);
  const places = scoredPlaces(table);
  let asGood = 0;
  for (let permutation = 0; permutation < chance.permutations; permutation += 1) {
    for (const item of places) shuffle(table.scores, item, chance.random);
    const best = bestGrouping(table, common, ks);
    if (typeof best !== "string" && best.silhouette >= observed.silhouette - 1e-12) asGood += 1;
  }
  const pValue = (1 + asGood) / (1 + chance.permutations);
  const smallest = smallestGroup(observed.labels);
  const isDistinct = pValue <= 0.05 && smallest >= 2;
  const { labels, k, silhouette } = observed;
  return {
    values: { labels, groups: k, silhouette, pValue, isDistinct, mayBeShown: isDistinct && smallest >= 3 },
    reasons: {},
  };
}

const keys = ["labels", "groups", "silhouette", "pValue", "isDistinct", "mayBeShown"] as const;

function bestGrouping(table: ReviewerTable, common: Float64Array, ks: readonly number[]) {
  const distances = reviewerDistances(table, { isCentred: true, common });
  return distances === null ? "too-few-common" : groupingsOf(distances, ks).best;
}

/** For each item, where in the table its scores stand. */
function scoredPlaces({ reviewers, items, isScored }: ReviewerTable): Int32Array[] {
  return Array.from({ length: items }, (_, item) =>
    Int32Array.from({ length: reviewers }, (_, reviewer) => reviewer * items + item).filter(
      (place) => at(isScored, place) > 0,
    ),
  );
}

/** Deals the scores at some places out anew among them (Durstenfeld 1964, Algorithm 235). */
function shuffle(scores: Float64Array, places: Int32Array, random: Random): void {
  for (let last = places.length - 1; last > 0; last -= 1) {
    const place = countAt(places, last);
    const other = countAt(places, drawBelow(random, last + 1));
    const score = at(scores, place);
    scores[place] = at(scores, other);
    scores[other] = score;
  }
}

function smallestGroup(labels: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return Math.min(...sizes.values());
}
