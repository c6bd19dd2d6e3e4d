import type { PolicyConsensus } from "./reconcile.ts";
import { type CellId, type Criterion, labelOf, type Policy, type Rubric } from "./rubric.ts";
import type { ScaleRange } from "./scale.ts";
import type { NonScore } from "./score.ts";
import type { BoardCell, Progress } from "./views.ts";
import {
  countWords,
  directionWords,
  type Frame,
  listWords,
  nonScoreCounts,
  nonScoreWords,
  numberWord,
  outcomeWords,
  printScore,
  rangeWords,
  spellScore,
  thirdCounts,
} from "./words.ts";

/** Sentences made from counts by rule: what a picture shows, for people who read or hear it instead. */

/** The viewer's own answer to a cell, and the one before it. */
export interface OwnAnswer {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly earlier: number | null;
}

/**
 * What a dot strip shows.
 * @example "9 scores. Median plus 1. Range minus 1 to plus 2. Yours plus 1, was 0. Agreed: less misuse."
 */
export function stripSentence(cell: BoardCell, frame: Frame, own: OwnAnswer | null = null): string {
  if (cell.verdict === "too-few") return tooFewSentence(cell);
  const parts = cell.verdict === "contested" ? contestedParts(cell, frame) : agreedParts(cell, frame);
  return [...parts, ...nonScoreParts(cell), ...ownParts(own, frame), `${outcomeWords(cell, frame)}.`].join(" ");
}

/** @example "2 scores, 5 cannot judge. Outcomes are shown from 3 scores." */
function tooFewSentence(cell: Pick<BoardCell, "n" | "nonScores" | "rule">): string {
  const counts = [countWords(cell.n, "score"), ...nonScoreCounts(cell.nonScores)].join(", ");
  return `${counts}. Outcomes are shown from ${cell.rule.minScores} scores.`;
}

function agreedParts(cell: BoardCell, { scale }: Frame): string[] {
  const median = cell.median === null ? "none" : spellScore(cell.median, scale);
  return [
    `${countWords(cell.n, "score")}.`,
    `Median ${median}.`,
    `Range ${rangeWords(cell.counts, scale, spellScore)}.`,
  ];
}

function contestedParts(cell: BoardCell, { scale }: Frame): string[] {
  const range = rangeWords(cell.counts, scale, spellScore);
  return [`${countWords(cell.n, "score")} from ${range}: ${thirdCounts(cell.counts, scale, spellScore).join(", ")}.`];
}

function nonScoreParts(cell: BoardCell): string[] {
  const counts = nonScoreCounts(cell.nonScores);
  return counts.length === 0 ? [] : [`Beside them ${counts.join(", ")}.`];
}

function ownParts(own: OwnAnswer | null, { scale }: Frame): string[] {
  if (own === null) return [];
  if (own.nonScore !== null) return [`Yours: ${nonScoreWords(own.nonScore).toLowerCase()}.`];
  if (own.value === null) return [];
  const hasMoved = own.earlier !== null && own.earlier !== own.value;
  const was = hasMoved && own.earlier !== null ? `, was ${spellScore(own.earlier, scale)}` : "";
  return [`Yours ${spellScore(own.value, scale)}${was}.`];
}

/** The counts beside a strip. @example "3 below 0 · 1 at 0 · 3 above 0" */
export function countsLine(cell: BoardCell, scale: Frame["scale"]): string {
  const scores =
    cell.verdict === "too-few" ? [`${cell.n} of ${cell.eligible} scored`] : thirdCounts(cell.counts, scale, printScore);
  return [...scores, ...nonScoreCounts(cell.nonScores)].join(" · ");
}

/** The name of a cell's link. @example "Export controls, Misuse by China: contested, scores minus 1 to plus 2, so far" */
export function cellLinkName(cell: BoardCell, frame: Frame & { criterion: Criterion; policy: Policy }): string {
  const { policy, criterion, scale } = frame;
  const soFar = frame.isSoFar ? ", so far" : "";
  const outcome = outcomeWords(cell, { criterion, scale, isSoFar: false });
  return `${labelOf(policy)}, ${labelOf(criterion)}: ${lowerFirst(outcome)}, ${figureWords(cell, frame)}${soFar}`;
}

function figureWords(cell: BoardCell, { scale }: Frame): string {
  switch (cell.verdict) {
    case "agreed":
      return cell.median === null ? "no median" : `median ${spellScore(cell.median, scale)}`;
    case "contested":
      return `scores ${rangeWords(cell.counts, scale, spellScore)}`;
    case "too-few":
      return `${cell.n} of ${cell.eligible} scored`;
  }
}

