import { levelsOf, ninePoint, type ScaleEnds, type ScaleRange, thirdOf } from "../scale.ts";
import { entryAt } from "./arrays.ts";
import { type Counts, median, type QuantileType, quantileOfType, total } from "./quantile.ts";

/** The RAND/UCLA figures of one cell, on the nine-point scale. Names follow the manual. */
export interface RandDisagreement {
  readonly n: number;
  readonly p30: number;
  readonly p70: number;
  /** Interpercentile range, P70 - P30. */
  readonly ipr: number;
  /** Interpercentile range adjusted for symmetry: `2.35 + 1.5 |5 - (P30 + P70) / 2|`. */
  readonly ipras: number;
  /** IPR > IPRAS, strict up to 1e-12 for rounding. */
  readonly disagreementIpras: boolean;
  readonly lowThird: number;
  readonly midThird: number;
  readonly highThird: number;
  /** floor((n + 1) / 3), the classic rule's count for a panel of n. */
  readonly classicThreshold: number;
  readonly disagreementClassic: boolean;
  readonly outsideMedianRegion: number;
  readonly agreementClassic: boolean;
  /** The closed form reproduces the published table for n = 8..16; other sizes are marked. */
  readonly isExtrapolated: boolean;
}

/**
 * Disagreement in one cell by the RAND/UCLA Appropriateness Method: IPRAS rule and, beside it, the classic count.
 * `null` without scores.
 *
 * Fitch et al. (2001), The RAND/UCLA Appropriateness Method User's Manual, MR-1269.
 *
 * @example randDisagreement([4, 0, 0, 0, 4], { min: -2, max: 2, step: 1 })?.disagreementIpras // true
 */
export function randDisagreement(counts: Counts, scale: ScaleRange): RandDisagreement | null {
  return randFigures({ counts, levels: levelsOf(scale), ends: scale }, 2);
}

/** One cell on any scale: the scores at these levels, which lie between its ends. */
export interface CellOnScale {
  readonly counts: Counts;
  readonly levels: readonly number[];
  readonly ends: ScaleEnds;
}

/** The same figures on any scale, by any type of quantile. */
export function randFigures(cell: CellOnScale, type: QuantileType): RandDisagreement | null {
  const { counts, levels, ends } = cell;
  const points = levels.map((level) => ninePoint(ends, level));
  const n = total(counts);
  const quantile = quantileOfType(type);
  const p30 = quantile(counts, points, 0.3);
  const p70 = quantile(counts, points, 0.7);
  const middle = median(counts, levels);
  if (p30 === null || p70 === null || middle === null) return null;
  const ipr = p70 - p30;
  const ipras = 2.35 + 1.5 * Math.abs(5 - (p30 + p70) / 2);
  const thirds = countThirds(cell);
  const threshold = Math.floor((n + 1) / 3);
  const outside = n - thirds[thirdOf(ends, middle)];
  return {
    n,
    p30,
    p70,
    ipr,
    ipras,
    disagreementIpras: ipr > ipras + 1e-12,
    lowThird: thirds.low,
    midThird: thirds.middle,
    highThird: thirds.high,
    classicThreshold: threshold,
    disagreementClassic: thirds.low >= threshold && thirds.high >= threshold,
    outsideMedianRegion: outside,
    agreementClassic: outside <= threshold - 1,
    isExtrapolated: n < 8 || n > 16,
  };
}

/** How many scores lie in the low, middle and high third of the scale. */
function countThirds({ counts, levels, ends }: CellOnScale): Record<"low" | "middle" | "high", number> {
  const thirds = { low: 0, middle: 0, high: 0 };
  for (const [index, level] of levels.entries()) thirds[thirdOf(ends, level)] += entryAt(counts, index);
  return thirds;
}
