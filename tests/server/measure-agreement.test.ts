import { describe, expect, test } from "vitest";
import { agreementForms } from "#server/cli/measure/agreement-forms.ts";
import type { Form } from "#server/cli/measure/form.ts";
import { type Generator, generatedTable } from "#server/cli/measure/generated-table.ts";
import { panelForms } from "#server/cli/measure/panel-forms.ts";
import { roundsForms } from "#server/cli/measure/rounds-forms.ts";

const forms = [...agreementForms, ...panelForms, ...roundsForms];

const three = { min: 1, max: 3, levels: [1, 2, 3] };
const ratings = [
  [1, 2, 3, null],
  [1, 2, 2, 3],
  [2, 2, 3, 1],
];

function formFor(measure: string, input: object): Form {
  const found = forms.find((form) => form.measure === measure && form.fields.every((field) => field in input));
  if (found === undefined) throw new Error(`no form of ${measure} fits`);
  return found;
}

/** The values, after checking that every key of the form is there. */
function values(measure: string, input: object, variant: string | null = null): Record<string, unknown> {
  const form = formFor(measure, input);
  const asked = form.ask(input, variant);
  if ("faults" in asked) throw new Error(JSON.stringify(asked.faults));
  const answer = Object.fromEntries(Object.entries(asked.compute().values));
  // The one measure whose variant chooses between keys.
  if (measure !== "severity-adjusted") expect(Object.keys(answer).sort()).toEqual([...form.keys].sort());
  else expect(form.keys).toEqual(expect.arrayContaining(Object.keys(answer)));
  return answer;
}

/** What is wrong with the input, line by line. */
function faults(measure: string, input: object): string[] {
  const asked = formFor(measure, input).ask(input, null);
  return "faults" in asked ? asked.faults.map(({ path, message }) => `${path}: ${message}`) : [];
}

describe("agreement from the command line", () => {
  test("alpha; on a continuous scale the scores are the levels, and its lower end decides on the ratio metric", () => {
    const listed = values("krippendorff-alpha", { scale: three, ratings });
    expect(values("krippendorff-alpha", { scale: { ...three, levels: null }, ratings })).toEqual(listed);
    const below = values("krippendorff-alpha", { scale: { min: -1, max: 3, levels: null }, ratings });
    expect(below).toEqual({ ...listed, ratio: null });
    expect(faults("krippendorff-alpha", { scale: three, ratings: [[1, 6], [2]] })).toEqual([
      "input.ratings[1]: has 1 entries instead of 2",
      "input.ratings[0][1]: 6 is not a level of the scale",
    ]);
  });

  test("intervals of alpha: chance from the input, or from a seed of one's own", () => {
    const input = { scale: three, ratings };
    const once = values("krippendorff-alpha-ci", input);
    expect(values("krippendorff-alpha-ci", { ratings, scale: three })).toEqual(once);
    const seed = "0123456789abcdef0123456789abcdef";
    const seeded = values("krippendorff-alpha-ci", { ...input, params: { seed, resamples: 50 } });
    expect(seeded).toEqual(values("krippendorff-alpha-ci", { ...input, params: { resamples: 50, seed } }));
    expect(seeded.jackknifeSe).toBe(once.jackknifeSe);
    const nominal = values("krippendorff-alpha-ci", { ...input, params: { metric: "nominal", levelConf: 0.5 } });
    expect(nominal.alpha).toBe(values("krippendorff-alpha", input).nominal);
    expect(Number(nominal.jackknifeCiLow)).toBeGreaterThan(Number(once.jackknifeCiLow));
    expect(
      faults("krippendorff-alpha-ci", {
        ...input,
        params: { metric: "cubic", levelConf: 1, resamples: 0, seed: "0".repeat(32) },
      }),
    ).toEqual([
      'input.params.metric: must be "nominal" or "ordinal" or "interval" or "ratio"',
      "input.params.levelConf: must be below 1",
      "input.params.resamples: must be at least 1",
      "input.params.seed: must be 32 hex digits or more, the first 32 not all zero",
    ]);
  });

  test("AC and Fleiss's kappa by scores or by counts", () => {
    const countsByItem = [
      [2, 1, 0],
      [0, 3, 0],
      [0, 1, 2],
      [1, 0, 1],
    ];
    const params = { weights: "quadratic" };
    expect(values("gwet-ac", { scale: three, ratings, params })).toEqual(values("gwet-ac", { countsByItem, params }));
    expect(values("gwet-ac", { scale: { min: 0, max: 10, levels: [0, 5, 10] }, countsByItem, params })).toEqual(
      values("gwet-ac", { countsByItem, params }),
    );
    expect(values("gwet-ac", { countsByItem })).not.toEqual(values("gwet-ac", { countsByItem, params }));
    expect(values("gwet-ac", { countsByItem: [] })).toMatchObject({ pa: null });
    const complete = ratings.map((row) => row.slice(0, 3));
    expect(values("fleiss-kappa", { ratings: complete })).toEqual(
      values("fleiss-kappa", { countsByItem: countsByItem.slice(0, 3) }),
    );
    expect(
      faults("gwet-ac", {
        scale: three,
        countsByItem: [
          [1, 2],
          [-1, 0.5],
        ],
        params: { weights: "none" },
      }),
    ).toEqual([
      "input.countsByItem[1][0]: must be a whole number from 0 up",
      "input.countsByItem[1][1]: must be a whole number from 0 up",
      'input.params.weights: must be "identity" or "linear" or "quadratic" or "ordinal"',
      "input.countsByItem[0]: has 2 entries, but the scale has 3 levels",
    ]);
    expect(faults("fleiss-kappa", { countsByItem: "none" })).toHaveLength(1);
  });

  test("weighted kappa by table or by two rows of scores", () => {
    const table = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ];
    expect(values("weighted-kappa", { scale: three, ratings: ratings.slice(0, 2) })).toEqual(
      values("weighted-kappa", { table }),
    );
    expect(values("weighted-kappa", { table, scale: three })).toEqual(values("weighted-kappa", { table }));
    expect(faults("weighted-kappa", { scale: three, ratings })).toEqual([
      "input.ratings: must have two rows, one for each round",
    ]);
    expect(faults("weighted-kappa", { scale: three, ratings: null })).toHaveLength(1);
    expect(faults("weighted-kappa", { table: [[1, 0]] })).toEqual(["input.table: must be square"]);
    expect(faults("weighted-kappa", { table: [[1, -2], null] })).toEqual([
      "input.table[0][1]: must be a number from 0 up",
      "input.table[1]: must be a row: a list",
    ]);
    expect(faults("weighted-kappa", { table: 7 })).toHaveLength(1);
  });

  test("W takes any numbers; where a scale is given, they are on it", () => {
    expect(
      values("kendall-w", {
        ratings: [
          [0.5, 7, 9],
          [1, 2, 3],
        ],
      }),
    ).toMatchObject({ W: 1 });
    expect(faults("kendall-w", { ratings: [[0.5]], scale: three })).toEqual([
      "input.ratings[0][0]: 0.5 is not a level of the scale",
    ]);
  });
});

