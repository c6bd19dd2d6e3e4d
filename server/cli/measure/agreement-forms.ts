import { z } from "zod";
import { fleissKappa } from "#rubric/statistics/fleiss-kappa.ts";
import { gwetAc } from "#rubric/statistics/gwet-ac.ts";
import { kendallW } from "#rubric/statistics/kendall-w.ts";
import { krippendorffAlpha } from "#rubric/statistics/krippendorff-alpha.ts";
import { alphaBootstrap, alphaJackknife } from "#rubric/statistics/krippendorff-alpha-ci.ts";
import { levelsIn, scoreTable } from "#rubric/statistics/score-table.ts";
import { talliesOf, tallyItems } from "#rubric/statistics/tallies.ts";
import { pairTable, weightedKappa } from "#rubric/statistics/weighted-kappa.ts";
import { countsByItem, countsOfItems, matchesLevels, pairTableCounts, talliesIn, twoRows } from "./agreement-inputs.ts";
import { type Form, form } from "./form.ts";
import { confidence, inputOf, levelScale, ratings, scale, scoresAreOnScale } from "./inputs.ts";
import { areLevelsTooMany, areStepsTooMany, isSquareTooLarge, isTableTooLarge, sizeOf } from "./limits.ts";
import { withSeed } from "./seed.ts";

const alpha = form({
  measure: "krippendorff-alpha",
  wave: 1,
  name: "ratings",
  fields: ["scale", "ratings"],
  optional: [],
  params: [],
  keys: ["nominal", "ordinal", "interval", "ratio", "pairableValues", "units"],
  schema: inputOf({ scale, ratings }, scoresAreOnScale),
  run: (input) => krippendorffAlpha(talliesIn(input)),
  isTooLarge: isTableTooLarge,
});

const alphaParams = z
  .object({
    metric: z.enum(["nominal", "ordinal", "interval", "ratio"]).default("ordinal"),
    levelConf: confidence,
    resamples: z.int().min(1).max(1_000_000).default(10_000),
    seed: z
      .string()
      .regex(/^(?!0{32})[0-9a-fA-F]{32,}$/, "must be 32 hex digits or more, the first 32 not all zero")
      .optional(),
  })
  .prefault({});

const alphaInterval = form({
  measure: "krippendorff-alpha-ci",
  wave: 1,
  name: "ratings",
  fields: ["scale", "ratings"],
  optional: ["params"],
  // `resample` says in words which method there is, and chooses nothing.
  params: ["metric", "levelConf", "resamples", "seed", "resample"],
  keys: [
    ...["alpha", "jackknifeSe", "jackknifeCiLow", "jackknifeCiHigh"],
    ...["bootCiLow", "bootCiHigh", "bootSd", "undefinedShare"],
  ],
  schema: withSeed(inputOf({ scale, ratings, params: alphaParams }, scoresAreOnScale)),
  isTooLarge(input) {
    const levels = (input.scale.levels ?? levelsIn(input.ratings)).length;
    return (
      isTableTooLarge(input) || areStepsTooMany(input.params.resamples, sizeOf(input.ratings).items, levels, levels)
    );
  },
  run({ params, seed, ...input }) {
    const { metric, levelConf, resamples } = params;
    const tallies = talliesIn(input);
    const interval = alphaJackknife(tallies, metric, levelConf);
    const bootstrap = alphaBootstrap(tallies, {
      metric,
      confidence: levelConf,
      resamples,
      seed: params.seed ?? seed,
    });
    return {
      values: { ...interval.values, ...bootstrap.values },
      reasons: { ...interval.reasons, ...bootstrap.reasons },
    };
  },
});

const w = form({
  measure: "kendall-w",
  wave: 1,
  name: "ratings",
  fields: ["ratings"],
  optional: ["scale"],
  params: [],
  keys: ["n", "m", "S", "T", "W", "Wuncorrected", "chi2", "df", "p", "meanSpearman"],
  schema: inputOf({ ratings, scale: scale.optional() }, scoresAreOnScale),
  run: (input) => kendallW(input.ratings),
});

