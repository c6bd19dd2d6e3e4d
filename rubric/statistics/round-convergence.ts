import { entryAt } from "./arrays.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import type { Measured } from "./measured.ts";

const PER_ROUND = ["sd", "meanAbsDev", "range"] as const;

export type RoundConvergence = Readonly<
  /** By round, in scale units: standard deviation, mean distance from the mean, highest less lowest score. */
  Record<(typeof PER_ROUND)[number], readonly (number | null)[]> & {
    readonly sdRatioLastFirst: number | null;
  }
>;

/**
 * Is the spread shrinking over several rounds? Each round's spread over its own scores; `sdRatioLastFirst` below 1 says
 * that the last round lies closer together than the first. Order and company of the scores do not matter.
 *
 * Scheibe, Skutsch & Schofer (1975), Experiments in Delphi methodology, in Linstone & Turoff, The Delphi Method, 262-287.
 *
 * @example roundConvergence([[1, 5], [2, 4]]).values.sdRatioLastFirst // 0.5
 */
export function roundConvergence(rounds: readonly (readonly (number | null)[])[]): Measured<RoundConvergence> {
  const spreads = rounds.map((round) => spreadOf(round.filter((score) => score !== null)));
  return measuredFrom({
    sd: spreads.map((spread) => spread?.sd ?? "too-few-raters"),
    meanAbsDev: spreads.map((spread) => spread?.meanAbsDev ?? "too-few-raters"),
    range: spreads.map((spread) => spread?.range ?? "too-few-raters"),
    sdRatioLastFirst: ratioOf(spreads.at(0), spreads.at(-1)),
  });
}

interface Spread {
  readonly sd: number;
  readonly meanAbsDev: number;
  readonly range: number;
}

function spreadOf(scores: readonly number[]): Spread | null {
  if (scores.length < 2) return null;
  const first = entryAt(scores, 0);
  // Taking the first score as zero, equal scores have no spread at all, whatever the rounding of their mean.
  const mean = scores.reduce((sum, score) => sum + (score - first), 0) / scores.length;
  const off = scores.map((score) => score - first - mean);
  const ordered = [...scores].sort((left, right) => left - right);
  return {
    sd: Math.sqrt(off.reduce((sum, distance) => sum + distance * distance, 0) / (scores.length - 1)),
    meanAbsDev: off.reduce((sum, distance) => sum + Math.abs(distance), 0) / scores.length,
    range: entryAt(ordered, ordered.length - 1) - entryAt(ordered, 0),
  };
}

function ratioOf(first: Spread | null | undefined, last: Spread | null | undefined): Figure {
  if (first === undefined || last === undefined) return "no-scores";
  if (first === null || last === null) return "too-few-raters";
  return first.sd === 0 ? "no-variance" : last.sd / first.sd;
}
