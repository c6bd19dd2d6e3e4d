import { leaveOneReviewerOut } from "#rubric/robustness/leave-one-reviewer-out.ts";
import { isExact, type Smaa, smaa } from "#rubric/robustness/smaa.ts";
import { weightFlip } from "#rubric/robustness/weight-flip.ts";
import { type Reason, reasonFor } from "#rubric/statistics/measured.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import type { Policy, Rubric } from "../rubric.ts";
import type { AdjustedCell } from "./adjusted-cells.ts";
import { type AnalysisInput, scoresOf } from "./analysis-input.ts";
import { type ComparedPolicies, comparedPolicies, comparedTable } from "./compared-policies.ts";
import type { CriteriaShares } from "./criteria-shares.ts";
import { entryAt } from "./entry-at.ts";
import { type OrderedPolicy, orderedPolicies } from "./ordered-policies.ts";

/** Whether, and how firmly, the scores put the policies in an order. Never a verdict by itself. */
export interface PolicyOrder extends Pick<ComparedPolicies, "criterionIds" | "leftOut" | "weights"> {
  /** In rubric order. */
  readonly policies: readonly OrderedPolicy[];
  /**
   * Over all possible weights, in the order of `policies`: the share in which each has each rank, and the mean of those with
   * which it leads. From so many draws; 0 where few policies on few criteria allow an exact answer.
   */
  readonly acceptability: Pick<Smaa, "rankAcceptability" | "centralWeights"> & { readonly draws: number };
  readonly flip: WeightMove;
  /** Whether the order hangs on one person; `null` on anonymous panels. */
  readonly leaveOneOut: LeaveOneOut | null;
}

/** How little weight has to move from criterion to criterion before another policy is level with the leader. */
interface WeightMove {
  /** The policy of the highest value, the first of several. */
  readonly leader: string | null;
  /** A share of all weight, 0 to 1. */
  readonly smallestMove: number | null;
  readonly challengers: readonly { readonly policyId: string; readonly weightMoved: number | null }[];
  readonly reason: Reason | null;
}

/** Counted, and without saying who. Of level policies the first in rubric order counts as the leader. */
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
  const draws = drawsFor({ policies: policyIds.length, criteria: criterionIds.length });
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

/** Each draw compares every pair of policies, which takes the longer the more there are. */
function drawsFor(size: { readonly policies: number; readonly criteria: number }): number {
  if (isExact(size)) return 0;
  return size.policies * (size.policies + size.criteria) <= 4000 ? 100_000 : 10_000;
}

function weightMove({ policyIds, weights }: ComparedPolicies, means: (number | null)[][]): WeightMove {
  const found = weightFlip(means, weights);
  const { leader, smallestMove, challengers } = found.values;
  return {
    leader: entryAt(policyIds, leader),
    smallestMove,
    challengers: policyIds.flatMap((policyId, place) => {
      const move = challengers?.find(({ challenger }) => challenger === place);
      return move === undefined ? [] : [{ policyId, weightMoved: move.weightMoved }];
    }),
    reason: reasonFor(found, "smallestMove"),
  };
}

function withoutEach(compared: ComparedPolicies, input: AnalysisInput): LeaveOneOut | null {
  const { anchors, weights, policyIds } = compared;
  const ratings = scoresOf(input).map((own) => comparedTable(compared, input.cells, (_, place) => entryAt(own, place)));
  const { values } = leaveOneReviewerOut({ ratings, anchors, weights });
  const { winnerWithout, kendallTau, maxValueShift, influentialReviewers: influential } = values;
  if (winnerWithout === null || kendallTau === null || maxValueShift === null || influential === null) return null;
  const leaders = new Set(influential.map((reviewer) => entryAt(policyIds, entryAt(winnerWithout, reviewer))));
  return {
    reviewers: ratings.length,
    changesOfLeader: influential.length,
    leadersThen: policyIds.filter((id) => leaders.has(id)),
    leastTau: mostBy(Math.min, kendallTau),
    maxValueShift: mostBy(Math.max, maxValueShift),
  };
}

function mostBy(choose: typeof Math.max, figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null);
  return known.length === 0 ? null : known.reduce((most, figure) => choose(most, figure));
}
