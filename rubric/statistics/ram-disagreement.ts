import { ninePoint } from "../scale.ts";
import { type Measured, type Reason, undefinedFor } from "./measured.ts";
import { median, type QuantileType } from "./quantile.ts";
import { type CellOnScale, randFigures } from "./rand-disagreement.ts";

type Classification = "appropriate" | "uncertain" | "inappropriate";

/** The RAND/UCLA figures of one cell, on the nine-point scale; the classic rule is undefined for fewer than 3 scores. */
export type RamDisagreement = Readonly<
  Record<
    "median9" | "p30" | "p70" | "ipr" | "iprcp" | "asymmetryIndex" | "ipras" | "disagreementIndex",
    number | null
  > &
    Record<"disagreementIpras" | "disagreementClassic" | "agreementClassic" | "isExtrapolated", boolean | null> &
    Record<"classicThreshold" | "lowThird" | "midThird" | "highThird" | "outsideMedianRegion", number | null> & {
      n: number;
      classification: Classification | null;
    }
>;

export const ramKeys = [
  "median9",
  "p30",
  "p70",
  "ipr",
  "iprcp",
  "asymmetryIndex",
  "ipras",
  "disagreementIndex",
  "disagreementIpras",
  "classicThreshold",
  "lowThird",
  "midThird",
  "highThird",
  "outsideMedianRegion",
  "disagreementClassic",
  "agreementClassic",
  "isExtrapolated",
  "classification",
] as const;

/**
 * Disagreement in one cell by the RAND/UCLA Appropriateness Method, with the percentiles' midpoint `iprcp`, its distance
 * from the middle of the scale `asymmetryIndex`, `disagreementIndex` = ipr / ipras (disagreement above 1) and the
 * classification by the median: inappropriate in the low third, appropriate in the high one, uncertain in the middle one
 * or under disagreement. `isExtrapolated` marks panels outside the published sizes of 8 to 16.
 *
 * Fitch et al. (2001), The RAND/UCLA Appropriateness Method User's Manual, MR-1269.
 *
 * @example ramDisagreement({ counts: [4, 0, 4], levels: [1, 5, 9], ends: { min: 1, max: 9 } }, 2).values.median9 // 5
 */
export function ramDisagreement(cell: CellOnScale, type: QuantileType): Measured<RamDisagreement> {
  const figures = randFigures(cell, type);
  const median9 = median(
    cell.counts,
    cell.levels.map((level) => ninePoint(cell.ends, level)),
  );
  if (figures === null || median9 === null) {
    const { values, reasons } = undefinedFor(ramKeys, "no-scores");
    return { values: { n: 0, ...values }, reasons };
  }
  const { p30, p70, ipr, ipras, disagreementIpras } = figures;
  const iprcp = (p30 + p70) / 2;
  const all = {
    ...figures,
    median9,
    iprcp,
    asymmetryIndex: Math.abs(5 - iprcp),
    disagreementIndex: ipr / ipras,
    classification: classify(median9, disagreementIpras),
  };
  if (figures.n >= 3) return { values: all, reasons: {} };
  const { values, reasons } = withoutClassicRule();
  return { values: { ...all, ...values }, reasons };
}

function classify(median9: number, isDisagreement: boolean): Classification {
  if (isDisagreement) return "uncertain";
  if (median9 < 3.5) return "inappropriate";
  return median9 < 6.5 ? "uncertain" : "appropriate";
}

function withoutClassicRule() {
  return undefinedFor(["classicThreshold", "disagreementClassic", "agreementClassic"], "too-few-raters");
}

/** By panel size: the classic rule's limits. */
export interface RamPanelSizes {
  /** The least number of scores in each extreme third that makes disagreement. */
  readonly disagreementMinEachExtreme: readonly (number | null)[];
  /** The greatest number of scores outside the median's third that leaves agreement. */
  readonly agreementMaxOutside: readonly (number | null)[];
  /** Outside the published sizes of 8 to 16. */
  readonly isExtrapolated: readonly boolean[];
}

/**
 * The classic rule's limits for panels of these sizes: floor((n + 1) / 3), and one less. Undefined below 3.
 *
 * Fitch et al. (2001), as in BMC Medical Informatics and Decision Making 12:93 (2012), table 7.
 *
 * @example ramPanelSizes([9]).values.agreementMaxOutside // [2]
 */
export function ramPanelSizes(sizes: readonly number[]): Measured<RamPanelSizes> {
  const limits = sizes.map((n) => (n < 3 ? null : Math.floor((n + 1) / 3)));
  const reasons: Record<string, Reason> = {};
  for (const [index, limit] of limits.entries()) {
    if (limit !== null) continue;
    reasons[`disagreementMinEachExtreme[${index}]`] = "too-few-raters";
    reasons[`agreementMaxOutside[${index}]`] = "too-few-raters";
  }
  return {
    values: {
      disagreementMinEachExtreme: limits,
      agreementMaxOutside: limits.map((limit) => (limit === null ? null : limit - 1)),
      isExtrapolated: sizes.map((n) => n < 8 || n > 16),
    },
    reasons,
  };
}
