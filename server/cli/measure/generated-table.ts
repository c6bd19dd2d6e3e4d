import { z } from "zod";

/**
 * A large table made from a seed, so that a case need not list a million scores. `spec` says in words how; there is one
 * way, and this is it.
 */
export const generator = z
  .object({
    name: z.literal("mulberry32-additive", 'must be "mulberry32-additive", the only generator there is'),
    seed: z.int(),
    reviewers: z.int().min(1).max(10_000),
    items: z.int().min(1).max(10_000),
    min: z.int().min(-1000).max(1000),
    max: z.int().min(-1000).max(1000),
    /** The share of scores that are missing. */
    miss: z.number().min(0).max(1),
  })
  .refine(({ min, max }) => !(min >= max), { path: ["max"], message: "must be above min" })
  .refine(({ reviewers, items }) => !(reviewers * items > 10_000_000), "must not ask for more than ten million scores");

export type Generator = z.infer<typeof generator>;

/** Items differ, reviewers differ less, and three draws of noise come on top; some scores are missing. */
export function generatedTable({ seed, reviewers, items, min, max, miss }: Generator): (number | null)[][] {
  const draw = mulberry32(seed);
  const heights = Array.from({ length: items }, () => 2 * draw() - 1);
  const severities = Array.from({ length: reviewers }, () => draw() - 0.5);
  const [middle, span] = [(min + max) / 2, max - min];
  return severities.map((severity) =>
    heights.map((height) => {
      const isMissing = draw() < miss;
      const noise = draw() + draw() + draw() - 1.5;
      const score = Math.floor(middle + span * (0.375 * height + 0.25 * severity + 0.25 * noise) + 0.5);
      return isMissing ? null : Math.min(max, Math.max(min, score));
    }),
  );
}

/** The generator that the cases name; chance that counts for anything comes from `rubric/statistics/random.ts`. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
