import { levelWithin } from "#rubric/robustness/order.ts";
import { printed, reasonWords } from "../agreement-words.ts";
import { listWords } from "../words.ts";
import type { CrossedReliability } from "./adjusted-cells.ts";
import type { Analysis } from "./analysis.ts";
import type { Camps } from "./camps.ts";
import type { CriteriaShares } from "./criteria-shares.ts";
import { entryAt } from "./entry-at.ts";
import type { PolicyOrder } from "./policy-order.ts";
import type { RoundChanges } from "./round-changes.ts";
import type { SecondLook } from "./second-looks.ts";

/** What the figures over several cells say, for a chair. */

/** A share of all weight, or of all weights, as a whole number of 100. */
export function hundredths(share: number): string {
  return String(Math.round(100 * share));
}

export function weightsSentence(shares: CriteriaShares): string {
  switch (shares.source) {
    case "points":
      return `${shares.reviewers.length} reviewers gave swing points; on average they differ from the panel\u2019s mean by ${hundredths(shares.meanDifference)} of 100 points.`;
    case "stated":
      return "The rubric states how much each criterion counts.";
    case "equal":
      return "Too few reviewers gave swing points, and the rubric states no weights: every criterion counts the same.";
  }
}

/** Who leads under the panel’s weights, how little would change that, and whether it hangs on one person. */
export function orderSentences(order: PolicyOrder): string[] {
  const leaders = leadersOf(order);
  if (leaders.length === 0) return ["The scores put no policy first."];
  const lead =
    leaders.length > 1 ? `${listWords(leaders)} share the highest value` : `${leaders[0]} has the highest value`;
  const flip = leaders.length > 1 ? [] : [flipSentence(order.flip)];
  return [[`With these weights ${lead}.`, ...flip].join(" "), acceptabilitySentence(order), ...aloneSentence(order)];
}

/** Every policy whose value is level with the best. */
function leadersOf({ policies }: PolicyOrder): string[] {
  const values = policies.flatMap(({ value }) => value ?? []);
  const least = Math.max(...values) - levelWithin(values);
  return policies.filter(({ value }) => value !== null && value >= least).map(({ policyId }) => policyId);
}

function flipSentence({ smallestMove, challengers }: PolicyOrder["flip"]): string {
  if (smallestMove === null) return "No weights make another policy lead: it is at least as good on every criterion.";
  const nearest = challengers.filter(({ weightMoved }) => weightMoved !== null && weightMoved - smallestMove < 1e-9);
  const move = smallestMove < 0.005 ? "less than 1" : hundredths(smallestMove);
  return `Moving ${move} of 100 points of weight brings ${listWords(nearest.map(({ policyId }) => policyId))} level with it.`;
}

/** Fewer than 1 of 200 weightings are not worth a word. */
function acceptabilitySentence({ acceptability, policies }: PolicyOrder): string {
  const ever = policies
    .map(({ policyId }, place) => ({ policyId, share: shareFirst(acceptability, place) }))
    .filter(({ share }) => share >= 0.005)
    .sort((left, right) => right.share - left.share);
  const each = ever.map(({ policyId, share }) => `${policyId} under ${hundredths(share)} %`);
  return each.length === 0
    ? "Of all possible weightings, no policy is first under more than a few."
    : `Of all possible weightings, these put a policy first: ${listWords(each)}.`;
}

function shareFirst({ rankAcceptability }: PolicyOrder["acceptability"], place: number): number {
  return entryAt(entryAt(rankAcceptability, place), 0) ?? 0;
}

function aloneSentence({ leaveOneOut }: PolicyOrder): string[] {
  if (leaveOneOut === null) return [];
  const { changesOfLeader: changes, reviewers, leadersThen } = leaveOneOut;
  if (changes === 0) return ["First place does not depend on any one reviewer."];
  const then = leadersThen.join(" or ");
  return changes === 1
    ? [`Without one reviewer of the ${reviewers}, ${then} would lead instead.`]
    : [`Without any one of ${changes} of the ${reviewers} reviewers, another policy would lead: ${then}.`];
}

