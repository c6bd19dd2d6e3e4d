import type { ScaleEnds } from "../scale.ts";
import { entryAt } from "./arrays.ts";
import { type Measured, undefinedFor } from "./measured.ts";
import { absoluteDeviations, type Moments, momentsOf } from "./moments.ts";
import type { Counts } from "./quantile.ts";

/** One number to sort cells by, and its relatives. */
export interface WithinGroupAgreement {
  readonly n: number;
  /** Variance of the scores, dividing by n - 1, in squared scale units. */
  readonly s2: number | null;
  /** Variance of scores spread evenly over the levels. */
  readonly varUniform: number;
  /** Variance of a large panel with half at each end. */
  readonly varMaxDissensus: number;
  /** 1 - s2 / varUniform, but not below 0. */
  readonly rwg: number | null;
  readonly rwgRaw: number | null;
  /** 1 - s2 / varMaxDissensus: below 0 for small split panels. */
  readonly rwgStar: number | null;
  /** 1 - s2 / the largest variance n scores can have: 0 as split as can be, 1 all the same, for every n. */
  readonly agreementExact: number | null;
  /** Mean of |y - mean|, in scale units. */
  readonly adM: number | null;
  /** Brown and Hauenstein's a_wg, for comparison with other software. */
  readonly awg: number | null;
}

/**
 * Agreement within one cell as the share of a null distribution's variance that is missing. Undefined for fewer than 2
 * scores; a_wg also if the mean is too near an end of the scale.
 *
 * James, Demaree & Wolf (1984), J. Appl. Psychol. 69:85-98. LeBreton & Senter (2008), Organ. Res. Methods 11:815-852.
 * Brown & Hauenstein (2005), Organ. Res. Methods 8:165-184 (a_wg). Burke & Dunlap (2002), ibid. 5:159-172 (AD).
 *
 * @example withinGroupAgreement([2, 0, 0, 0, 2], [1, 2, 3, 4, 5]).values.agreementExact // 0
 */
export function withinGroupAgreement(counts: Counts, levels: readonly number[]): Measured<WithinGroupAgreement> {
  const ends = endsOf(levels);
  const nulls = { varUniform: uniformVariance(levels), varMaxDissensus: maxDissensusVariance(ends) };
  const moments = momentsOf(counts, levels);
  if (moments === null || moments.n < 2) {
    const keys = ["s2", "rwg", "rwgRaw", "rwgStar", "agreementExact", "adM", "awg"] as const;
    const { values, reasons } = undefinedFor(keys, "too-few-raters");
    return { values: { n: moments?.n ?? 0, ...nulls, ...values }, reasons };
  }
  const s2 = moments.squares / (moments.n - 1);
  const rwgRaw = 1 - s2 / nulls.varUniform;
  const awg = centredAgreement(moments, ends);
  return {
    values: {
      n: moments.n,
      s2,
      ...nulls,
      rwg: Math.max(0, rwgRaw),
      rwgRaw,
      rwgStar: 1 - s2 / nulls.varMaxDissensus,
      agreementExact: exactAgreement(s2, moments.n, ends),
      adM: absoluteDeviations(counts, levels, moments.mean) / moments.n,
      awg,
    },
    reasons: awg === null ? { awg: "mean-too-extreme" } : {},
  };
}

/** The lowest and the highest of at least one level. */
export function endsOf(levels: readonly number[]): ScaleEnds {
  return { min: entryAt(levels, 0), max: entryAt(levels, levels.length - 1) };
}

/** (K² - 1) / 12 steps²: the variance of scores spread evenly over K levels. */
export function uniformVariance(levels: readonly number[]): number {
  const count = levels.length;
  const { min, max } = endsOf(levels);
  const step = (max - min) / (count - 1);
  return ((count * count - 1) / 12) * step * step;
}

/** A quarter of the squared range: the variance of a large panel with half at each end. */
export function maxDissensusVariance({ min, max }: ScaleEnds): number {
  return ((max - min) * (max - min)) / 4;
}

/** 1 - s2 / s2max, the largest variance n scores between these ends can have; 0..1. */
export function exactAgreement(s2: number, n: number, { min, max }: ScaleEnds): number {
  const largest = ((max - min) * (max - min) * Math.floor(n / 2) * Math.ceil(n / 2)) / (n * (n - 1));
  return Math.max(0, 1 - s2 / largest);
}

/** a_wg: 1 - 2 s2 / the largest variance at this mean; `null` where the mean does not leave room for that. */
function centredAgreement({ n, sum, mean, squares }: Moments, { min, max }: ScaleEnds): number | null {
  if (mean === min || mean === max) return 1;
  if (sum < min * (n - 1) + max || sum > max * (n - 1) + min) return null;
  return 1 - (2 * squares) / ((max - mean) * (mean - min) * n);
}
