import { z } from "zod";
import { cellSummary } from "#rubric/statistics/cell-summary.ts";
import { cellUncertainty } from "#rubric/statistics/cell-uncertainty.ts";
import { cellWeighted } from "#rubric/statistics/cell-weighted.ts";
import type { Measured } from "#rubric/statistics/measured.ts";
import { nullVariances } from "#rubric/statistics/null-variances.ts";
import { ordinalAgreement } from "#rubric/statistics/ordinal-agreement.ts";
import { ramDisagreement, ramKeys, ramPanelSizes } from "#rubric/statistics/ram-disagreement.ts";
import { withinGroupAgreement } from "#rubric/statistics/within-group-agreement.ts";
import { withinGroupAgreementMulti } from "#rubric/statistics/within-group-agreement-multi.ts";
import { type Form, form } from "./form.ts";
import {
  asManyAs,
  cellOf,
  columnOfRatings,
  confidence,
  counts,
  countsFitScale,
  countsOrShares,
  inputOf,
  levelScale,
  type Ratings,
  ratings,
  type StatedScale,
  scale,
  scoresAreOnScale,
  weights,
} from "./inputs.ts";
import { isSquareTooLarge } from "./limits.ts";

/** A measure of one cell, asked by its counts or by the scores themselves. */
interface CellMeasure<Params extends object> extends Pick<Form, "measure" | "params" | "keys"> {
  readonly schemas: {
    readonly scale: typeof levelScale | typeof scale;
    readonly counts: typeof counts | typeof countsOrShares;
    readonly params: z.ZodType<Params>;
  };
  run(cell: AskedCell, params: Params): Measured<object>;
  isTooLarge?(cell: AskedCell): boolean;
}

interface AskedCell {
  readonly counts: readonly number[];
  readonly levels: readonly number[];
  readonly scale: StatedScale;
}

const noParams = z.object({}).prefault({});

/** Two forms: `counts`, which wins where both are given, and `ratings`. */
function formsOfCell<Params extends object>(asked: CellMeasure<Params>): Form[] {
  const { schemas, run, isTooLarge = () => false, ...measure } = asked;
  const described = { ...measure, wave: 1 as const };
  const params = measure.params.length > 0 ? ["params"] : [];
  return [
    form({
      ...described,
      name: "counts",
      fields: ["scale", "counts"],
      optional: ["ratings", ...params],
      schema: inputOf(
        { scale: levelScale, counts: schemas.counts, ratings: columnOfRatings.optional(), params: schemas.params },
        countsFitScale,
        scoresAreOnScale,
      ),
      run: (input) => run({ counts: input.counts, levels: input.scale.levels, scale: input.scale }, input.params),
      isTooLarge: ({ counts, scale }) => isTooLarge({ counts, levels: scale.levels, scale }),
    }),
    form({
      ...described,
      name: "ratings",
      fields: ["scale", "ratings"],
      optional: params,
      schema: inputOf({ scale: schemas.scale, ratings: columnOfRatings, params: schemas.params }, scoresAreOnScale),
      run: (input) => run({ ...cellOf(input.scale, input.ratings), scale: input.scale }, input.params),
      isTooLarge: ({ ratings, scale }) => isTooLarge({ ...cellOf(scale, ratings), scale }),
    }),
  ];
}

const summary = formsOfCell({
  measure: "cell-summary",
  params: [],
  keys: [
    "n",
    "counts",
    "mean",
    "median",
    "min",
    "max",
    "sd",
    "q1_type2",
    "q3_type2",
    "iqr_type2",
    "q1_type6",
    "q3_type6",
    "iqr_type6",
    "q1_type7",
    "q3_type7",
    "iqr_type7",
    "trimmedMean20",
    "mad",
    "meanAbsDevMedian",
    "adM",
  ],
  schemas: { scale: levelScale, counts, params: noParams },
  run: (cell) => cellSummary(cell.counts, cell.levels),
});

const weighted = form({
  measure: "cell-weighted",
  wave: 1,
  name: "ratings",
  fields: ["scale", "ratings", "weights"],
  optional: [],
  params: [],
  keys: ["weightedMean", "weightedMedian", "effectiveN"],
  schema: inputOf({ scale, ratings: columnOfRatings, weights }, scoresAreOnScale, asManyAs("weights", "ratings")),
  run: (input) =>
    cellWeighted(
      input.ratings.flatMap(([score], reviewer) => {
        const weight = input.weights[reviewer];
        return typeof score === "number" && weight !== undefined ? [{ score, weight }] : [];
      }),
    ),
});

