import { z } from "zod";
import { longText, name } from "./text.ts";

const anchorSchema = z.strictObject({
  level: z.int().min(-100).max(100),
  name: name(60),
  text: longText(300).optional(),
});

/** The ordered integers a score may take. `step` divides `max - min`; a scale has 2 to 11 levels. */
export const scaleSchema = z
  .strictObject({
    id: name(40).optional(),
    title: name(120).optional(),
    min: z.int().min(-100).max(100),
    max: z.int().min(-100).max(100),
    step: z.int().min(1).max(100).default(1),
    anchors: z.array(anchorSchema).max(11).default([]),
  })
  .superRefine((scale, context) => {
    if (scale.max <= scale.min) {
      context.addIssue({ code: "custom", path: ["max"], message: "Must be above the lowest level." });
      return;
    }
    const steps = (scale.max - scale.min) / scale.step;
    if (!Number.isInteger(steps) || steps > 10) {
      context.addIssue({ code: "custom", path: ["step"], message: "A scale has 2 to 11 evenly spaced levels." });
    }
    for (const [index, anchor] of scale.anchors.entries()) {
      if (!isLevel(scale, anchor.level)) {
        context.addIssue({ code: "custom", path: ["anchors", index, "level"], message: "Not a level of the scale." });
      }
    }
  });

export type Scale = z.infer<typeof scaleSchema>;
export type ScaleRange = Pick<Scale, "min" | "max" | "step">;
/** Where a scale ends, whatever its levels. */
export type ScaleEnds = Pick<Scale, "min" | "max">;

/** The levels of a scale, lowest first. */
export function levelsOf(scale: ScaleRange): number[] {
  const count = (scale.max - scale.min) / scale.step + 1;
  return Array.from({ length: count }, (_, index) => scale.min + index * scale.step);
}

export function isLevel(scale: ScaleRange, value: number): boolean {
  const steps = (value - scale.min) / scale.step;
  return Number.isInteger(steps) && value >= scale.min && value <= scale.max;
}

/**
 * A score mapped linearly on the nine points of the RAND/UCLA scale: `1 + 8 (y - min) / (max - min)`.
 * @example ninePoint({ min: -2, max: 2 }, 1) // 7
 */
export function ninePoint(scale: ScaleEnds, value: number): number {
  return 1 + (8 * (value - scale.min)) / (scale.max - scale.min);
}

export type Third = "low" | "middle" | "high";

/** The third of the scale a score or median lies in; the borders 3.5 and 6.5 belong to the higher third. */
export function thirdOf(scale: ScaleEnds, value: number): Third {
  const z = ninePoint(scale, value);
  if (z < 3.5) return "low";
  return z < 6.5 ? "middle" : "high";
}

export function anchorOf(scale: Scale, level: number): string {
  return scale.anchors.find((anchor) => anchor.level === level)?.name ?? "";
}
