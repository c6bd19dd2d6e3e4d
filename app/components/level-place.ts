import { levelsOf, type ScaleRange } from "#rubric/scale.ts";

/**
 * Where a level or a median lies on the width of a strip.
 * @example place({ min: -2, max: 2, step: 1 }, 0) // "50%"
 */
export function place(scale: ScaleRange, value: number): string {
  const index = (value - scale.min) / scale.step;
  return `${(100 * (index + 0.5)) / levelsOf(scale).length}%`;
}
