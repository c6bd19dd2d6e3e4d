import { add, at } from "./arrays.ts";
import { completeTable } from "./complete-table.ts";
import { measuredFrom } from "./figure.ts";
import { type Measured, undefinedFor } from "./measured.ts";
import { midranks } from "./midranks.ts";
import type { Ratings } from "./score-table.ts";
import { chiSquaredUpperTail } from "./tails.ts";

const KEYS = ["S", "T", "W", "Wuncorrected", "chi2", "df", "p", "meanSpearman"] as const;

export type KendallW = Readonly<
  /** Items that all reviewers scored, and reviewers. */
  Record<"n" | "m", number> & Record<(typeof KEYS)[number], number | null>
>;

/**
 * Do reviewers rank the items alike? W from 0 (no common order) to 1 (one order), corrected for ties. `S` is the sum of
 * squares of the items' rank sums about their mean, `T` the sum of t^3 - t over ties; `chi2` = m (n - 1) W with `df`
 * degrees of freedom and upper tail `p`, rough for few items; `meanSpearman` the mean rank correlation of two reviewers.
 * A reviewer who scores all items alike stays in. Items with a hole are left out.
 *
 * Kendall & Gibbons (1990), Rank Correlation Methods, chapter 6.
 *
 * @example kendallW([[1, 2, 3], [4, 6, 9]]).values.W // 1
 */
export function kendallW(ratings: Ratings): Measured<KendallW> {
  const { items: n, reviewers: m, scores } = completeTable(ratings);
  if (n < 3 || m < 2) {
    const { values, reasons } = undefinedFor(KEYS, n < 3 ? "too-few-items" : "too-few-raters");
    return { values: { n, m, ...values }, reasons };
  }
  const { doubled, T } = rankSums(scores, m);
  // The mean of the doubled rank sums is whole.
  const S = doubled.reduce((sum, twice) => sum + (twice - m * (n + 1)) * (twice - m * (n + 1)), 0) / 4;
  const most = m * m * (n * n * n - n);
  const W = most === m * T ? "no-variance" : (12 * S) / (most - m * T);
  const chi2 = W === "no-variance" ? W : m * (n - 1) * W;
  const { values, reasons } = measuredFrom({
    S,
    T,
    W,
    Wuncorrected: (12 * S) / most,
    chi2,
    df: n - 1,
    p: chi2 === "no-variance" ? chi2 : chiSquaredUpperTail(chi2, n - 1),
    meanSpearman: W === "no-variance" ? W : (m * W - 1) / (m - 1),
  });
  return { values: { n, m, ...values }, reasons };
}

function rankSums(scores: Float64Array, reviewers: number) {
  const doubled = new Float64Array(scores.length / reviewers);
  let T = 0;
  for (let reviewer = 0; reviewer < reviewers; reviewer += 1) {
    const ranks = midranks(
      Array.from(doubled, (_, item) => at(scores, item * reviewers + reviewer)),
      0,
    );
    for (const [item, twice] of ranks.doubled.entries()) add(doubled, item, twice);
    T += ranks.ties;
  }
  return { doubled, T };
}
