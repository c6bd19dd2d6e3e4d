import { policyValues } from "#rubric/robustness/policy-values.ts";
import { type ResampledValues, resampledValues } from "#rubric/robustness/resampled-values.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import { scoresOf } from "./analysis-input.ts";
import { type ComparedPolicies, comparedTable } from "./compared-policies.ts";
import { ownShares } from "./criteria-shares.ts";
import { entryAt } from "./entry-at.ts";
import type { OrderSources } from "./policy-order.ts";

/** What a policy is worth under the panel's weights. Values go from 0, all at the lowest level, to 1, all at the highest. */
export interface OrderedPolicy {
  readonly policyId: string;
  readonly value: number | null;
  /** With all criteria weighing alike. */
  readonly equalValue: number | null;
  /** From severity-adjusted means; `null` where there are none. */
  readonly adjustedValue: number | null;
  /** Over the compared criteria of one perspective; `null` if none of them has any weight. */
  readonly perspectives: readonly { readonly perspectiveId: string; readonly value: number | null }[];
  /** Central 95 % of the values over resamples of the reviewers, and the share of these in which it has each rank. */
  readonly low: number | null;
  readonly high: number | null;
  readonly rankProbability: readonly number[] | null;
}

export const resamples = 2000;

/** Scores in all resamples beyond which they would take too long. */
const mostResampled = 400_000_000;

type Means = readonly (readonly (number | null)[])[];

/** The compared policies with their values, in rubric order. */
export function orderedPolicies(compared: ComparedPolicies, means: Means, sources: OrderSources): OrderedPolicy[] {
  const { anchors, weights } = compared;
  const { values, equalValues } = policyValues({ means, anchors, weights }).values;
  const adjustedMeans = comparedTable(compared, sources.cells, ({ adjusted }) => adjusted);
  const adjusted = policyValues({ means: adjustedMeans, anchors, weights }).values.values;
  const blocks = sources.rubric.perspectives.map(({ id }) => ({
    id,
    values: blockValues(id, compared, { means, sources }),
  }));
  const { low, high, rankProbability } = resampledOf(compared, sources);
  return compared.policyIds.map((policyId, place) => ({
    policyId,
    value: entryAt(values, place),
    equalValue: entryAt(equalValues, place),
    adjustedValue: entryAt(adjusted, place),
    perspectives: blocks.map((block) => ({ perspectiveId: block.id, value: entryAt(block.values, place) })),
    low: entryAt(low, place),
    high: entryAt(high, place),
    rankProbability: entryAt(rankProbability, place),
  }));
}

/** The values over one perspective's criteria, whose weights are scaled to sum to 1. */
function blockValues(
  perspectiveId: string,
  { criterionIds, anchors, weights }: ComparedPolicies,
  { means, sources }: { means: Means; sources: OrderSources },
): readonly (number | null)[] {
  const perspectiveOf = new Map(sources.rubric.criteria.map(({ id, perspective }) => [id, perspective]));
  const isInside = criterionIds.map((id) => perspectiveOf.get(id) === perspectiveId);
  const inside = <Entry>(list: readonly Entry[]) => list.filter((_, place) => isInside[place]);
  const own = inside(weights);
  const sum = own.reduce((so, weight) => so + weight, 0);
  if (sum === 0) return [];
  const scaled = own.map((weight) => weight / sum);
  return policyValues({ means: means.map(inside), anchors: inside(anchors), weights: scaled }).values.values;
}

/** Reviewers drawn with their own scores and weights; nothing for very large panels, and for anonymous ones, which list none. */
function resampledOf(
  compared: ComparedPolicies,
  { input, rubric, shares, seeds }: OrderSources,
): Pick<ResampledValues, "low" | "high" | "rankProbability"> {
  const scores = scoresOf(input);
  const isTooLarge =
    scores.length * compared.policyIds.length * compared.criterionIds.length * resamples > mostResampled;
  if (isTooLarge) return { low: null, high: null, rankProbability: null };
  const isCompared = rubric.criteria.map(({ id }) => compared.criterionIds.includes(id));
  const given = shares.source === "points" ? ownShares(input) : scores.map(() => null);
  const { anchors, weights } = compared;
  return resampledValues(
    {
      ratings: scores.map((own) => comparedTable(compared, input.cells, (_, place) => entryAt(own, place))),
      anchors,
      weights,
      ownWeights: given.map((own) => own && weighing(own.filter((_, place) => isCompared[place]))),
    },
    { resamples, random: randomFrom(seeds.resampling) },
  ).values;
}

/** As they are, so that the mean of them goes by the panel's rule; `null` where all of someone's points lie elsewhere. */
function weighing(shares: readonly number[]): readonly number[] | null {
  return shares.some((share) => share > 0) ? shares : null;
}
