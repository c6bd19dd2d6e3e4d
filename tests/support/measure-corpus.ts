import { drawBelow, type Random, randomFrom, uniform } from "#rubric/statistics/random.ts";

/** A case as `concord measure` reads it. */
export interface MeasureCase {
  readonly id: string;
  readonly measure: string;
  readonly variant?: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Asked = Omit<MeasureCase, "id">;
type Table = (number | null)[][];

const five = { min: 1, max: 5, levels: [1, 2, 3, 4, 5] };
const halves = { min: -1, max: 1, levels: [-1, -0.5, 0, 0.5, 1] };
const three = { min: 0, max: 2, levels: [0, 1, 2] };
const continuous = { min: 0, max: 1, levels: null };

/** Panels as they come: whole, with holes, with nobody or one reviewer, constant, and falling into separate parts. */
const shapes: readonly { reviewers: number; items: number; holes: number }[] = [
  { reviewers: 6, items: 7, holes: 0 },
  { reviewers: 9, items: 5, holes: 0.25 },
  { reviewers: 4, items: 12, holes: 0.6 },
  { reviewers: 5, items: 6, holes: 1 },
  { reviewers: 1, items: 4, holes: 0 },
  { reviewers: 3, items: 1, holes: 0 },
  { reviewers: 0, items: 0, holes: 0 },
];

/**
 * Well-formed cases of every measure in every form, always the same ones: ordinary panels of every shape beside those in
 * which figures are undefined.
 */
export function measureCorpus(): MeasureCase[] {
  const random = randomFrom("c0ffee00000000000000000000000001");
  const asked = [
    ...cells(random),
    ...panels(random),
    ...counted(random),
    ...rounds(random),
    ...weighing(random),
    ...camps(random),
  ];
  return asked.map((one, index) => ({ id: `${one.measure} ${index}`, ...one }));
}

function cells(random: Random): Asked[] {
  const plain = ["cell-summary", "ram-disagreement", "ordinal-agreement", "within-group-agreement", "cell-uncertainty"];
  const sizes = [0, 1, 2, 3, 6, 9, 14, 40];
  const own = sizes.flatMap((size) =>
    [five, halves, three].flatMap((scale): Asked[] => {
      const ratings = tableOf(random, { reviewers: size, items: 1, holes: 0.1 }, scale.levels);
      const counts = scale.levels.map((level) => ratings.filter(([score]) => score === level).length);
      return [
        ...plain.map((measure) => ({ measure, input: { scale, ratings } })),
        ...plain.map((measure) => ({ measure, input: { scale, counts } })),
        { measure: "cell-weighted", input: { scale, ratings, weights: ratings.map(() => drawBelow(random, 4)) } },
        { measure: "ram-disagreement", input: { scale, counts, params: { quantileType: size % 2 === 0 ? 6 : 7 } } },
      ];
    }),
  );
  const unit = Array.from({ length: 11 }, () => [uniform(random)]);
  return [
    ...own,
    { measure: "cell-uncertainty", input: { scale: continuous, ratings: unit, params: { confidence: 0.8 } } },
    { measure: "ram-disagreement", input: { scale: continuous, ratings: unit } },
    { measure: "ram-disagreement", input: { panelSizes: Array.from({ length: 20 }, (_, size) => size) } },
    { measure: "within-group-agreement", input: { proportions: { skew: [0.1, 0.2, 0.3, 0.4], ends: [0.5, 0, 0.5] } } },
  ];
}

function panels(random: Random): Asked[] {
  const onScale = ["krippendorff-alpha", "krippendorff-alpha-ci", "gwet-ac", "large", "within-group-agreement-multi"];
  const onAny = [
    "icc",
    "icc-oneway-unbalanced",
    "variance-components",
    "kendall-w",
    "fleiss-kappa",
    "outlier-reviewers",
  ];
  const drawn = shapes.flatMap((shape) => [five, halves].map((scale) => [scale, tableOf(random, shape, scale.levels)]));
  const constant: Table = [
    [3, 3, 3],
    [3, 3, 3],
  ];
  const apart: Table = [
    [1, 2, null, null],
    [2, 4, null, null],
    [null, null, 5, 3],
    [null, null, 4, 3],
  ];
  return [...drawn, [five, constant], [five, apart]].flatMap(([scale, ratings]): Asked[] => [
    ...onScale.map((measure) => ({
      measure,
      input: { scale, ratings, ...(measure.endsWith("-ci") ? { params: { resamples: 200 } } : {}) },
    })),
    ...onAny.map((measure) => ({ measure, input: { ratings } })),
    { measure: "severity-adjusted", variant: "mixed", input: { ratings } },
    { measure: "severity-adjusted", variant: "additive", input: { ratings } },
  ]);
}

function counted(random: Random): Asked[] {
  const weights = ["identity", "linear", "quadratic", "ordinal"];
  const countsByItem = Array.from({ length: 6 }, () => five.levels.map(() => drawBelow(random, 4)));
  const even = [
    [4, 0, 2],
    [0, 6, 0],
    [1, 2, 3],
  ];
  const [before, after] = tableOf(random, { reviewers: 2, items: 30, holes: 0.1 }, five.levels);
  const generator = { name: "mulberry32-additive", seed: 11, reviewers: 40, items: 30, min: 1, max: 7, miss: 0.3 };
  return [
    ...weights.map((one) => ({ measure: "gwet-ac", input: { countsByItem, params: { weights: one } } })),
    { measure: "gwet-ac", input: { countsByItem: [] } },
    { measure: "fleiss-kappa", input: { countsByItem: even } },
    { measure: "fleiss-kappa", input: { countsByItem } },
    { measure: "weighted-kappa", input: { scale: five, ratings: [before, after] } },
    { measure: "weighted-kappa", input: { table: even } },
    { measure: "weighted-kappa", input: { table: [[0]] } },
    { measure: "krippendorff-alpha", input: { scale: continuous, ratings: unitTable(random, 4, 9) } },
    { measure: "large", input: { generator } },
    { measure: "large", input: { generator: { ...generator, miss: 0 } } },
  ];
}

function rounds(random: Random): Asked[] {
  return [0, 1, 2, 7, 20, 70].flatMap((size): Asked[] => {
    const [round1 = [], round2 = []] = tableOf(random, { reviewers: 2, items: size, holes: 0.1 }, five.levels);
    return [
      { measure: "round-stability", input: { scale: five, round1, round2 } },
      { measure: "round-convergence", input: { rounds: [round1, round2, round1.slice(0, 3)] } },
      { measure: "wilcoxon-signed-rank", input: { round1, round2 } },
      { measure: "wilcoxon-signed-rank", input: { round1, round2: round1 } },
    ];
  });
}

function weighing(random: Random): Asked[] {
  const weights = { kind: "uniform-simplex" };
  const sized = [
    [3, 2],
    [5, 3],
    [4, 6],
    [1, 1],
    [0, 0],
  ] as const;
  return [
    { measure: "criteria-weights", input: { ranks: [2, 1, 3, 3, 5] } },
    { measure: "criteria-weights", input: { ranks: [] } },
    ...sized.flatMap(([policies, criteria]): Asked[] => {
      const scores = unitTable(random, policies, criteria);
      const own = Array.from({ length: criteria }, () => uniform(random));
      const ratings3d = [0.1, 0.1, 0.5].map((holes) =>
        tableOf(random, { reviewers: policies, items: criteria, holes }, five.levels),
      );
      const draws = Array.from({ length: 20 }, () => unitTable(random, policies, criteria));
      return [
        {
          measure: "criteria-weights",
          input: {
            points: [...scores, scores.map(() => null).slice(0, criteria)].filter((row) => row.length === criteria),
          },
        },
        { measure: "smaa", input: { scores, weights, params: { draws: 500 } } },
        { measure: "smaa", input: { measurements: draws, weightDraws: draws.map(() => own) } },
        { measure: "weight-flip", input: { scores, weights: own } },
        { measure: "weight-flip", input: { scores, weights: own.map(() => 0) } },
        { measure: "leave-one-reviewer-out", input: { ratings3d, weights: own, scale: five } },
        { measure: "leave-one-reviewer-out", input: { ratings3d: ratings3d.slice(0, 1), weights: own } },
      ];
    }),
  ];
}

function camps(random: Random): Asked[] {
  const votes = () => Array.from({ length: 3 }, () => Array.from({ length: 8 }, () => drawBelow(random, 6)));
  const [agree, disagree] = [votes(), votes()];
  const seen = agree.map((row, group) =>
    row.map((count, statement) => count + (disagree[group]?.[statement] ?? 0) + 1),
  );
  const points = unitTable(random, 7, 2);
  return [
    ...shapes.flatMap((shape): Asked[] => {
      const ratings = tableOf(random, { ...shape, items: shape.items * 2 }, five.levels);
      const labels = ratings.map((_, reviewer) => 1 + (reviewer % 3));
      return [
        { measure: "opinion-groups", input: { ratings } },
        { measure: "opinion-groups", input: { ratings, params: { ks: [2, 5], centre: true, permutations: 99 } } },
        { measure: "group-informed-consensus", input: { ratings, labels, params: { threshold: 4 } } },
      ];
    }),
    { measure: "silhouette", input: { points, labels: [1, 1, 2, 2, 3, 3, 3] } },
    { measure: "silhouette", input: { points, labels: points.map(() => 1) } },
    {
      measure: "silhouette",
      input: {
        distances: [
          [0, 1, 4],
          [1, 0, 2],
          [4, 2, 0],
        ],
        labels: [1, 1, 2],
      },
    },
    { measure: "group-informed-consensus", input: { agree, disagree, seen } },
    { measure: "group-informed-consensus", input: { agree: [], disagree: [], seen: [] } },
  ];
}

/** Scores drawn from levels, so many of them missing. */
function tableOf(
  random: Random,
  { reviewers, items, holes }: { reviewers: number; items: number; holes: number },
  levels: readonly number[],
): Table {
  return Array.from({ length: reviewers }, () =>
    Array.from({ length: items }, () => {
      const score = levels[drawBelow(random, levels.length)] ?? null;
      return uniform(random) < holes ? null : score;
    }),
  );
}

function unitTable(random: Random, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => uniform(random)));
}
