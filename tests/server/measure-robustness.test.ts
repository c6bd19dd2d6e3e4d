import { describe, expect, test } from "vitest";
import type { Form } from "#server/cli/measure/form.ts";
import { groupForms } from "#server/cli/measure/group-forms.ts";
import { robustnessForms } from "#server/cli/measure/robustness-forms.ts";

const forms = [...robustnessForms, ...groupForms];

/** The form of a measure that fits the input. */
function formFor(measure: string, input: object): Form {
  const found = forms.find((form) => form.measure === measure && form.fields.every((field) => field in input));
  if (found === undefined) throw new Error(`no form of ${measure} fits`);
  return found;
}

function measured(measure: string, input: object) {
  const form = formFor(measure, input);
  const asked = form.ask(input, null);
  if ("faults" in asked) throw new Error(JSON.stringify(asked.faults));
  const answer = asked.compute();
  expect(Object.keys(answer.values)).toEqual(expect.arrayContaining([...form.keys]));
  return answer;
}

/** What is wrong with the input, line by line. */
function faults(measure: string, input: object): string[] {
  const asked = formFor(measure, input).ask(input, null);
  return "faults" in asked ? asked.faults.map(({ path, message }) => `${path}: ${message}`) : [];
}

describe("weights and robustness from the command line", () => {
  test("points and ranks", () => {
    expect(
      measured("criteria-weights", {
        points: [
          [1, null],
          [1, 3],
        ],
      }).values,
    ).toMatchObject({ panel: [0.625, 0.375] });
    expect(measured("criteria-weights", { ranks: [2, 1] }).values).toEqual({ weights: [0.25, 0.75] });
    expect(faults("criteria-weights", { points: [[1, -2], [1]] })).toEqual([
      "input.points[0][1]: must be null or a number of points from 0 up",
      "input.points[1]: has 1 entries instead of 2",
    ]);
    expect(faults("criteria-weights", { ranks: [1, 3] })).toEqual(["input.ranks[1]: 3 is no rank among 2"]);
    expect(faults("criteria-weights", { ranks: [0, 1.5] })).toHaveLength(2);
    expect(faults("criteria-weights", { ranks: "first" })).toHaveLength(1);
  });

  test("all weights: exact for few criteria, from the input's own seed for many", () => {
    const weights = { kind: "uniform-simplex" };
    expect(
      measured("smaa", {
        scores: [
          [4, 0],
          [1, 1],
        ],
        weights,
      }).values,
    ).toMatchObject({ firstRank: [0.75, 0.25] });
    const many = {
      scores: [
        [4, 1, 2, 3],
        [1, 4, 3, 2],
      ],
      weights,
      params: { draws: 500 },
    };
    const answer = measured("smaa", many);
    expect(measured("smaa", structuredClone(many))).toEqual(answer);
    expect(measured("smaa", { ...many, params: { draws: 501 } })).not.toEqual(answer);
    expect(faults("smaa", { scores: [[1, "2"]], weights: { kind: "normal" }, params: { draws: 0 } })).toEqual([
      "input.scores[0][1]: must be a number or null",
      'input.weights.kind: must be "uniform-simplex"',
      "input.params.draws: must be at least 1",
    ]);
  });

  test("given draws", () => {
    const input = {
      measurements: [
        [[2], [1]],
        [[0], [1]],
      ],
      weightDraws: [[1], [1]],
    };
    expect(measured("smaa", input).values).toMatchObject({ firstRank: [0.5, 0.5] });
    expect(faults("smaa", { measurements: [[[2], [1]], [[0, 1]], "x", [[null], 3]], weightDraws: [[1, 0]] })).toEqual([
      "input.measurements[1]: has 1 rows instead of 2",
      "input.measurements[1][0]: has 2 entries instead of 1",
      "input.measurements[2]: must be a table: a list of rows",
      "input.measurements[3][0][0]: must be a number",
      "input.measurements[3][1]: must be a row: a list",
      "input.weightDraws: has 1 entries, but measurements has 4",
      "input.weightDraws: has 2 entries in a row, but measurements has 1 criteria",
    ]);
    expect(faults("smaa", { measurements: {}, weightDraws: [[-1]] })).toEqual([
      "input.measurements: must be a list of tables",
      "input.weightDraws[0][0]: must be a number from 0 up",
    ]);
  });

  test("the least change of weights", () => {
    const input = {
      scores: [
        [4, 2],
        [2, 3],
      ],
      weights: [0.5, 0.5],
    };
    expect(measured("weight-flip", input).values).toMatchObject({ leader: 0, smallestMove: 1 / 6 });
    expect(faults("weight-flip", { ...input, weights: [1] })).toEqual([
      "input.weights: has 1 entries, but scores has 2 criteria",
    ]);
    expect(faults("weight-flip", { scores: 3, weights: [-1] })).toHaveLength(2);
    expect(measured("weight-flip", { scores: [], weights: [1] }).reasons).toMatchObject({ leader: "no-scores" });
  });

  test("leaving a reviewer out, on a scale or with values as they are", () => {
    const ratings3d = [
      [[5], [4]],
      [[1], [3]],
    ];
    const scale = { min: 1, max: 5, levels: [1, 2, 3, 4, 5] };
    expect(measured("leave-one-reviewer-out", { ratings3d, weights: [1], scale }).values).toMatchObject({
      values: [0.5, 0.625],
      winnerWithout: [1, 0],
      influentialReviewers: [1],
    });
    expect(measured("leave-one-reviewer-out", { ratings3d, weights: [1] }).values).toMatchObject({ values: [3, 3.5] });
    expect(faults("leave-one-reviewer-out", { ratings3d: [[[6], ["4"]]], weights: [1, 1], scale })).toEqual([
      "input.ratings3d[0][1][0]: must be a number or null",
      "input.ratings3d[0][0][0]: 6 is not a level of the scale",
      "input.weights: has 2 entries, but ratings3d has 1 criteria",
    ]);
  });
});

