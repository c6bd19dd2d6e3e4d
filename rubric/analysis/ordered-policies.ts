import { policyValues } from "#rubric/robustness/policy-values.ts";
import { type ResampledValues, resampledValues } from "#rubric/robustness/resampled-values.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import { scoresOf } from "./analysis-input.ts";
import { type ComparedPolicies, comparedTable } from "./compared-policies.ts";
import { ownShares } from "./criteria-shares.ts";
import type { OrderSources } from "./policy-order.ts";

/** What a policy is worth under the panel's weights. Values go from 0, all at the lowest level, to 1, all at the highest. */
export interface OrderedPolicy {
  readonly policyId: string;
  readonly value: number | null;
  /** With all criteria weighing alike. */
  readonly equalValue: number | null;
  /** From severity-adjusted means; `null` where there are none. */
  readonly adjustedValue: number | null;
  /** Over the compared criteria of one perspective; `null` if there are none. */
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
    value: values[place] ?? null,
    equalValue: equalValues[place] ?? null,
    adjustedValue: adjusted[place] ?? null,
    perspectives: blocks.map((block) => ({ perspectiveId: block.id, value: block.values[place] ?? null })),
    low: low?.[place] ?? null,
    high: high?.[place] ?? null,
    rankProbability: rankProbability?.[place] ?? null,
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

/** Reviewers drawn with their own scores and weights; nothing on anonymous panels and for very large ones. */
function resampledOf(
  compared: ComparedPolicies,
  { input, rubric, shares, seeds }: OrderSources,
): Pick<ResampledValues, "low" | "high" | "rankProbability"> {
  const scores = scoresOf(input);
  const isTooLarge =
    scores.length * compared.policyIds.length * compared.criterionIds.length * resamples > mostResampled;
  if (input.reviewers === null || isTooLarge) return { low: null, high: null, rankProbability: null };
  const places = compared.criterionIds.map((id) => rubric.criteria.findIndex((criterion) => criterion.id === id));
  const weighing = shares.source === "points" ? ownShares(input) : scores.map(() => null);
  const { anchors, weights } = compared;
  return resampledValues(
    {
      ratings: scores.map((own) => comparedTable(compared, input.cells, (_, place) => own[place] ?? null)),
      anchors,
      weights,
      ownWeights: weighing.map((own) => own && scaledTo(places.map((place) => own[place] ?? 0))),
    },
    { resamples, random: randomFrom(seeds.resampling) },
  ).values;
}

/** Shares over the compared criteria; `null` where all of someone's points lie elsewhere. */
function scaledTo(shares: readonly number[]): readonly number[] | null {
  const sum = shares.reduce((so, share) => so + share, 0);
  return sum === 0 ? null : shares.map((share) => share / sum);
}
