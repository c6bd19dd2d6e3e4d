import type { CrossedSums } from "./crossed-sums.ts";
import { type Figure, measuredFrom, ratio, squares } from "./figure.ts";
import { type Measured, undefinedFor } from "./measured.ts";

const KEYS = ["MSB", "MSW", "n0", "meanSize", "ICC1_n0", "ICC1_meanSize", "ICC2_groupMean"] as const;

export type OnewayIcc = Readonly<Record<(typeof KEYS)[number], number | null>>;

/**
 * How far can one score be trusted (`ICC1_n0`), how far an item's mean (`ICC2_groupMean`), where items have unequal
 * numbers of scores and reviewers are not told apart? At most 1, may be negative. MSB and MSW are mean squares between and
 * within items, in squared scale units. n0 = (N - sum n_i^2 / N) / (G - 1) for G items; `ICC1_meanSize` takes N / G for
 * it, as some programs do.
 *
 * Snedecor & Cochran (1989), Statistical Methods, chapter 13.
 *
 * @example onewayIcc(crossedSums([[1, 3], [1, 3]])).values.ICC1_n0 // 1
 */
export function onewayIcc(sums: CrossedSums): Measured<OnewayIcc> {
  const { scores, items } = sums;
  if (items < 2) return undefinedFor(KEYS, "too-few-items");
  if (scores === items) return undefinedFor(KEYS, "too-few-raters");
  const mean = (sums.sum * sums.sum) / scores;
  const total = sums.squares - mean;
  const MSB = squares(sums.itemSquares - mean, total) / (items - 1);
  const MSW = squares(sums.squares - sums.itemSquares, total) / (scores - items);
  const n0 = (scores - sums.itemSizes / scores) / (items - 1);
  const meanSize = scores / items;
  const single = (size: number): Figure => ratio(MSB - MSW, MSB + (size - 1) * MSW, MSB + MSW);
  return measuredFrom({
    MSB,
    MSW,
    n0,
    meanSize,
    ICC1_n0: single(n0),
    ICC1_meanSize: single(meanSize),
    ICC2_groupMean: ratio(MSB - MSW, MSB, MSB + MSW),
  });
}
