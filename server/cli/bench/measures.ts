import { analyse } from "#rubric/analysis/analysis.ts";
import { distinctCamps } from "#rubric/groups/distinct-camps.ts";
import { smaa } from "#rubric/robustness/smaa.ts";
import { agreementWeights } from "#rubric/statistics/agreement-weights.ts";
import { codeAt } from "#rubric/statistics/arrays.ts";
import { coincidences } from "#rubric/statistics/coincidences.ts";
import { alphaOf } from "#rubric/statistics/krippendorff-alpha.ts";
import { alphaBootstrap, alphaJackknife } from "#rubric/statistics/krippendorff-alpha-ci.ts";
import { liveCellFigures, liveFigures } from "#rubric/statistics/live-figures.ts";
import { pairCounts } from "#rubric/statistics/pair-counts.ts";
import { changeScore, panelState } from "#rubric/statistics/panel-state.ts";
import { drawBelow, type Random, randomFrom, uniform } from "#rubric/statistics/random.ts";
import type { ScoreTable } from "#rubric/statistics/score-table.ts";
import { tallyItems } from "#rubric/statistics/tallies.ts";
import { analysedPanel } from "./analysed-panel.ts";
import { rounded } from "./figures.ts";
import type { Outcome } from "./report.ts";

/** One measure beside its limit, timed in turns in the same run. */
interface Timing {
  readonly what: string;
  readonly ms: number;
  readonly limit: string;
  readonly limitMs: number;
  readonly ratio: number;
}

interface Race {
  readonly what: string;
  readonly limit: string;
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
  /** How often a turn repeats ours where once is too quick to be timed; default: once. */
  readonly repeats?: number;
  /** How many turns; default: seven. Many short ones bear with other work on the machine. */
  readonly turns?: number;
}

const levels = [1, 2, 3, 4, 5];
const seed = "0000000100000002000000030000000400000005000000060000000700000008";

/** The arithmetic alone: no database, no server. Medians of several turns. */
export function benchMeasures(told: (progress: string) => void): Timing[] {
  return races().map((race) => {
    told(race.what);
    return timingOf(race);
  });
}

export function timingsOutcome(timings: readonly Timing[]): Outcome {
  const lines = timings.flatMap(({ what, ms, limit, limitMs, ratio }) => [
    what,
    `  ${shown(ms)} ms; ${limit}: ${shown(limitMs)} ms; ratio ${shown(ratio)}`,
  ]);
  return { table: lines.join("\n"), json: { bench: "measures", timings } };
}

function races(): Race[] {
  const random = randomFrom(seed);
  const large = aTable(1000, 1000, random);
  const tallies = tallyItems(large);
  const pass = onePass(large);
  const panel = analysedPanel({ reviewers: 200, policies: 6, criteria: 4 });
  const limit = "one pass over the same scores";
  return [
    oneChange(large, random),
    {
      what: "ordinal alpha from the scores, 1,000 x 1,000, 20 % missing",
      limit,
      ours: () => alphaOf(coincidences(pairCounts(tallyItems(large))), levels, "ordinal"),
      theirs: pass,
    },
    {
      what: "jackknife interval of alpha from the tallies",
      limit,
      ours: () => alphaJackknife(tallies, "ordinal", 0.95),
      theirs: pass,
    },
    {
      what: "1,000 bootstrap resamples of alpha from the tallies",
      limit,
      ours: () => alphaBootstrap(tallies, { metric: "ordinal", confidence: 0.95, resamples: 1000, seed }),
      theirs: pass,
    },
    {
      what: "10,000 SMAA draws, 20 policies x 8 criteria",
      limit: "drawing 80,000 uniform numbers",
      ours: () => smaa(policies, { draws: 10_000, random }),
      theirs: () => draw(random, 80_000),
    },
    {
      what: "opinion groups with 99 permutations, 200 reviewers x 300 cells",
      limit: "dealing out the scores 99 times",
      ours: () => distinctCamps(camps, { permutations: 99, random }),
      theirs: () => draw(random, 99 * 200 * 300),
    },
    {
      what: "all figures over several cells, 200 reviewers x 24 cells: what the other thread takes",
      limit: "2,000 passes over the same scores, one a resample",
      ours: () => analyse(panel.input, panel.context, { seedOf: () => seed }),
      theirs: () => panel.pass(2000),
    },
  ];
}

/** The cells are those of ten criteria, a hundred policies each; the changes are to the first criterion. */
function oneChange(panel: ScoreTable, random: Random): Race {
  const weights = agreementWeights(levels, "quadratic");
  const whole = panelState({ ...panel, codes: panel.codes.slice() });
  const own = firstItems(panel, panel.items / 10);
  const criterion = panelState(own);
  return {
    what: "one changed score to every live figure of its cell, criterion and panel, 1,000 reviewers x 1,000 cells",
    limit: "the panel's anew",
    ours: () => {
      const change = { reviewer: drawBelow(random, own.reviewers), item: drawBelow(random, own.items) };
      const code = drawBelow(random, levels.length + 1);
      changeScore(whole, { ...change, code });
      changeScore(criterion, { ...change, code });
      return [liveCellFigures(whole, change.item), liveFigures(criterion, weights), liveFigures(whole, weights)];
    },
    theirs: () => liveFigures(panelState(panel), weights),
    repeats: 20,
    turns: 101,
  };
}

const policies = Array.from({ length: 20 }, (_, policy) =>
  Array.from({ length: 8 }, (_, criterion) => ((policy * 7 + criterion * 11) % 17) / 4),
);
const camps = Array.from({ length: 200 }, (_, reviewer) =>
  Array.from({ length: 300 }, (_, item) =>
    (reviewer * 31 + item * 17 + reviewer * item) % 6 === 0 ? null : 1 + ((reviewer * 13 + item * 7) % 5),
  ),
);

function timingOf({ what, limit, ours, theirs, repeats = 1, turns = 7 }: Race): Timing {
  const [mine, other]: [number[], number[]] = [[], []];
  ours();
  theirs();
  for (let turn = 0; turn < turns; turn += 1) {
    mine.push(time(ours, repeats));
    other.push(time(theirs, 1));
  }
  const [ms, limitMs] = [middle(mine), middle(other)];
  return { what, ms, limit, limitMs, ratio: ms / limitMs };
}

function time(work: () => unknown, repeats: number): number {
  const began = performance.now();
  for (let count = 0; count < repeats; count += 1) work();
  return (performance.now() - began) / repeats;
}

function middle(times: number[]): number {
  return [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

/** Scores at random, a fifth of them missing. */
function aTable(reviewers: number, items: number, random: Random): ScoreTable {
  const codes = Int8Array.from({ length: reviewers * items }, () =>
    drawBelow(random, 5) === 0 ? 0 : 1 + drawBelow(random, levels.length),
  );
  return { reviewers, items, levels, codes };
}

function firstItems({ reviewers, items: width, levels, codes }: ScoreTable, items: number): ScoreTable {
  const first = Int8Array.from({ length: reviewers * items }, (_, place) =>
    codeAt(codes, Math.floor(place / items) * width + (place % items)),
  );
  return { reviewers, items, levels, codes: first };
}

/** The least that looks at each score. */
function onePass({ codes }: ScoreTable): () => number {
  return () => {
    let sum = 0;
    for (let place = 0; place < codes.length; place += 1) sum += codes[place] ?? 0;
    return sum;
  };
}

function draw(random: Random, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += uniform(random);
  return sum;
}

/** Two digits that matter. */
function shown(value: number): string {
  return value >= 1 ? String(rounded(value)) : value.toPrecision(2);
}
