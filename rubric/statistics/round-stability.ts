import { entryAt } from "./arrays.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import { type Measured, undefinedFor } from "./measured.ts";
import { momentsOf } from "./moments.ts";
import { type Counts, interquartileRange, median, total } from "./quantile.ts";

type Scores = readonly (number | null)[];

const PAIRED_KEYS = [
  ...(["changed", "proportionChanged", "meanChange", "meanAbsChange"] as const),
  ...(["up", "down", "towardRound1Median", "awayFromRound1Median"] as const),
];
const HISTOGRAM_KEYS = ["histogramChange", "medianShift", "iqrChange"] as const;

export type RoundStability = Readonly<
  /** Reviewers with a score in both rounds. */
  Record<"nPaired", number> &
    /** Counts of reviewers, their share, and changes in scale units. */
    Record<(typeof PAIRED_KEYS)[number], number | null> &
    /** Share of scores that lie elsewhere, 0 to 1, and changes of median and middle half in scale units. */
    Record<(typeof HISTOGRAM_KEYS)[number], number | null> &
    /** Standard deviation of round 2 by that of round 1. */
    Record<"sdRatio", number | null>
>;

/**
 * How much did one cell move from round to round? Pairs are the reviewers who scored in both rounds, listed in the same
 * order; the histogram, median, middle half (quantiles of type 2) and standard deviation are of all scores of each round.
 * A panel counts as stable where `histogramChange` is below .15.
 *
 * Scheibe, Skutsch & Schofer (1975), Experiments in Delphi methodology, in Linstone & Turoff, The Delphi Method, 262-287.
 *
 * @example roundStability([2, 5, 5], [3, 5, null], [1, 2, 3, 4, 5]).values.changed // 1
 */
export function roundStability(round1: Scores, round2: Scores, levels: readonly number[]): Measured<RoundStability> {
  const [first, second] = [countsOf(round1, levels), countsOf(round2, levels)];
  const pairs = pairsOf(round1, round2);
  const middle = median(first, levels);
  const paired =
    pairs.length === 0 || middle === null ? undefinedFor(PAIRED_KEYS, "no-scores") : pairedFigures(pairs, middle);
  const histogram = histogramMovement(first, second, levels);
  const sdRatio = measuredFrom({ sdRatio: spreadRatio(first, second, levels) });
  return {
    values: { nPaired: pairs.length, ...paired.values, ...histogram.values, ...sdRatio.values },
    reasons: { ...paired.reasons, ...histogram.reasons, ...sdRatio.reasons },
  };
}

type Pair = readonly [before: number, after: number];

function pairsOf(round1: Scores, round2: Scores): Pair[] {
  return round1.flatMap((before, reviewer): Pair[] => {
    const after = round2[reviewer] ?? null;
    return before === null || after === null ? [] : [[before, after]];
  });
}

function countsOf(scores: Scores, levels: readonly number[]): Counts {
  const times = new Map<number | null, number>(levels.map((level) => [level, 0]));
  for (const score of scores) times.set(score, (times.get(score) ?? 0) + 1);
  return levels.map((level) => Number(times.get(level)));
}

function pairedFigures(pairs: readonly Pair[], middle: number) {
  const changed = pairs.filter(([before, after]) => before !== after).length;
  const toward = pairs.map(([before, after]) => Math.abs(before - middle) - Math.abs(after - middle));
  return measuredFrom({
    changed,
    proportionChanged: changed / pairs.length,
    meanChange: sum(pairs.map(([before, after]) => after - before)) / pairs.length,
    meanAbsChange: sum(pairs.map(([before, after]) => Math.abs(after - before))) / pairs.length,
    up: pairs.filter(([before, after]) => after > before).length,
    down: pairs.filter(([before, after]) => after < before).length,
    towardRound1Median: toward.filter((gain) => gain > 0).length,
    awayFromRound1Median: toward.filter((gain) => gain < 0).length,
  });
}

/**
 * The part that the histograms of both rounds tell, whoever gave the scores: it exists on anonymous panels, too.
 *
 * @example histogramMovement([1, 1, 0], [0, 1, 1], [1, 2, 3]).values.histogramChange // 0.5
 */
export function histogramMovement(first: Counts, second: Counts, levels: readonly number[]) {
  const [before, after] = [placeOf(first, levels), placeOf(second, levels)];
  if (before === null || after === null) return undefinedFor(HISTOGRAM_KEYS, "no-scores");
  const [n1, n2] = [total(first), total(second)];
  const moved = first.map((count, level) => Math.abs(count / n1 - entryAt(second, level) / n2));
  return measuredFrom({
    histogramChange: sum(moved) / 2,
    medianShift: after.middle - before.middle,
    iqrChange: after.spread - before.spread,
  });
}

/** Median and middle half of a round; `null` without scores. */
function placeOf(counts: Counts, levels: readonly number[]) {
  const middle = median(counts, levels);
  const spread = interquartileRange(counts, levels);
  return middle === null || spread === null ? null : { middle, spread };
}

function spreadRatio(first: Counts, second: Counts, levels: readonly number[]): Figure {
  const [before, after] = [momentsOf(first, levels), momentsOf(second, levels)];
  if (before === null || after === null || before.n < 2 || after.n < 2) return "too-few-raters";
  if (before.squares === 0) return "no-variance";
  return Math.sqrt(after.squares / (after.n - 1)) / Math.sqrt(before.squares / (before.n - 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((so, number) => so + number, 0);
}
