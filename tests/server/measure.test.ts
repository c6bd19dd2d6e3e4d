import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "#tests/support/command.ts";

const five = { min: 1, max: 5, levels: [1, 2, 3, 4, 5] };
const summary = { measure: "cell-summary", input: { scale: five, ratings: [[2], [4], [null]] } };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "concord-measure-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file and measures it; on standard error the file is called FILE. */
async function measure(content: unknown) {
  const file = join(folder, "cases.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  const { code, stdout, stderr } = await runCommand(["measure", file]);
  return { code, stdout, lines: stderr.replaceAll(file, "FILE").split("\n").slice(0, -1) };
}

/** The answers to cases that are well-formed. */
async function answers(content: unknown) {
  const { code, stdout, lines } = await measure(content);
  expect({ code, lines }).toEqual({ code: 0, lines: [] });
  return JSON.parse(stdout);
}

/** What is said of a file that is malformed. */
async function faults(content: unknown): Promise<string[]> {
  const { code, stdout, lines } = await measure(content);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return lines;
}

describe("measure FILE", () => {
  test("answers the cases in their order, echoing id and variant", async () => {
    const weighted = { ...summary.input, weights: [1, 3, 0] };
    const answered = await answers([
      { id: "one", variant: "chooses nothing", expected: 7, ...summary },
      { id: "two", measure: "cell-weighted", input: weighted },
    ]);
    expect(answered).toMatchObject([
      {
        id: "one",
        measure: "cell-summary",
        variant: "chooses nothing",
        result: { n: 2, median: 3, counts: [0, 1, 0, 1, 0] },
      },
      {
        id: "two",
        measure: "cell-weighted",
        variant: null,
        result: { weightedMean: 3.5, weightedMedian: 4, effectiveN: 1.6 },
      },
    ]);
    expect(answered[0]).not.toHaveProperty("reasons");
  });

  test("takes one case without a list, and numbers cases without an id", async () => {
    expect(await answers(summary)).toMatchObject([{ id: "#0", result: { mean: 3 } }]);
    expect(await answers([summary, { ...summary, id: 12 }, { ...summary, id: null }])).toMatchObject([
      { id: "#0" },
      { id: 12 },
      { id: "#2" },
    ]);
  });

  test("an empty list has no answers", async () => {
    expect(await measure([])).toEqual({ code: 0, stdout: "[]\n", lines: [] });
    expect(await measure("\uFEFF[]")).toEqual({ code: 0, stdout: "[]\n", lines: [] });
  });

  test("what is undefined is null with a reason, and no fault", async () => {
    const [empty, two] = await answers([
      { ...summary, input: { scale: five, ratings: [[null], [null]] } },
      { measure: "ordinal-agreement", input: { scale: { min: 0, max: 1, levels: [0, 1] }, counts: [2, 2] } },
    ]);
    expect(empty).toMatchObject({ result: { n: 0, mean: null }, reasons: { mean: "no-scores", sd: "no-scores" } });
    expect(two).toMatchObject({ result: { agreementA: null }, reasons: { agreementA: "too-few-levels" } });
  });

  test("counts win where scores are given too, and the form follows from the fields", async () => {
    const answered = await answers([
      { ...summary, input: { scale: five, counts: [0, 0, 0, 0, 1], ratings: [[1], [1]] } },
      { measure: "ram-disagreement", variant: "9-point", input: { panelSizes: [2, 9] } },
      { measure: "within-group-agreement", input: { proportions: { halves: [0.5, 0, 0.5] } } },
      { measure: "cell-uncertainty", input: { scale: { min: 0, max: 9, levels: null }, ratings: [[1.5], [2.25]] } },
    ]);
    expect(answered[0].result.median).toBe(5);
    expect(answered[1].result).toMatchObject({ disagreementMinEachExtreme: [null, 3], isExtrapolated: [true, false] });
    expect(answered[1].reasons).toEqual({
      "disagreementMinEachExtreme[0]": "too-few-raters",
      "agreementMaxOutside[0]": "too-few-raters",
    });
    expect(answered[2].result).toMatchObject({ halves: 1, uniform5: 2, maxDissensus9: 16 });
    expect(answered[3].result.meanSe).toBe(0.375);
  });

  test("warns of fields that nothing reads, which change nothing", async () => {
    const input = { ...summary.input, rating: 3, params: { quantileType: 7 } };
    const { code, stdout, lines } = await measure([{ ...summary, id: "a", input }]);
    expect({ code, lines }).toEqual({
      code: 0,
      lines: [
        "FILE: case a: input.rating: is not read by cell-summary and changes nothing",
        "FILE: case a: input.params: is not read by cell-summary and changes nothing",
      ],
    });
    expect(JSON.parse(stdout)[0].result).toEqual((await answers(summary))[0].result);
  });
});

describe("measure FILE, malformed", () => {
  test("all faults of all cases are told at once, one a line", async () => {
    const ratings = [[1], [6], ["4"], [2, 3], 5];
    expect(
      await faults([
        { id: "a", measure: "cell-weighted", input: { scale: five, ratings, weights: [1, -1] } },
        summary,
        {
          id: "b\n\u001b[31m",
          measure: "cell-uncertainty",
          input: { scale: five, counts: [1.5, 2], params: { confidence: 1 } },
        },
      ]),
    ).toEqual([
      "FILE: case a: input.ratings[2][0]: must be a number or null",
      "FILE: case a: input.ratings[3]: has 2 entries instead of 1",
      "FILE: case a: input.ratings[4]: must be a row: a list",
      "FILE: case a: input.weights[1]: must be at least 0",
      "FILE: case a: input.ratings[1][0]: 6 is not a level of the scale",
      "FILE: case a: input.weights: has 2 entries, but ratings has 5",
      "FILE: case b [31m: input.counts[0]: must be a whole number",
      "FILE: case b [31m: input.params.confidence: must be below 1",
      "FILE: case b [31m: input.counts: has 2 entries, but the scale has 5 levels",
    ]);
  });

  test.each([
    ["neither an object nor a list", "7", "FILE: must be a case, which is an object, or a list of cases"],
    ["a case that is no object", "[3]", "FILE: case #0: must be an object"],
    [
      "an unknown measure",
      { measure: "cronbach", input: {} },
      'FILE: case #0: measure: "cronbach" is not a measure: concord measure --list names them',
    ],
    ["no input", { measure: "cell-summary" }, "FILE: case #0: input: is missing"],
    [
      "no form that matches",
      { id: "a", measure: "cell-summary", input: { scale: five } },
      "FILE: case a: input: must hold scale, counts; or scale, ratings",
    ],
    ["a variant that is no text", { ...summary, variant: 3 }, "FILE: case #0: variant: must be a text"],
    [
      "a scale upside down",
      { ...summary, input: { scale: { min: 5, max: 1, levels: [5, 1] }, ratings: [] } },
      "FILE: case #0: input.scale.max: 1 is not above the scale's min, 5",
    ],
    [
      "levels out of order",
      { ...summary, input: { scale: { min: 1, max: 3, levels: [1, 3, 2] }, ratings: [] } },
      "FILE: case #0: input.scale.levels[2]: 2 is not above the level before it",
    ],
    [
      "levels that leave out an end",
      { ...summary, input: { scale: { min: 1, max: 3, levels: [1, 2] }, ratings: [] } },
      "FILE: case #0: input.scale.levels: must run from 1 to 3",
    ],
    [
      "a continuous scale where levels are counted",
      { ...summary, input: { scale: { min: 1, max: 3, levels: null }, ratings: [] } },
      "FILE: case #0: input.scale.levels: must be listed: this measure counts scores by level",
    ],
    [
      "a score off a continuous scale",
      { measure: "cell-uncertainty", input: { scale: { min: 1, max: 3, levels: null }, ratings: [[3.5]] } },
      "FILE: case #0: input.ratings[0][0]: 3.5 is not on the scale from 1 to 3",
    ],
    [
      "ratings that are no table",
      { ...summary, input: { scale: five, ratings: "none" } },
      "FILE: case #0: input.ratings: must be a list of rows",
    ],
    [
      "a type of quantile there is not",
      { measure: "ram-disagreement", input: { scale: five, ratings: [[1]], params: { quantileType: 5 } } },
      "FILE: case #0: input.params.quantileType: must be 2 or 6 or 7",
    ],
    [
      "shares that are no distribution",
      { measure: "within-group-agreement", input: { proportions: { a: [0.5, 0.4] } } },
      "FILE: case #0: input.proportions.a: the shares must add up to 1",
    ],
    [
      "numbers that do not fit a double's range",
      {
        measure: "cell-uncertainty",
        input: { scale: { min: -1e300, max: 1e300, levels: null }, ratings: [[-1e300], [1e300]] },
      },
      "FILE: case #0: result.meanSe: the numbers are too large or too small to compute with",
    ],
  ])("%s", async (_kind, content, line) => {
    expect((await faults(content))[0]).toBe(line);
  });

  test("what is not JSON, or not there, or not asked for", async () => {
    expect(await faults("{")).toHaveLength(1);
    expect((await faults("{\n}}"))[0]).toMatch(/^FILE: is not JSON: .+/);
    expect(await runCommand(["measure", join(folder, "none.json")])).toMatchObject({ code: 2, stdout: "" });
    expect(await runCommand(["measure"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "Give either a file of cases or --list.\n",
    });
    expect(await runCommand(["measure", "x.json", "--list"])).toMatchObject({ code: 2, stdout: "" });
  });
});

test("measure --list names every measure once, sorted, with what it takes and answers", async () => {
  const { code, stdout, stderr } = await runCommand(["measure", "--list"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const list: { measure: string }[] = JSON.parse(stdout);
  const names = list.map(({ measure }) => measure);
  expect(names).toEqual([...new Set(names)].sort());
  expect(list.find(({ measure }) => measure === "ram-disagreement")).toMatchObject({
    wave: 1,
    variants: ["counts", "ratings", "panelSizes"],
    input: ["scale", "counts", "ratings", "params", "panelSizes"],
    params: ["quantileType"],
    keys: expect.arrayContaining(["n", "median9", "ipras", "classification", "agreementMaxOutside"]),
  });
});