const gwetKeys = ["pa", "peGwet", "gwetAC", "peFleiss", "fleissKappa", "brennanPrediger"];

/** Each item may have another number of scores. */
function areCountsTooLarge(countsByItem: readonly (readonly number[])[]): boolean {
  const { reviewers: items, items: levels } = sizeOf(countsByItem);
  return areLevelsTooMany({ levels, items, reviewers: items });
}

const gwetParams = z
  .object({ weights: z.enum(["identity", "linear", "quadratic", "ordinal"]).default("identity") })
  .prefault({});

const gwet = [
  form({
    measure: "gwet-ac",
    wave: 1,
    name: "countsByItem",
    fields: ["countsByItem"],
    optional: ["scale", "params"],
    params: ["weights"],
    keys: gwetKeys,
    schema: inputOf({ countsByItem, scale: levelScale.optional(), params: gwetParams }, matchesLevels("countsByItem")),
    run({ countsByItem: counts, params, ...input }) {
      const levels = input.scale?.levels ?? (counts[0] ?? []).map((_, index) => index + 1);
      return gwetAc(talliesOf(counts, levels), params.weights);
    },
    isTooLarge: (input) => areCountsTooLarge(input.countsByItem),
  }),
  form({
    measure: "gwet-ac",
    wave: 1,
    name: "ratings",
    fields: ["scale", "ratings"],
    optional: ["params"],
    params: ["weights"],
    keys: gwetKeys,
    schema: inputOf({ scale: levelScale, ratings, params: gwetParams }, scoresAreOnScale),
    run: (input) => gwetAc(tallyItems(scoreTable(input.ratings, input.scale.levels)), input.params.weights),
    isTooLarge: isTableTooLarge,
  }),
];

const fleissKeys = ["kappa", "Pbar", "Pe", "se0", "z"];

const fleiss = [
  form({
    measure: "fleiss-kappa",
    wave: 1,
    name: "countsByItem",
    fields: ["countsByItem"],
    optional: ["scale"],
    params: [],
    keys: fleissKeys,
    schema: inputOf({ countsByItem, scale: levelScale.optional() }, matchesLevels("countsByItem")),
    run: (input) => fleissKappa(input.countsByItem),
  }),
  form({
    measure: "fleiss-kappa",
    wave: 1,
    name: "ratings",
    fields: ["ratings"],
    optional: ["scale"],
    params: [],
    keys: fleissKeys,
    schema: inputOf({ ratings, scale: scale.optional() }, scoresAreOnScale),
    run: (input) => fleissKappa(countsOfItems(input.ratings)),
    isTooLarge: ({ ratings }) => isTableTooLarge({ ratings }),
  }),
];

const kappaKeys = ["unweighted", "linear", "quadratic"];

const kappa = [
  form({
    measure: "weighted-kappa",
    wave: 1,
    name: "table",
    fields: ["table"],
    optional: ["scale"],
    params: [],
    keys: kappaKeys,
    schema: inputOf({ table: pairTableCounts, scale: levelScale.optional() }, matchesLevels("table")),
    run: (input) => weightedKappa(input.table, input.scale?.levels ?? input.table.map((_, index) => index + 1)),
  }),
  form({
    measure: "weighted-kappa",
    wave: 1,
    name: "ratings",
    fields: ["scale", "ratings"],
    optional: [],
    params: [],
    keys: kappaKeys,
    schema: inputOf({ scale: levelScale, ratings: twoRows }, scoresAreOnScale),
    run({ scale: { levels }, ratings: [round1 = [], round2 = []] }) {
      return weightedKappa(pairTable(round1, round2, levels), levels);
    },
    isTooLarge: (input) => isSquareTooLarge(input.scale.levels.length),
  }),
];

/** How far reviewers agree. */
export const agreementForms: readonly Form[] = [alpha, alphaInterval, w, ...gwet, ...fleiss, ...kappa];
