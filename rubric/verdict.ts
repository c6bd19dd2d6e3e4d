import type { Protocol } from "./protocol.ts";
import { levelsOf, type ScaleRange, thirdOf } from "./scale.ts";
import { type Counts, median, total } from "./statistics/quantile.ts";
import { type RandDisagreement, randDisagreement } from "./statistics/rand-disagreement.ts";

type Outcome = "agreed" | "contested" | "too-few";
export type Direction = "supports" | "opposes" | "neutral";
export type Disagreement = "none" | "some" | "strong";
type RuleParameters = Pick<Protocol, "rule" | "agreeShare" | "opposedBelow" | "minScores">;

/** The rule a verdict was reached by, with its parameters and this cell's own arithmetic (none below the minimum). */
export type Rule =
  | {
      readonly id: "share";
      readonly agreeShare: number;
      readonly opposedBelow: number | null;
      readonly minScores: number;
      readonly arithmetic: ShareArithmetic | null;
    }
  | { readonly id: "ipras"; readonly minScores: number; readonly arithmetic: RandDisagreement | null };

export interface ShareArithmetic extends RandDisagreement {
  /** The least number of scores in one third that makes agreement, of n. */
  readonly needed: number;
  /** The greatest number allowed in the third opposite; `null` without such a test. */
  readonly mostOpposed: number | null;
}

export interface Verdict {
  readonly verdict: Outcome;
  readonly direction: Direction | null;
  readonly disagreement: Disagreement | null;
  readonly rule: Rule;
}

/** The verdict on one cell from its tally, by the panel's frozen rule (domain rules, "Verdict of a cell"). */
export function judge(counts: Counts, scale: ScaleRange, parameters: RuleParameters): Verdict {
  const figures = randDisagreement(counts, scale);
  const middle = median(counts, levelsOf(scale));
  if (figures === null || middle === null || total(counts) < parameters.minScores) {
    return { verdict: "too-few", direction: null, disagreement: null, rule: ruleWith(parameters, null) };
  }
  const isAgreed = parameters.rule === "ipras" ? !figures.disagreementIpras : isAgreedByShare(figures, parameters);
  return {
    verdict: isAgreed ? "agreed" : "contested",
    direction: isAgreed ? directionOf(scale, middle) : null,
    disagreement: disagreementOf(figures, isAgreed),
    rule: ruleWith(parameters, figures),
  };
}

/** One third holds at least `agreeShare` of the scores, and the third not next to it fewer than `opposedBelow`. */
function isAgreedByShare(figures: RandDisagreement, parameters: RuleParameters): boolean {
  const { lowThird: low, midThird: middle, highThird: high } = figures;
  const { needed, mostOpposed } = shareLimits(figures.n, parameters);
  const isFewOpposed = (opposed: number) => mostOpposed === null || opposed <= mostOpposed;
  return middle >= needed || (low >= needed && isFewOpposed(high)) || (high >= needed && isFewOpposed(low));
}

/** The rule's shares as counts of n, in whole numbers: 100 k >= 70 n and 100 k < 15 n. */
export function shareLimits(
  n: number,
  parameters: Pick<Protocol, "agreeShare" | "opposedBelow">,
): { needed: number; mostOpposed: number | null } {
  const needed = Math.ceil((Math.round(100 * parameters.agreeShare) * n) / 100);
  if (parameters.opposedBelow === null) return { needed, mostOpposed: null };
  return { needed, mostOpposed: Math.ceil((Math.round(100 * parameters.opposedBelow) * n) / 100) - 1 };
}

function disagreementOf(figures: RandDisagreement, isAgreed: boolean): Disagreement {
  if (figures.disagreementIpras) return "strong";
  return isAgreed && figures.agreementClassic ? "none" : "some";
}

function directionOf(scale: ScaleRange, middle: number): Direction {
  switch (thirdOf(scale, middle)) {
    case "low":
      return "opposes";
    case "middle":
      return "neutral";
    case "high":
      return "supports";
  }
}

function ruleWith(parameters: RuleParameters, figures: RandDisagreement | null): Rule {
  const { agreeShare, opposedBelow, minScores } = parameters;
  if (parameters.rule === "ipras") return { id: "ipras", minScores, arithmetic: figures };
  const arithmetic = figures && { ...figures, ...shareLimits(figures.n, parameters) };
  return { id: "share", agreeShare, opposedBelow, minScores, arithmetic };
}