describe("figures of a panel from the command line", () => {
  test("intraclass correlations, variance components, reviewers", () => {
    const complete = ratings.map((row) => row.slice(0, 3));
    expect(values("icc", { ratings })).toEqual(values("icc", { ratings: complete, scale: three }));
    expect(values("icc-oneway-unbalanced", { ratings })).toMatchObject({ meanSize: 11 / 4 });
    expect(values("variance-components", { ratings }).reml_varItem).not.toBeNull();
    expect(values("outlier-reviewers", { ratings, scale: three })).toMatchObject({ usedLevels: [3, 3, 3] });
  });

  test("severity: mixed unless another variant is named", () => {
    const input = { ratings };
    const mixed = values("severity-adjusted", input);
    expect(mixed).toHaveProperty("seAdjusted");
    expect(values("severity-adjusted", input, "mixed: REML")).toEqual(mixed);
    const additive = values("severity-adjusted", input, "additive");
    expect(additive).toMatchObject({ components: 1, df: 5 });
    expect(values("severity-adjusted", input, "edge: whatever")).toEqual(additive);
  });

  test("a whole table, listed or generated", () => {
    const generator: Generator = {
      name: "mulberry32-additive",
      seed: 7,
      reviewers: 6,
      items: 5,
      min: 1,
      max: 3,
      miss: 0.2,
    };
    const scores = generatedTable(generator);
    expect(
      scores
        .flat()
        .filter((score) => score !== null)
        .every((score) => [1, 2, 3].includes(score)),
    ).toBe(true);
    expect(scores.flat().includes(null)).toBe(true);
    const listed = values("large", { scale: three, ratings: scores });
    expect(values("large", { generator })).toEqual(listed);
    expect(values("large", { generator, scale: three })).toEqual(listed);
    expect(faults("large", { generator: { ...generator, name: "other", max: 1, miss: 2 } })).toEqual([
      'input.generator.name: must be "mulberry32-additive", the only generator there is',
      "input.generator.miss: must be at most 1",
    ]);
    expect(faults("large", { generator: { ...generator, max: 1 } })).toEqual([
      "input.generator.max: must be above min",
    ]);
    expect(faults("large", { generator: { ...generator, reviewers: 10_000, items: 10_000 } })).toEqual([
      "input.generator: must not ask for more than ten million scores",
    ]);
  });
});

describe("rounds from the command line", () => {
  test("two rounds of one cell, several rounds, and the signed ranks", () => {
    const input = { round1: [1, 2, 3, null], round2: [2, 2, 1, 3] };
    const listed = values("round-stability", { ...input, scale: three });
    expect(listed).toMatchObject({ nPaired: 3, changed: 2 });
    expect(values("round-stability", { ...input, scale: { ...three, levels: null } })).toEqual(listed);
    expect(values("wilcoxon-signed-rank", input)).toMatchObject({ n: 2, zeros: 1 });
    expect(
      values("round-convergence", {
        rounds: [
          [1, 2.5],
          [2, null],
        ],
      }),
    ).toMatchObject({ range: [1.5, null] });
    expect(faults("round-stability", { scale: three, round1: [1, 5], round2: [1, "2", 3] })).toEqual([
      "input.round2[1]: must be a number or null",
      "input.round2: has 3 entries, but round1 has 2",
      "input.round1[1]: 5 is not a level of the scale",
    ]);
    expect(faults("wilcoxon-signed-rank", { ...input, scale: { ...three, levels: [1, 3] } })).toEqual([
      "input.round1[1]: 2 is not a level of the scale",
      "input.round2[0]: 2 is not a level of the scale",
      "input.round2[1]: 2 is not a level of the scale",
    ]);
  });
});
