import { ninePoint, type ScaleRange } from "./scale.ts";

/**
 * The step, 1 to 9, of the nine-step colour scale that stands for a score or a median: its place on nine points,
 * rounded, halves towards the middle, so that a half step never looks stronger than it is.
 * @example stepOf({ min: -2, max: 2, step: 1 }, 0.5) // 6
 */
export function stepOf(scale: ScaleRange, value: number): number {
  const point = ninePoint(scale, value);
  return point < 5 ? Math.floor(point + 0.5) : Math.ceil(point - 0.5);
}
