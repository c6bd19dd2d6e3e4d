import type { ScaleRange } from "./scale.ts";
import type { RandDisagreement } from "./statistics/rand-disagreement.ts";
import type { ShareArithmetic } from "./verdict.ts";
import type { BoardCell } from "./views.ts";
import { printScore, thirdWords } from "./words.ts";

/** The rule a panel froze, as a sentence with its parameters. */
export function ruleSentence(rule: StatedRule): string {
  if (rule.id === "ipras") {
    return "Contested when the middle scores spread wider than the limit that RAND/UCLA sets for them (IPR above IPRAS); otherwise without disagreement.";
  }
  const opposed =
    rule.opposedBelow === null
      ? ""
      : `, and the third opposite holds fewer than ${hundredths(rule.opposedBelow)} in 100`;
  return `Agreed when one third of the scale holds at least ${hundredths(rule.agreeShare)} in 100 of the scores${opposed}; otherwise contested.`;
}

/** A rule with its parameters, whether or not it was applied to a cell. */
type StatedRule =
  | { readonly id: "ipras"; readonly minScores: number }
  | {
      readonly id: "share";
      readonly minScores: number;
      readonly agreeShare: number;
      readonly opposedBelow: number | null;
    };

/** One cell's own arithmetic, a sentence each: from its counts to its verdict. */
export function ruleArithmetic(cell: BoardCell, scale: ScaleRange): string[] {
  const { rule } = cell;
  if (rule.arithmetic === null) return [`${cell.n} of ${cell.eligible} scored; the panel asked for ${rule.minScores}.`];
  if (rule.id === "ipras") return iprasSentences(rule.arithmetic, scale);
  return [...shareSentences(rule.arithmetic, scale), classicSentence(rule.arithmetic)];
}

function shareSentences(figures: ShareArithmetic, scale: ScaleRange): string[] {
  const { n, needed, mostOpposed } = figures;
  const limit = mostOpposed === null ? "" : `, with at most ${mostOpposed} in the third opposite`;
  return [
    `Of ${n} scores, ${needed} are needed in one third${limit}.`,
    `Here: ${thirdsLine(figures, scale)}.`,
    shareVerdict(figures, scale),
  ];
}

function thirdsLine(figures: RandDisagreement, scale: ScaleRange): string {
  const { low, middle, high } = thirdNames(scale);
  return `${figures.lowThird} ${low}, ${figures.midThird} ${middle}, ${figures.highThird} ${high}`;
}

function shareVerdict(figures: ShareArithmetic, scale: ScaleRange): string {
  const { lowThird, midThird, highThird, needed, mostOpposed } = figures;
  const { low, middle, high } = thirdNames(scale);
  if (midThird >= needed) return `${midThird} ${middle} reach the ${needed} needed.`;
  const [most, opposed, where, opposite] =
    lowThird > highThird ? [lowThird, highThird, low, high] : [highThird, lowThird, high, low];
  if (most < needed) return `No third holds ${needed}.`;
  const reached = `${most} ${where} reach the ${needed} needed`;
  if (mostOpposed === null) return `${reached}.`;
  if (opposed <= mostOpposed) return `${reached}, and ${opposed} ${opposite} is within the ${mostOpposed} allowed.`;
  return `${reached}, but ${opposed} ${opposite} is more than the ${mostOpposed} allowed.`;
}

function iprasSentences(figures: RandDisagreement, scale: ScaleRange): string[] {
  const { p30, p70, ipr, ipras } = figures;
  const verdict = figures.disagreementIpras ? "is wider than" : "is not wider than";
  const reach = figures.isExtrapolated
    ? ["The published table covers 8 to 16 scores; for this count the limit is extrapolated."]
    : [];
  return [
    `From the 30th to the 70th percentile the scores run from ${decimals(p30)} to ${decimals(p70)} on nine points: IPR ${decimals(ipr)}.`,
    `${decimals(ipr)} ${verdict} IPRAS ${decimals(ipras)}.`,
    `Here: ${thirdsLine(figures, scale)}.`,
    classicSentence(figures),
    ...reach,
  ];
}

/** Beside either rule: the classic count for a panel of this size. */
function classicSentence(figures: RandDisagreement): string {
  const { lowThird, highThird, classicThreshold: k, outsideMedianRegion: outside } = figures;
  const found = classicVerdict(figures);
  return `Classic count: a split from ${k} at each end, here ${lowThird} and ${highThird}; agreement with at most ${Math.max(0, k - 1)} outside the median's third, here ${outside}. ${found}`;
}

function classicVerdict(figures: RandDisagreement): string {
  if (figures.disagreementClassic) return "It finds a split.";
  return figures.agreementClassic ? "It finds agreement." : "It finds neither.";
}

/** For a table: the spread and its limit, on nine points; wider than the limit is a split. */
export function iprasWords({ rule, verdict }: Pick<BoardCell, "rule" | "verdict">): string {
  if (rule.arithmetic === null || verdict === "too-few") return "–";
  const { ipr, ipras, disagreementIpras } = rule.arithmetic;
  return `${decimals(ipr)}, ${decimals(ipras)}${disagreementIpras ? " split" : ""}`;
}

/** For a table: what the classic count finds, and from how many at each end it would find a split. */
export function classicWords({ rule, verdict }: Pick<BoardCell, "rule" | "verdict">): string {
  if (rule.arithmetic === null || verdict === "too-few") return "–";
  const { disagreementClassic, agreementClassic, classicThreshold } = rule.arithmetic;
  const found = agreementClassic ? "agreement" : "neither";
  return `${disagreementClassic ? "split" : found} (from ${classicThreshold})`;
}

function thirdNames(scale: ScaleRange) {
  const words = (third: "low" | "middle" | "high") => thirdWords(third, scale, printScore);
  return { low: words("low"), middle: words("middle"), high: words("high") };
}

function hundredths(share: number): number {
  return Math.round(100 * share);
}

function decimals(value: number): string {
  return String(Math.round(100 * value) / 100).replace("-", "\u2212");
}
