import type { Criterion } from "./rubric.ts";
import { anchorOf, levelsOf, type Scale, type ScaleRange, type Third, thirdOf } from "./scale.ts";
import type { NonScore } from "./score.ts";
import type { Counts } from "./statistics/quantile.ts";
import type { Direction, Disagreement } from "./verdict.ts";
import type { BoardCell } from "./views.ts";

/** The words every screen and sentence is made of: figures as printed and as spoken, outcomes, lists, counts. */

const minus = "\u2212";

/**
 * A score, median or spread as printed: a real minus sign, and a plus where the scale has negative levels.
 * @example printScore(0.5, { min: -2, max: 2, step: 1 }) // "+0.5"
 */
export function printScore(value: number, scale: ScaleRange): string {
  return signed(value, scale, { below: minus, above: "+" });
}

/**
 * The same figure as a screen reader should say it.
 * @example spellScore(-2, { min: -2, max: 2, step: 1 }) // "minus 2"
 */
export function spellScore(value: number, scale: ScaleRange): string {
  return signed(value, scale, { below: "minus ", above: "plus " });
}

/** One way to write a figure: `printScore` or `spellScore`. */
export type Writing = typeof printScore;

function signed(value: number, scale: ScaleRange, signs: { below: string; above: string }): string {
  const size = String(Math.abs(value));
  if (value < 0) return signs.below + size;
  return value > 0 && scale.min < 0 ? signs.above + size : size;
}

/** @example listWords(["a", "b", "c"]) // "a, b and c" */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** @example countWords(1, "score") // "1 score" */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const smallNumbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

export function numberWord(count: number): string {
  return smallNumbers[count] ?? String(count);
}

export function nonScoreWords(nonScore: NonScore | "absent"): string {
  switch (nonScore) {
    case "cannot-judge":
      return "Cannot judge";
    case "abstain":
      return "Abstain";
    case "recused":
      return "Recused";
    case "absent":
      return "Absent";
  }
}

/** The non-scores of a cell that occur, each with its count. */
export function nonScoreCounts(nonScores: BoardCell["nonScores"]): string[] {
  const { cannotJudge, abstain, recused, absent } = nonScores;
  const counted: [number, string][] = [
    [cannotJudge, "cannot judge"],
    [abstain, "abstain"],
    [recused, "recused"],
    [absent, "absent"],
  ];
  return counted.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
}

/** What is needed to put a cell's outcome into words. */
export interface Frame {
  readonly criterion: Pick<Criterion, "effect">;
  readonly scale: Scale;
  /** While a round is scoring, every outcome is one so far. */
  readonly isSoFar: boolean;
}

/** What an agreed cell found, in the criterion's own words where it has them. */
export function directionWords(direction: Direction, frame: Pick<Frame, "criterion" | "scale">): string {
  switch (direction) {
    case "supports":
      return frame.criterion.effect?.high ?? "improves";
    case "opposes":
      return frame.criterion.effect?.low ?? "worsens";
    case "neutral":
      return "no clear effect";
  }
}

type Decided = Pick<BoardCell, "verdict" | "direction" | "rule">;

/**
 * The outcome of a cell. By the IPRAS rule the word agreed would claim too much: it finds no disagreement.
 * @example "Agreed: less misuse", "Contested so far"
 */
export function outcomeWords(cell: Decided, frame: Frame): string {
  const soFar = frame.isSoFar ? " so far" : "";
  switch (cell.verdict) {
    case "agreed":
      return `${agreedWord(cell)}${soFar}: ${directionWords(cell.direction ?? "neutral", frame)}`;
    case "contested":
      return `Contested${soFar}`;
    case "too-few":
      return `Too few scores${soFar}`;
  }
}

function agreedWord(cell: Pick<BoardCell, "rule">): string {
  return cell.rule.id === "ipras" ? "Without disagreement" : "Agreed";
}

/** The second word about a cell: how far its scores lie apart. */
export function spreadWords(cell: { verdict: BoardCell["verdict"]; disagreement: Disagreement | null }): string | null {
  if (cell.disagreement === null) return null;
  if (cell.verdict !== "contested") return `Disagreement: ${cell.disagreement}`;
  return cell.disagreement === "strong" ? "Disagreement: strong, a split" : "Disagreement: some, no agreement";
}

/** The lowest and highest score given; `null` without scores. */
function rangeOf(counts: Counts | null, scale: ScaleRange): { lowest: number; highest: number } | null {
  const given = levelsOf(scale).filter((_, index) => (counts?.[index] ?? 0) > 0);
  const [lowest, highest] = [given[0], given.at(-1)];
  return lowest === undefined || highest === undefined ? null : { lowest, highest };
}

/** @example "−2 to +2"; a cell where all scores are equal has one figure. */
export function rangeWords(counts: Counts | null, scale: ScaleRange, write: Writing): string {
  const range = rangeOf(counts, scale);
  if (range === null) return "no scores";
  const { lowest, highest } = range;
  return lowest === highest ? write(lowest, scale) : `${write(lowest, scale)} to ${write(highest, scale)}`;
}

/** How many scores lie in each third of the scale that has any. @example ["3 below 0", "1 at 0", "3 above 0"] */
export function thirdCounts(counts: Counts | null, scale: ScaleRange, write: Writing): string[] {
  const thirds: Third[] = ["low", "middle", "high"];
  return thirds.flatMap((third) => {
    const levels = levelsOf(scale).flatMap((level, index) =>
      thirdOf(scale, level) === third ? [{ level, index }] : [],
    );
    const count = levels.reduce((sum, { index }) => sum + (counts?.[index] ?? 0), 0);
    return count === 0 ? [] : [`${count} ${thirdWords(third, scale, write)}`];
  });
}

/** A third of the scale in words: by its middle where that is one level, zero; else by its levels. */
export function thirdWords(third: Third, scale: ScaleRange, write: Writing): string {
  const levelsIn = (which: Third) => levelsOf(scale).filter((level) => thirdOf(scale, level) === which);
  if (levelsIn("middle").join() === "0") return { low: "below 0", middle: "at 0", high: "above 0" }[third];
  const levels = levelsIn(third);
  const [first, last] = [levels[0], levels.at(-1)];
  // A scale of two levels has none there.
  if (first === undefined || last === undefined) return "in the middle";
  return first === last ? `at ${write(first, scale)}` : `at ${write(first, scale)} to ${write(last, scale)}`;
}

/** What one reviewer answered, in words: the figure with its anchor, or the non-score. */
export function answerWords(
  answer: { value: number | null; nonScore: NonScore | "absent" | null },
  scale: Scale,
): string {
  if (answer.nonScore !== null) return nonScoreWords(answer.nonScore);
  if (answer.value === null) return "No score yet";
  const anchor = anchorOf(scale, answer.value);
  return anchor === "" ? printScore(answer.value, scale) : `${printScore(answer.value, scale)} ${anchor}`;
}