/** What was left out of the order for want of scores; nothing if nothing was. */
export function leftOutSentence({ leftOut }: PolicyOrder): string | null {
  const { policyIds, criterionIds } = leftOut;
  const policies = policyIds.length === 0 ? [] : [`${listWords(policyIds)}, without any cell that has enough scores`];
  const criteria =
    criterionIds.length === 0
      ? []
      : [`for all policies ${listWords(criterionIds)}, where some policy has too few scores`];
  const parts = [...policies, ...criteria];
  return parts.length === 0 ? null : `Left out: ${parts.join("; ")}.`;
}

/** Whether there are camps, and what all of them support: counted, never who. */
export function campsSentence(camps: Camps): string {
  if (camps.reason === "too-large") return "The panel is too large for the test whether it falls into camps.";
  if (camps.reason === "too-few-raters")
    return "There are too few reviewers to tell whether the panel falls into camps.";
  if (camps.pValue === null) return "There are too few scores in common to tell whether the panel falls into camps.";
  if (camps.areFound)
    return `The panel falls into ${camps.sizes.length} camps, of ${listWords(camps.sizes.map(String))}; chance alone groups as well in at most 5 of 100 cases.`;
  return camps.pValue > 0.05
    ? "No distinct camps were found: the panel does not group better than chance would."
    : "No distinct camps were found: the panel does not fall into groups that are each large enough to be called one.";
}

/** One score against the panel's mean, with holes allowed. */
export function crossedSentence(found: CrossedReliability): string {
  const { iccOne, iccPanel, betweenCells, betweenReviewers, reason } = found;
  if (iccOne === null || iccPanel === null || betweenCells === null || betweenReviewers === null)
    return `How far one score can be trusted cannot be measured: ${reasonWords(reason ?? undefined)}.`;
  return `One reviewer\u2019s score tells cells apart with reliability ${printed(iccOne)}, the panel\u2019s mean with ${printed(iccPanel)} (ICC for absolute agreement); ${hundredths(betweenCells)} % of the spread lies between cells, ${hundredths(betweenReviewers)} % between reviewers.`;
}

/** What reviewers did with a second look. */
export function changesSentence({ cells, panel }: RoundChanges): string {
  const sumOf = (key: "paired" | "changed" | "toward" | "away") => cells.reduce((sum, cell) => sum + cell[key], 0);
  if (cells.length === 0) return "Nobody gave a score to the same cell again.";
  const [changed, toward, away] = [sumOf("changed"), sumOf("toward"), sumOf("away")];
  const neither = changed === toward + away ? "" : `, ${changed - toward - away} as far from it as before`;
  const held = panel.kappa === null ? "" : ` Quadratic weighted kappa between the rounds ${printed(panel.kappa)}.`;
  return `${changed} of ${sumOf("paired")} scores given again were changed: ${toward} towards the earlier median, ${away} away from it${neither}.${held}`;
}

/** For facilitators: a hint, and what it is not. */
export function looksSentence(looks: readonly Pick<SecondLook, "isUnusual">[]): string {
  const count = looks.filter(({ isUnusual }) => isUnusual).length;
  if (count === 0) return "No reviewer\u2019s scores stand out from the rest.";
  const whose = count === 1 ? "The scores of one reviewer differ" : `The scores of ${count} reviewers differ`;
  return `${whose} from the rest: worth a look, and no reason to leave anybody out.`;
}

/** Where chance came from, so that anybody can draw the same again. */
export function chanceSentence(measures: Analysis["measures"]): string {
  const drawn = measures.flatMap(({ name, seed }) => (seed === null ? [] : [`${name} from seed ${seed.slice(0, 16)}`]));
  if (drawn.length === 0) return "Nothing here was drawn by chance.";
  return `Chance comes from the hash of the scores, by xoshiro128**: ${listWords(drawn)}.`;
}