/** What stands in a coloured cell: the median where agreed, the range where contested, n where too few. */
export function cellFigure(cell: BoardCell, scale: Frame["scale"]): string {
  switch (cell.verdict) {
    case "agreed":
      return cell.median === null ? "" : printScore(cell.median, scale);
    case "contested":
      return rangeWords(cell.counts, scale, printScore);
    case "too-few":
      return `${cell.n} of ${cell.eligible}`;
  }
}

/** How many cells came out how. @example "4 of 24 cells contested so far, 1 with too few scores." */
export function boardSentence(cells: readonly Pick<BoardCell, "verdict">[], isSoFar: boolean): string {
  const contested = countOf(cells, "contested");
  const tooFew = countOf(cells, "too-few");
  const tail = tooFew === 0 ? "" : `, ${tooFew} with too few scores`;
  return `${contested} of ${countWords(cells.length, "cell")} contested${isSoFar ? " so far" : ""}${tail}.`;
}

/** @example "19 of 24 cells agreed, 4 contested, 1 with too few scores. Each is reported as it stands." */
export function panelSentence(cells: readonly Pick<BoardCell, "verdict">[]): string {
  const tooFew = countOf(cells, "too-few");
  const tail = tooFew === 0 ? "" : `, ${tooFew} with too few scores`;
  const counts = `${countOf(cells, "agreed")} of ${countWords(cells.length, "cell")} agreed, ${countOf(cells, "contested")} contested`;
  return `${counts}${tail}. Each is reported as it stands.`;
}

export function progressSentence({ submitted, expected }: Progress): string {
  const verb = submitted === 1 ? "has" : "have";
  return `${submitted} of ${countWords(expected, "reviewer")} ${verb} submitted.`;
}

function countOf(cells: readonly Pick<BoardCell, "verdict">[], verdict: BoardCell["verdict"]): number {
  return cells.filter((cell) => cell.verdict === verdict).length;
}

/**
 * One policy's outcomes.
 * @example "Agreed on 2 of 4: less misuse; no clear effect on Backdoor risk. Contested on Transparency and Global power."
 */
export function policySentence(cells: readonly BoardCell[], rubric: Rubric): string {
  if (cells.length === 0) return "No cell of this policy is shown.";
  const parts = [agreedSentence(cells, rubric), ...onSentences(cells, rubric)];
  return parts.filter((part) => part !== "").join(" ");
}

function agreedSentence(cells: readonly BoardCell[], rubric: Rubric): string {
  const agreed = cells.filter((cell) => cell.verdict === "agreed");
  if (agreed.length === 0) return `Agreed on none of ${cells.length}.`;
  const findings = agreed.flatMap((cell) => findingOf(cell, rubric));
  const neutral = agreed.filter((cell) => cell.direction === "neutral");
  const noEffect = neutral.length === 0 ? "" : `no clear effect on ${subjects(neutral, rubric)}`;
  const words = [findings.join(", "), noEffect].filter((part) => part !== "").join("; ");
  const lead = agreed[0]?.rule.id === "ipras" ? "Without disagreement on" : "Agreed on";
  return `${lead} ${agreed.length} of ${cells.length}: ${words}.`;
}

function findingOf(cell: BoardCell, rubric: Rubric): string[] {
  const criterion = criterionOf(cell, rubric);
  if (criterion === undefined || cell.direction === null || cell.direction === "neutral") return [];
  const words = directionWords(cell.direction, { criterion, scale: rubric.scale });
  // Without words of its own a direction says nothing until the criterion is named.
  return [criterion.effect === undefined ? `${words} on ${labelOf(criterion)}` : words];
}

function onSentences(cells: readonly BoardCell[], rubric: Rubric): string[] {
  const on = (verdict: BoardCell["verdict"], lead: string) => {
    const those = cells.filter((cell) => cell.verdict === verdict);
    return those.length === 0 ? "" : `${lead} ${namesOf(those, rubric)}.`;
  };
  return [on("contested", "Contested on"), on("too-few", "Too few scores on")];
}

function subjects(cells: readonly CellId[], rubric: Rubric): string {
  return cells.length > 2 ? `${numberWord(cells.length)} criteria` : namesOf(cells, rubric);
}

function namesOf(cells: readonly CellId[], rubric: Rubric): string {
  return listWords(cells.map((cell) => labelOf(criterionOf(cell, rubric) ?? { name: cell.criterionId })));
}

function criterionOf(cell: CellId, rubric: Rubric): Criterion | undefined {
  return rubric.criteria.find(({ id }) => id === cell.criterionId);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What a bar chart of one perspective shows, level by level. */
export function barsSentence(
  summary: PolicyConsensus["perspectives"][number],
  title: string,
  scale: ScaleRange,
): string {
  const levels = summary.counts.map(
    (count, index) => `${count} at ${spellScore(scale.min + index * scale.step, scale)}`,
  );
  return `${title}, all scores of cells with enough of them: ${levels.join(", ")}.`;
}
