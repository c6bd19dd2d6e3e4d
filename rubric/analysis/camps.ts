import { distinctCamps } from "#rubric/groups/distinct-camps.ts";
import { groupInformedConsensus } from "#rubric/groups/group-informed-consensus.ts";
import { type Reason, reasonFor } from "#rubric/statistics/measured.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import type { CellId, Rubric } from "../rubric.ts";
import { levelsOf, thirdOf } from "../scale.ts";
import { type AnalysisInput, scoresOf } from "./analysis-input.ts";
import { entryAt } from "./entry-at.ts";

/** Whether the panel falls into camps, and what all of them support. Who is in which is not said. */
export interface Camps {
  /** p is at most .05 and no camp is so small that showing it would show a person. */
  readonly areFound: boolean;
  /** How often chance alone groups as well, 0 to 1. */
  readonly pValue: number | null;
  readonly reason: Reason | null;
  /** Members of each camp, largest first; empty if none are found. */
  readonly sizes: readonly number[];
  /** By cell, the camp that supports it least: so many of its scores lie in the high third. Empty if none are found. */
  readonly leastSupport: readonly (CellId & { readonly supporters: number; readonly scores: number })[];
}

export const permutations = 99;
/** Reviewers squared times cells beyond which the test would take too long. */
const mostCompared = 20_000_000;
const smallestCamp = 3;

/** The camps of a panel; `null` on anonymous ones, which never ask whose scores belong together. */
export function campsOf(
  input: AnalysisInput,
  rubric: Rubric,
  chance: { readonly seed: string; readonly minScores: number },
): Camps | null {
  if (input.reviewers === null) return null;
  const ratings = scoresOf(input);
  const none = { areFound: false, pValue: null, sizes: [], leastSupport: [] };
  if (ratings.length * ratings.length * input.cells.length > mostCompared) return { ...none, reason: "too-large" };
  const found = distinctCamps(ratings, { permutations, random: randomFrom(chance.seed) });
  const { labels, pValue, mayBeShown } = found.values;
  if (labels === null) return { ...none, reason: reasonFor(found, "labels") };
  const sizes = sizesOf(labels);
  const least = Math.max(smallestCamp, chance.minScores);
  if (mayBeShown !== true || sizes.some((size) => size < least)) return { ...none, pValue, reason: null };
  const threshold = Math.min(...levelsOf(rubric.scale).filter((level) => thirdOf(rubric.scale, level) === "high"));
  const { leastSupport } = groupInformedConsensus({ ratings, labels, threshold }).values;
  return {
    areFound: true,
    pValue,
    reason: null,
    sizes,
    leastSupport: input.cells.flatMap(({ policyId, criterionId }, place) => {
      const support = entryAt(leastSupport, place);
      return support === null || support.scores < least
        ? []
        : [{ policyId, criterionId, supporters: support.supporters, scores: support.scores }];
    }),
  };
}

function sizesOf(labels: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes.values()].sort((left, right) => right - left);
}
