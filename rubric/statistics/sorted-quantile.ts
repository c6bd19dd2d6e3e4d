import { at } from "./arrays.ts";

/**
 * Quantile of type 2 of numbers in rising order, in their unit: with h = n p, the mean of the h-th and the next if h is
 * whole (within 1e-9), else the one at ceil(h). For at least one number.
 *
 * Hyndman & Fan (1996), Sample quantiles in statistical packages, The American Statistician 50:361-365, definition 2.
 *
 * @example sortedQuantile(Float64Array.of(1, 2, 4), 0.5) // 2
 */
export function sortedQuantile(sorted: Float64Array, share: number): number {
  const h = sorted.length * share;
  const whole = Math.round(h);
  if (Math.abs(h - whole) > 1e-9) return ranked(sorted, Math.ceil(h));
  return (ranked(sorted, whole) + ranked(sorted, whole + 1)) / 2;
}

function ranked(sorted: Float64Array, rank: number): number {
  return at(sorted, Math.min(sorted.length, Math.max(1, rank)) - 1);
}