const uncertainty = formsOfCell({
  measure: "cell-uncertainty",
  params: ["confidence"],
  keys: ["medianCiLow", "medianCiHigh", "medianCiCoverage", "meanSe", "meanCiLow", "meanCiHigh"],
  schemas: { scale, counts, params: z.object({ confidence }).prefault({}) },
  run: (cell, params) => cellUncertainty(cell.counts, cell.levels, params.confidence),
});

const ram = formsOfCell({
  measure: "ram-disagreement",
  params: ["quantileType"],
  keys: ["n", ...ramKeys],
  schemas: { scale, counts, params: z.object({ quantileType: z.literal([2, 6, 7]).default(2) }).prefault({}) },
  run: (cell, { quantileType }) => ramDisagreement({ ...cell, ends: cell.scale }, quantileType),
});

const panelSizes = form({
  measure: "ram-disagreement",
  wave: 1,
  name: "panelSizes",
  fields: ["panelSizes"],
  optional: [],
  params: [],
  keys: ["disagreementMinEachExtreme", "agreementMaxOutside", "isExtrapolated"],
  schema: inputOf({ panelSizes: counts }),
  run: (input) => ramPanelSizes(input.panelSizes),
});

const ordinal = formsOfCell({
  measure: "ordinal-agreement",
  params: [],
  keys: ["agreementA", "polarisation", "consensusCns", "dissensus"],
  schemas: { scale: levelScale, counts: countsOrShares, params: noParams },
  run: (cell) => ordinalAgreement(cell.counts, cell.levels),
  isTooLarge: ({ levels }) => isSquareTooLarge(levels.length),
});

const withinGroup = formsOfCell({
  measure: "within-group-agreement",
  params: [],
  keys: ["n", "s2", "varUniform", "varMaxDissensus", "rwg", "rwgRaw", "rwgStar", "agreementExact", "adM", "awg"],
  schemas: { scale: levelScale, counts, params: noParams },
  run: (cell) => withinGroupAgreement(cell.counts, cell.levels),
});

const constants = ["uniform5", "uniform7", "uniform9", "maxDissensus5", "maxDissensus7", "maxDissensus9"];

const distribution = z
  .array(z.number().min(0).max(1))
  .min(2)
  .refine(
    (shares) => Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-6,
    "the shares must add up to 1",
  );

const proportions = form({
  measure: "within-group-agreement",
  wave: 1,
  name: "proportions",
  fields: ["proportions"],
  optional: [],
  params: [],
  keys: constants,
  schema: inputOf({
    proportions: z.record(
      z.string().refine((name) => !constants.includes(name), "is the name of a constant: choose another"),
      distribution,
    ),
  }),
  run: (input) => nullVariances(input.proportions),
});

const multi = form({
  measure: "within-group-agreement-multi",
  wave: 1,
  name: "ratings",
  fields: ["scale", "ratings"],
  optional: [],
  params: [],
  keys: ["n", "J", "meanItemVariance", "rwgJ", "rwgStarJ_uniform", "rwgStarJ_maxDissensus", "agreementExactJ", "adMJ"],
  schema: inputOf({ scale: levelScale, ratings }, scoresAreOnScale),
  run: (input) => withinGroupAgreementMulti(completeCells(input), input.scale.levels),
});

/** One cell per column, of the reviewers who scored in every column. */
function completeCells(input: { readonly scale: StatedScale; readonly ratings: Ratings }) {
  const complete = input.ratings.filter((row) => !row.includes(null));
  const columns = input.ratings[0] ?? [];
  return columns.map(
    (_, column) =>
      cellOf(
        input.scale,
        complete.map((row) => row.slice(column, column + 1)),
      ).counts,
  );
}

/** The measures of one cell. */
export const cellForms: readonly Form[] = [
  ...summary,
  weighted,
  ...uncertainty,
  ...ram,
  panelSizes,
  ...ordinal,
  ...withinGroup,
  proportions,
  multi,
];
