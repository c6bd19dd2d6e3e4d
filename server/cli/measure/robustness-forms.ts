import { z } from "zod";
import { panelWeights, rankOrderWeights } from "#rubric/robustness/criteria-weights.ts";
import { leaveOneReviewerOut } from "#rubric/robustness/leave-one-reviewer-out.ts";
import { smaa, smaaFromDraws } from "#rubric/robustness/smaa.ts";
import { weightFlip } from "#rubric/robustness/weight-flip.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import { type Form, form } from "./form.ts";
import { asManyAs, inputOf, type Ratings, ratings, scale, table, weights } from "./inputs.ts";
import { areStepsTooMany, isSquareTooLarge } from "./limits.ts";
import {
  asWideAs,
  cube,
  faultOfNumber,
  faultOfPoints,
  faultOfScore,
  faultOfWeight,
  ranksAreInRange,
  scoresOf3dAreOnScale,
} from "./robustness-inputs.ts";
import { withSeed } from "./seed.ts";

const smaaKeys = ["rankAcceptability", "firstRank", "centralWeights", "pairwiseWinning"];

/** Every draw compares each two policies. */
function areDrawsTooMany(draws: number, policies: readonly (readonly unknown[])[]): boolean {
  const [count, criteria] = [policies.length, policies[0]?.length ?? 0];
  return isSquareTooLarge(count) || areStepsTooMany(draws, count, count + criteria);
}

/** Weights, and what depends on them. */
export const robustnessForms: readonly Form[] = [
  form({
    measure: "criteria-weights",
    wave: 1,
    name: "swing points",
    fields: ["points"],
    optional: [],
    params: [],
    keys: ["normalised", "panel", "meanTotalVariation"],
    schema: inputOf({ points: table<Ratings>({ faultOf: faultOfPoints }) }),
    run: ({ points }) => panelWeights(points),
  }),
  form({
    measure: "criteria-weights",
    wave: 1,
    name: "ranks",
    fields: ["ranks"],
    optional: [],
    params: [],
    keys: ["weights"],
    schema: inputOf({ ranks: z.array(z.int().min(1)) }, ranksAreInRange),
    run: ({ ranks }) => ({ values: { weights: rankOrderWeights(ranks) }, reasons: {} }),
  }),
  form({
    measure: "smaa",
    wave: 1,
    name: "all weights",
    fields: ["scores", "weights"],
    optional: ["params"],
    params: ["draws"],
    keys: smaaKeys,
    schema: withSeed(
      inputOf({
        scores: ratings,
        weights: z.object({ kind: z.literal("uniform-simplex") }),
        params: z.object({ draws: z.int().min(1).max(10_000_000).default(100_000) }).prefault({}),
      }),
    ),
    run: ({ scores, params, seed }) => smaa(scores, { draws: params.draws, random: randomFrom(seed) }),
    isTooLarge: ({ scores, params }) => areDrawsTooMany(params.draws, scores),
  }),
  form({
    measure: "smaa",
    wave: 1,
    name: "given draws",
    fields: ["measurements", "weightDraws"],
    optional: [],
    params: [],
    keys: smaaKeys,
    schema: inputOf(
      {
        measurements: cube<number>(faultOfNumber),
        weightDraws: table<readonly (readonly number[])[]>({ faultOf: faultOfWeight }),
      },
      asManyAs("weightDraws", "measurements"),
      asWideAs("weightDraws", "measurements"),
    ),
    run: ({ measurements, weightDraws }) => smaaFromDraws(measurements, weightDraws),
    isTooLarge: ({ measurements }) => areDrawsTooMany(measurements.length, measurements[0] ?? []),
  }),
  form({
    measure: "weight-flip",
    wave: 1,
    name: "given weights",
    fields: ["scores", "weights"],
    optional: [],
    params: [],
    keys: ["leader", "values", "challengers", "smallestMove"],
    schema: inputOf({ scores: ratings, weights }, asWideAs("weights", "scores")),
    run: ({ scores, weights }) => weightFlip(scores, weights),
  }),
  form({
    measure: "leave-one-reviewer-out",
    wave: 1,
    name: "weighted values",
    fields: ["ratings3d", "weights"],
    optional: ["scale"],
    params: [],
    keys: ["values", "ranking", "winnerWithout", "kendallTau", "maxValueShift", "influentialReviewers"],
    schema: inputOf(
      { ratings3d: cube<number | null>(faultOfScore), weights, scale: scale.optional() },
      scoresOf3dAreOnScale,
      asWideAs("weights", "ratings3d"),
    ),
    run: ({ ratings3d, weights, scale = { min: 0, max: 1 } }) =>
      leaveOneReviewerOut({ ratings: ratings3d, anchors: weights.map(() => scale), weights }),
    isTooLarge({ ratings3d }) {
      const policies = ratings3d[0]?.length ?? 0;
      return areStepsTooMany(ratings3d.length, policies, policies);
    },
  }),
];
