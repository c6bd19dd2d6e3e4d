import { leaveOneReviewerOut } from "#rubric/robustness/leave-one-reviewer-out.ts";
import { type Smaa, smaa } from "#rubric/robustness/smaa.ts";
import { weightFlip } from "#rubric/robustness/weight-flip.ts";
import type { Reason } from "#rubric/statistics/measured.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import type { Policy, Rubric } from "../rubric.ts";
import type { AdjustedCell } from "./adjusted-cells.ts";
import { type AnalysisInput, scoresOf } from "./analysis-input.ts";
import { type ComparedPolicies, comparedPolicies, comparedTable } from "./compared-policies.ts";
import type { CriteriaShares } from "./criteria-shares.ts";
import { type OrderedPolicy, orderedPolicies } from "./ordered-policies.ts";

/** Whether, and how firmly, the scores put the policies in an order. Never a verdict by itself. */
export interface PolicyOrder extends Pick<ComparedPolicies, "criterionIds" | "leftOut" | "weights"> {
  /** In rubric order. */
  readonly policies: readonly OrderedPolicy[];
  /** Over all possible weights, in the order of `policies`: the share in which each has each rank, and leads. */
  readonly acceptability: Pick<Smaa, "rankAcceptability" | "centralWeights"> & { readonly draws: number };
  readonly flip: WeightMove;
  /** Whether the order hangs on one person; `null` on anonymous panels. */
  readonly leaveOneOut: LeaveOneOut | null;
}

/** How little weight has to move from criterion to criterion before another policy leads. */
interface WeightMove {
  readonly leader: string | null;
  /** A share of all weight, 0 to 1. */
  readonly smallestMove: number | null;
  readonly challengers: readonly { readonly policyId: string; readonly weightMoved: number | null }[];
  readonly reason: Reason | null;
}

/** Counted, and without saying who. */
interface LeaveOneOut {
  readonly reviewers: number;
  /** How many reviewers there are without whom another policy leads, and which policies lead then. */
  readonly changesOfLeader: number;
  readonly leadersThen: readonly string[];
  /** The least agreement of the two orders, Kendall's tau-b, and the largest change of a value. */
  readonly leastTau: number | null;
  readonly maxValueShift: number | null;
}

export interface OrderSources {
  readonly input: AnalysisInput;
  readonly cells: readonly AdjustedCell[];
  readonly shares: CriteriaShares;
  readonly rubric: Rubric;
  readonly policies: readonly Policy[];
  /** In hex. */
  readonly seeds: { readonly acceptability: string; readonly resampling: string };
}

/** The order of the policies, and what could change it; `null` if no two policies can be compared. */
export function policyOrder(sources: OrderSources): PolicyOrder | null {
  const compared = comparedPolicies(sources);
  const { policyIds, criterionIds, leftOut, weights } = compared;
  if (policyIds.length < 2 || criterionIds.length === 0) return null;
  const means = comparedTable(compared, sources.cells, ({ mean }) => mean);
  const draws = policyIds.length * criterionIds.length <= 400 ? 100_000 : 10_000;
  const chance = { draws, random: randomFrom(sources.seeds.acceptability) };
  const { rankAcceptability, centralWeights } = smaa(means, chance).values;
  return {
    criterionIds,
    leftOut,
    weights,
    policies: orderedPolicies(compared, means, sources),
    acceptability: { rankAcceptability, centralWeights, draws },
    flip: weightMove(compared, means),
    leaveOneOut: withoutEach(compared, sources.input),
  };
}

function weightMove({ policyIds, weights }: ComparedPolicies, means: (number | null)[][]): WeightMove {
  const { values, reasons } = weightFlip(means, weights);
  return {
    leader: idAt(policyIds, values.leader),
    smallestMove: values.smallestMove,
    challengers: (values.challengers ?? []).flatMap(({ challenger, weightMoved }) => {
      const policyId = idAt(policyIds, challenger);
      return policyId === null ? [] : [{ policyId, weightMoved }];
    }),
    reason: reasons.smallestMove ?? null,
  };
}

function withoutEach(compared: ComparedPolicies, input: AnalysisInput): LeaveOneOut | null {
  if (input.reviewers === null) return null;
  const { anchors, weights, policyIds } = compared;
  const ratings = scoresOf(input).map((own) => comparedTable(compared, input.cells, (_, place) => own[place] ?? null));
  const { ranking, winnerWithout, kendallTau, maxValueShift, influentialReviewers } = leaveOneReviewerOut({
    ratings,
    anchors,
    weights,
  }).values;
  const others = (winnerWithout ?? []).filter((winner) => winner !== (ranking?.[0] ?? null));
  const leaders = new Set(others.flatMap((winner) => idAt(policyIds, winner) ?? []));
  return {
    reviewers: ratings.length,
    changesOfLeader: influentialReviewers?.length ?? 0,
    leadersThen: policyIds.filter((id) => leaders.has(id)),
    leastTau: leastOf(kendallTau),
    maxValueShift: maxValueShift === null ? null : -(leastOf(maxValueShift.map((shift) => shift && -shift)) ?? 0),
  };
}

function leastOf(figures: readonly (number | null)[] | null): number | null {
  const known = (figures ?? []).filter((figure) => figure !== null);
  return known.length === 0 ? null : known.reduce((least, figure) => Math.min(least, figure));
}

function idAt(ids: readonly string[], place: number | null): string | null {
  return place === null ? null : (ids[place] ?? null);
}