describe("groups from the command line", () => {
  const ratings = [
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 2],
    [5, 5, 5, 5, 5],
    [5, 5, 5, 5, 4],
  ];

  test("opinion groups: those asked for decide, the usual ones are answered too", () => {
    const { values } = measured("opinion-groups", {
      ratings,
      params: { ks: [3], linkage: "average", distance: "mean" },
    });
    expect(values).toMatchObject({ bestK: 3, labels2: [1, 1, 2, 2], labels3: [1, 1, 2, 3], labels4: [1, 2, 3, 4] });
    expect(measured("opinion-groups", { ratings }).values).toMatchObject({ bestK: 2 });
    expect(faults("opinion-groups", { ratings, params: { ks: [0], linkage: "single", permutations: 9 } })).toEqual([
      "input.params.ks[0]: must be at least 1",
      'input.params.linkage: must be "average"',
      "input.params.permutations: must be at least 99",
    ]);
    expect(faults("opinion-groups", { ratings: [[1, 2], [3]], scale: { min: 1, max: 2, levels: null } })).toEqual([
      "input.ratings[1]: has 1 entries instead of 2",
      "input.ratings[1][0]: 3 is not on the scale from 1 to 2",
    ]);
  });

  test("with permutations it says whether the groups are more than chance, the same each time", () => {
    const input = { ratings, params: { permutations: 99, centre: true } };
    const { values } = measured("opinion-groups", input);
    expect(values).toMatchObject({ isDistinct: false, mayBeShown: false, pValue: expect.any(Number) });
    expect(measured("opinion-groups", structuredClone(input)).values).toEqual(values);
  });

  test("silhouettes of points and of distances", () => {
    const widths = { widths: [0.8, 0.75, 0] };
    expect(measured("silhouette", { points: [[0], [1], [5]], labels: [1, 1, 2] }).values).toMatchObject(widths);
    const distances = [
      [0, 1, 5],
      [1, 0, 4],
      [5, 4, 0],
    ];
    expect(measured("silhouette", { distances, labels: [1, 1, 2] }).values).toMatchObject(widths);
    expect(faults("silhouette", { points: [[0, null]], labels: [1, 0] })).toEqual([
      "input.points[0][1]: must be a number",
      "input.labels[1]: must be at least 1",
      "input.labels: has 2 entries, but points has 1",
    ]);
    expect(
      faults("silhouette", {
        distances: [
          [0, -1],
          [2, 3],
        ],
        labels: [1, 2],
      }),
    ).toEqual([
      "input.distances[0][1]: -1 is no distance",
      "input.distances[1][0]: must be the same as the other way round",
      "input.distances[1][1]: must be 0: the distance to itself",
    ]);
    expect(faults("silhouette", { distances: [[0, 1]], labels: [1] })).toEqual([
      "input.distances[0]: has 2 entries, but there are 1 rows",
      "input.distances[0][1]: must be the same as the other way round",
    ]);
  });

  test("what all groups support, from scores and from votes", () => {
    const scores = { ratings: [[2], [1], [-1]], labels: [1, 1, 2] };
    expect(measured("group-informed-consensus", { ...scores, params: { threshold: 1 } }).values).toMatchObject({
      product: [0.25],
    });
    expect(faults("group-informed-consensus", { ...scores, labels: [1], params: {} })).toEqual([
      "input.params.threshold: is missing",
      "input.labels: has 1 entries, but ratings has 3",
    ]);
    const votes = { agree: [[2], [0]], disagree: [[0], [1]], seen: [[2], [1]] };
    expect(measured("group-informed-consensus", votes).values).toMatchObject({ groupAwareConsensusAgree: [0.25] });
    expect(faults("group-informed-consensus", { agree: [[2, 1]], disagree: [[1], [0.5]], seen: [[2], [1]] })).toEqual([
      "input.disagree[1][0]: must be a whole number from 0 up",
      "input.agree: has 1 rows, but seen has 2",
      "input.agree: has 2 columns, but seen has 1",
      "input.seen[0][0]: 2 saw it, but 3 agreed or disagreed",
    ]);
  });
});
