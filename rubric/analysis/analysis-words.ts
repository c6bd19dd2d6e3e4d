import { printed, reasonWords } from "../agreement-words.ts";
import { listWords } from "../words.ts";
import type { CrossedReliability } from "./adjusted-cells.ts";
import type { Analysis } from "./analysis.ts";
import type { Camps } from "./camps.ts";
import type { CriteriaShares } from "./criteria-shares.ts";
import type { PolicyOrder } from "./policy-order.ts";
import type { RoundChanges } from "./round-changes.ts";
import type { SecondLook } from "./second-looks.ts";

/** What the figures over several cells say, for a chair. */

/** A share of all weight, or of all weights, as a whole number of 100. */
export function hundredths(share: number): string {
  return String(Math.round(100 * share));
}

export function weightsSentence({ source, reviewers, meanDifference }: CriteriaShares): string {
  switch (source) {
    case "points":
      return `${reviewers.length} reviewers gave swing points; on average they differ from the panel\u2019s mean by ${hundredths(meanDifference ?? 0)} of 100 points.`;
    case "stated":
      return "The rubric states how much each criterion counts.";
    case "equal":
      return "Too few reviewers gave swing points, and the rubric states no weights: every criterion counts the same.";
  }
}

/** Who leads under the panel's weights, how little would change that, and whether it hangs on one person. */
export function orderSentences(order: PolicyOrder): string[] {
  const { leader, smallestMove, reason } = order.flip;
  if (leader === null) return ["The scores put no policy first."];
  const nearest = order.flip.challengers.filter(
    ({ weightMoved }) => weightMoved === smallestMove && smallestMove !== null,
  );
  const flip =
    smallestMove === null
      ? `No weights make another policy lead${reason === "dominated" ? ": it is at least as good on every criterion" : ""}.`
      : `Moving ${hundredths(smallestMove)} of 100 points of weight brings ${listWords(nearest.map(({ policyId }) => policyId))} level with it.`;
  return [
    `With these weights ${leader} has the highest value. ${flip}`,
    acceptabilitySentence(order),
    ...aloneSentence(order),
  ];
}

function acceptabilitySentence({ acceptability, policies }: PolicyOrder): string {
  const first = policies.map(({ policyId }, place) => ({
    policyId,
    share: acceptability.rankAcceptability?.[place]?.[0] ?? 0,
  }));
  const ever = first.filter(({ share }) => share >= 0.005).sort((left, right) => right.share - left.share);
  const each = ever.map(({ policyId, share }) => `${policyId} under ${hundredths(share)} %`);
  return `Of all possible weightings, these put a policy first: ${listWords(each)}.`;
}

function aloneSentence({ leaveOneOut }: PolicyOrder): string[] {
  if (leaveOneOut === null || leaveOneOut.reviewers < 2) return [];
  const { changesOfLeader: changes, reviewers, leadersThen } = leaveOneOut;
  if (changes === 0) return ["First place does not depend on any one reviewer."];
  const who = changes === 1 ? "one reviewer" : `any one of ${changes} reviewers`;
  return [`Without ${who} of the ${reviewers}, ${listWords(leadersThen)} would lead instead.`];
}

/** What was left out of the order for want of scores; nothing if nothing was. */
export function leftOutSentence({ leftOut }: PolicyOrder): string | null {
  const names = [...leftOut.policyIds, ...leftOut.criterionIds];
  if (names.length === 0) return null;
  return `Left out for all policies, since some cell has too few scores: ${listWords(names)}.`;
}

/** Whether there are camps, and what all of them support: counted, never who. */
export function campsSentence(camps: Camps): string {
  if (camps.reason === "too-large") return "The panel is too large for the test whether it falls into camps.";
  if (camps.pValue === null) return "There are too few scores in common to tell whether the panel falls into camps.";
  if (!camps.areFound) return "No distinct camps were found: the panel does not group better than chance would.";
  return `The panel falls into ${camps.sizes.length} camps, of ${listWords(camps.sizes.map(String))}; chance alone groups as well in fewer than 5 of 100 cases.`;
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
  const [paired, changed, toward, away] = (["paired", "changed", "toward", "away"] as const).map((key) =>
    cells.reduce((sum, cell) => sum + cell[key], 0),
  );
  const held = panel.kappa === null ? "" : ` Quadratic weighted kappa between the rounds ${printed(panel.kappa)}.`;
  return `${changed} of ${paired} scores given again were changed: ${toward} towards the earlier median, ${away} away from it.${held}`;
}

/** For facilitators: a hint, and what it is not. */
export function looksSentence(looks: readonly Pick<SecondLook, "isUnusual">[]): string {
  const count = looks.filter(({ isUnusual }) => isUnusual).length;
  if (count === 0) return "No reviewer\u2019s scores differ from the rest more than chance would explain.";
  const whose = count === 1 ? "The scores of one reviewer differ" : `The scores of ${count} reviewers differ`;
  return `${whose} from the rest: worth a look, and no reason to leave anybody out.`;
}

/** Where chance came from, so that anybody can draw the same again. */
export function chanceSentence(measures: Analysis["measures"]): string {
  const drawn = measures.flatMap(({ name, seed }) => (seed === null ? [] : [`${name} from seed ${seed.slice(0, 16)}`]));
  return `Chance comes from the hash of the scores, by xoshiro128**: ${listWords(drawn)}.`;
}
