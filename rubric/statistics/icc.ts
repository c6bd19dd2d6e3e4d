import { completeTable } from "./complete-table.ts";
import { type Figure, measuredFrom, ratio } from "./figure.ts";
import { type IccIntervals, iccIntervals } from "./icc-intervals.ts";
import { type Measured, undefinedFor } from "./measured.ts";
import type { Ratings } from "./score-table.ts";
import { fUpperTail } from "./tails.ts";
import { type MeanSquares, meanSquares } from "./two-way-squares.ts";

const KEYS = [
  ...(["MSB", "MSW", "MSJ", "MSE", "F_rows", "p_rows"] as const),
  ...(["ICC1_1", "ICC2_1", "ICC3_1", "ICC1_k", "ICC2_k", "ICC3_k", "ICC2_1_df2"] as const),
  ...(["ICC1_1_ci", "ICC2_1_ci", "ICC3_1_ci", "ICC1_k_ci", "ICC2_k_ci", "ICC3_k_ci"] as const),
];

/** Coefficients without unit and mean squares in squared scale units; intervals are [low, high]. */
export type Icc = Readonly<
  /** Items that all reviewers scored, and reviewers. */
  Record<"n" | "k", number> &
    /** Mean squares between items, within items, between reviewers, and what is left. */
    Record<keyof MeanSquares, number | null> &
    Record<keyof Coefficients, number | null> & {
      [Key in keyof IccIntervals]: Exclude<IccIntervals[Key], string> | null;
    } /** Do items differ at all? MSB / MSE and its upper tail. */ & Record<"F_rows" | "p_rows", number | null>
>;

/**
 * How far can one score be trusted (`.._1`), how far the mean of the panel (`.._k`)? At most 1, may be negative. Form 1:
 * each item has reviewers of its own; form 2: reviewers are drawn from many, and their severity counts as error; form 3:
 * these reviewers only, severity left out. Items with a hole are left out. Intervals at 95 %.
 *
 * Shrout & Fleiss (1979), Intraclass correlations: uses in assessing rater reliability, Psychological Bulletin
 * 86:420-428; the intervals of form 2 after McGraw & Wong (1996), Psychological Methods 1:30-46.
 *
 * @example icc([[1, 3, 5], [2, 4, 6]]).values.ICC3_1 // 1
 */
export function icc(ratings: Ratings): Measured<Icc> {
  const table = completeTable(ratings);
  const size = { n: table.items, k: table.reviewers };
  if (size.n < 2 || size.k < 2) {
    const { values, reasons } = undefinedFor(KEYS, size.n < 2 ? "too-few-items" : "too-few-raters");
    return { values: { ...size, ...values }, reasons };
  }
  const squares = meanSquares(table);
  const { MSB, MSE } = squares;
  const coefficients = iccCoefficients(squares, size);
  const figures = measuredFrom({
    ...squares,
    ...coefficients,
    ...iccIntervals(squares, size, coefficients.ICC2_1),
    F_rows: MSE === 0 ? "no-variance" : MSB / MSE,
    p_rows: MSE === 0 ? "no-variance" : fUpperTail(MSB / MSE, size.n - 1, (size.n - 1) * (size.k - 1)),
  });
  return { values: { ...size, ...figures.values }, reasons: figures.reasons };
}

interface Coefficients {
  readonly ICC1_1: Figure;
  readonly ICC2_1: Figure;
  readonly ICC3_1: Figure;
  readonly ICC1_k: Figure;
  readonly ICC2_k: Figure;
  readonly ICC3_k: Figure;
}

function iccCoefficients({ MSB, MSW, MSJ, MSE }: MeanSquares, { n, k }: { n: number; k: number }): Coefficients {
  const scale = MSB + MSW + MSJ + MSE;
  return {
    ICC1_1: ratio(MSB - MSW, MSB + (k - 1) * MSW, scale),
    ICC2_1: ratio(MSB - MSE, MSB + (k - 1) * MSE + (k * (MSJ - MSE)) / n, scale),
    ICC3_1: ratio(MSB - MSE, MSB + (k - 1) * MSE, scale),
    ICC1_k: ratio(MSB - MSW, MSB, scale),
    ICC2_k: ratio(MSB - MSE, MSB + (MSJ - MSE) / n, scale),
    ICC3_k: ratio(MSB - MSE, MSB, scale),
  };
}
