import { type Measured, undefinedFor } from "./measured.ts";
import { absoluteDeviations, momentsOf } from "./moments.ts";
import { type Counts, total } from "./quantile.ts";
import { endsOf, exactAgreement, maxDissensusVariance, uniformVariance } from "./within-group-agreement.ts";

/** Agreement about one policy over several criteria. */
export interface WithinGroupAgreementMulti {
  /** Reviewers who scored every criterion. */
  readonly n: number;
  /** Criteria. */
  readonly J: number;
  /** Mean of the criteria's variances, in squared scale units. */
  readonly meanItemVariance: number | null;
  /** r_wg(J). It tends to 1 with the number of criteria whatever people think: never a headline. */
  readonly rwgJ: number | null;
  readonly rwgStarJ_uniform: number | null;
  readonly rwgStarJ_maxDissensus: number | null;
  /** 1 - mean variance / the largest variance n scores can have; 0..1. */
  readonly agreementExactJ: number | null;
  /** Mean of the criteria's adM, in scale units. */
  readonly adMJ: number | null;
}

/**
 * Agreement within one policy, from one cell per criterion, all of the same reviewers on the same levels. Undefined
 * without a criterion, and for fewer than 2 reviewers.
 *
 * James, Demaree & Wolf (1984), J. Appl. Psychol. 69:85-98. Lindell, Brandt & Whitney (1999), Appl. Psychol. Meas.
 * 23:127-135 (r*wg(J)).
 *
 * @example withinGroupAgreementMulti([[2, 0, 2], [0, 4, 0]], [1, 2, 3]).values.agreementExactJ // 0.5
 */
export function withinGroupAgreementMulti(
  cells: readonly Counts[],
  levels: readonly number[],
): Measured<WithinGroupAgreementMulti> {
  const keys = [
    "meanItemVariance",
    "rwgJ",
    "rwgStarJ_uniform",
    "rwgStarJ_maxDissensus",
    "agreementExactJ",
    "adMJ",
  ] as const;
  const J = cells.length;
  const n = total(cells[0] ?? []);
  const spreads = cells.flatMap((counts) => spreadOf(counts, levels) ?? []);
  if (J === 0 || spreads.length < J) {
    const { values, reasons } = undefinedFor(keys, J === 0 ? "too-few-items" : "too-few-raters");
    return { values: { n, J, ...values }, reasons };
  }
  const ends = endsOf(levels);
  const meanItemVariance = spreads.reduce((sum, { variance }) => sum + variance, 0) / J;
  const varUniform = uniformVariance(levels);
  const q = Math.min(meanItemVariance, varUniform) / varUniform;
  return {
    values: {
      n,
      J,
      meanItemVariance,
      rwgJ: (J * (1 - q)) / (J * (1 - q) + q),
      rwgStarJ_uniform: 1 - meanItemVariance / varUniform,
      rwgStarJ_maxDissensus: 1 - meanItemVariance / maxDissensusVariance(ends),
      agreementExactJ: exactAgreement(meanItemVariance, n, ends),
      adMJ: spreads.reduce((sum, { adM }) => sum + adM, 0) / J,
    },
    reasons: {},
  };
}

/** Variance and mean distance from the mean; `null` for fewer than 2 scores. */
function spreadOf(counts: Counts, levels: readonly number[]): { variance: number; adM: number } | null {
  const moments = momentsOf(counts, levels);
  if (moments === null || moments.n < 2) return null;
  const { n, mean, squares } = moments;
  return { variance: squares / (n - 1), adM: absoluteDeviations(counts, levels, mean) / n };
}
