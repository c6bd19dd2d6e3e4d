import { crossedSums } from "#rubric/statistics/crossed-sums.ts";
import { icc } from "#rubric/statistics/icc.ts";
import { onewayIcc } from "#rubric/statistics/icc-oneway-unbalanced.ts";
import { large } from "#rubric/statistics/large.ts";
import { outlierReviewers } from "#rubric/statistics/outlier-reviewers.ts";
import { levelsIn } from "#rubric/statistics/score-table.ts";
import { additiveSeverity } from "#rubric/statistics/severity-additive.ts";
import { mixedSeverity } from "#rubric/statistics/severity-mixed.ts";
import { varianceComponents } from "#rubric/statistics/variance-components.ts";
import { type Form, form } from "./form.ts";
import { generatedTable, generator } from "./generated-table.ts";
import { inputOf, levelScale, ratings, scale, scoresAreOnScale } from "./inputs.ts";
import { areLevelsTooMany, areStepsTooMany, isSquareTooLarge, isTableTooLarge, sizeOf } from "./limits.ts";

/** Most figures of a panel want any table of numbers; where a scale is given, the scores must be on it. */
const panel = {
  wave: 1,
  name: "ratings",
  fields: ["ratings"],
  optional: ["scale"],
  params: [],
  schema: inputOf({ ratings, scale: scale.optional() }, scoresAreOnScale),
} as const;

const twoWay = form({
  ...panel,
  measure: "icc",
  keys: [
    ...["n", "k", "MSB", "MSW", "MSJ", "MSE"],
    ...["ICC1_1", "ICC2_1", "ICC3_1", "ICC1_k", "ICC2_k", "ICC3_k"],
    ...["ICC1_1_ci", "ICC2_1_ci", "ICC3_1_ci", "ICC1_k_ci", "ICC2_k_ci", "ICC3_k_ci"],
    ...["ICC2_1_df2", "F_rows", "p_rows"],
  ],
  run: (input) => icc(input.ratings),
});

const oneWay = form({
  ...panel,
  measure: "icc-oneway-unbalanced",
  keys: ["MSB", "MSW", "n0", "meanSize", "ICC1_n0", "ICC1_meanSize", "ICC2_groupMean"],
  run: (input) => onewayIcc(crossedSums(input.ratings)),
});

const REML_KEYS = [
  ...["reml_varItem", "reml_varReviewer", "reml_varResidual"],
  ...["reml_intercept", "reml_ICC_A1", "reml_ICC_C1"],
];

const components = form({
  ...panel,
  measure: "variance-components",
  keys: [
    ...["henderson_varItem", "henderson_varReviewer", "henderson_varResidual"],
    ...["henderson_ICC_A1", "henderson_ICC_C1", "henderson_ICC_Ak"],
    ...REML_KEYS,
  ],
  run: (input) => varianceComponents(input.ratings),
});

function isMixed(variant: string | null): boolean {
  return variant === null || variant.startsWith("mixed");
}

function isEquationTooLarge(unknowns: number): boolean {
  return isSquareTooLarge(unknowns) || areStepsTooMany(unknowns, unknowns, unknowns);
}

const severity = form({
  ...panel,
  measure: "severity-adjusted",
  // The one measure whose variant chooses: each of the two models answers its own keys.
  keys: [
    ...["adjusted", "severity", "rawMean", "components"],
    ...["seAdjusted", "varReviewer", "varResidual", "rss", "df", "sigma2"],
  ],
  run: (input, variant) => (isMixed(variant) ? mixedSeverity(input.ratings) : additiveSeverity(input.ratings)),
  isTooLarge({ ratings }, variant) {
    const { reviewers, items } = sizeOf(ratings);
    // The additive model eliminates the longer side.
    return isEquationTooLarge(isMixed(variant) ? reviewers : Math.min(reviewers, items));
  },
});

const outliers = form({
  ...panel,
  measure: "outlier-reviewers",
  keys: [
    ...["severity", "severityRobustZ", "residualRms", "residualRobustZ"],
    ...["correlationWithOthers", "alpha", "alphaDeltaWithout", "usedLevels"],
  ],
  run: (input) => outlierReviewers(input.ratings),
  isTooLarge({ ratings }) {
    const { reviewers, items } = sizeOf(ratings);
    const levels = levelsIn(ratings).length;
    return (
      isTableTooLarge({ ratings }) ||
      isEquationTooLarge(Math.min(reviewers, items)) ||
      areStepsTooMany(reviewers, Math.min(items, reviewers), levels, levels)
    );
  },
});

const largeKeys = [
  ...["counts", "firstRow10", "alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio"],
  ...components.keys,
  ...["ICC1_n0", "gwetAC2_quadratic", "kendallW"],
  ...["ICC1_1", "ICC2_1", "ICC3_1", "ICC1_k", "ICC2_k", "ICC3_k", "ICC2_1_ci", "ICC3_1_ci"],
];

const wholeTable = [
  form({
    measure: "large",
    wave: 1,
    name: "ratings",
    fields: ["scale", "ratings"],
    optional: [],
    params: [],
    keys: largeKeys,
    schema: inputOf({ scale: levelScale, ratings }, scoresAreOnScale),
    run: (input) => large(input.ratings, input.scale.levels),
    isTooLarge: isTableTooLarge,
  }),
  form({
    measure: "large",
    wave: 1,
    name: "generator",
    fields: ["generator"],
    optional: ["scale"],
    params: [],
    keys: largeKeys,
    schema: inputOf({ generator, scale: levelScale.optional() }),
    run(input) {
      const { min, max } = input.generator;
      const levels = Array.from({ length: max - min + 1 }, (_, index) => min + index);
      return large(generatedTable(input.generator), levels);
    },
    isTooLarge: ({ generator: { min, max, items, reviewers } }) =>
      areLevelsTooMany({ levels: max - min + 1, items, reviewers }),
  }),
];

/** What a panel's scores say of items and reviewers as a whole. */
export const panelForms: readonly Form[] = [twoWay, oneWay, components, severity, outliers, ...wholeTable];
