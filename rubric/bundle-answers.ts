import type { BareText, BundleHistogram, BundleScore } from "./bundle.ts";
import type { Protocol } from "./protocol.ts";
import { type CellId, cellKey } from "./rubric.ts";
import { levelsOf, type ScaleRange } from "./scale.ts";
import type { NonScore } from "./score.ts";
import { entryAt } from "./statistics/arrays.ts";
import type { Counts } from "./statistics/quantile.ts";
import type { Tally } from "./tally.ts";
import { compareUnits, sortedByText } from "./text-order.ts";

/** One reviewer's answer to one cell of a revealed round, as stored. */
export interface Answer extends CellId {
  readonly memberId: string;
  readonly code: string | null;
  readonly value: number | null;
  readonly nonScore: NonScore | "absent" | null;
  readonly rationale: string;
  readonly changeReason: string | null;
  readonly afterSight: boolean;
  readonly version: number;
  readonly submittedAt: string | null;
}

export interface RevealedAnswers {
  readonly scores: readonly BundleScore[];
  readonly histograms: readonly BundleHistogram[];
}

interface RevealedRound extends Pick<Protocol, "identity" | "minScores"> {
  readonly round: number;
  readonly scale: ScaleRange;
}

/**
 * What every member may see of a revealed round's answers, in files: by member in a named panel; by code, and only in
 * cells with enough scores, in a pseudonymous one; as histograms with bare texts in an anonymous one. Why somebody is
 * recused is left out everywhere. Answers come in, and go out, cell by cell in rubric order.
 */
export function revealedAnswersOf(answers: readonly Answer[], at: RevealedRound): RevealedAnswers {
  const cells = [...byCell(answers).values()];
  switch (at.identity) {
    case "named":
      return { scores: cells.flatMap((cell) => scoresUnder("memberId", cell, at.round)), histograms: [] };
    case "pseudonymous":
      return {
        scores: cells.filter((cell) => hasEnough(cell, at)).flatMap((cell) => scoresUnder("code", cell, at.round)),
        histograms: [],
      };
    case "anonymous":
      return { scores: [], histograms: cells.map((cell) => histogramOf(cell, at)) };
  }
}

type Counted = Pick<Answer, "value" | "nonScore">;

/** The answers to one cell, counted: the same tally that the stored consensus is made from. */
export function tallyOf(answers: readonly Counted[], scale: ScaleRange): Tally {
  const countOf = (nonScore: Answer["nonScore"]) => answers.filter((answer) => answer.nonScore === nonScore).length;
  return {
    counts: countLevels(answers, scale),
    cannotJudge: countOf("cannot-judge"),
    abstain: countOf("abstain"),
    recused: countOf("recused"),
    absent: countOf("absent"),
    reviewers: answers.length,
  };
}

export function countLevels(answers: readonly Counted[], scale: ScaleRange): Counts {
  const counts = new Map<number, number>();
  for (const { value } of answers) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return levelsOf(scale).map((level) => counts.get(level) ?? 0);
}

/** What belongs to each cell, by `cellKey`, both in the order given. */
export function byCell<Item extends CellId>(items: readonly Item[]): Map<string, Item[]> {
  const cells = new Map<string, Item[]>();
  for (const item of items) {
    const cell = cells.get(cellKey(item));
    if (cell) cell.push(item);
    else cells.set(cellKey(item), [item]);
  }
  return cells;
}

function scoreCount(cell: readonly Answer[]): number {
  return cell.filter(({ value }) => value !== null).length;
}

function hasEnough(cell: readonly Answer[], at: RevealedRound): boolean {
  return scoreCount(cell) >= at.minScores;
}

function scoresUnder(label: "memberId" | "code", cell: readonly Answer[], round: number): BundleScore[] {
  const labelOf = (answer: Answer) => (label === "memberId" ? answer.memberId : (answer.code ?? ""));
  return sortedByText(cell, labelOf).map((answer) => ({
    round,
    policyId: answer.policyId,
    criterionId: answer.criterionId,
    ...(label === "memberId" ? { memberId: answer.memberId } : { code: labelOf(answer) }),
    value: answer.value,
    nonScore: answer.nonScore,
    rationale: answer.nonScore === "recused" ? "" : answer.rationale,
    changeReason: answer.changeReason,
    afterSight: answer.afterSight,
    version: answer.version,
    // Beside a code, the moment would tell whoever watched the progress rise.
    submittedAt: label === "memberId" ? answer.submittedAt : null,
  }));
}

function histogramOf(cell: readonly Answer[], at: RevealedRound): BundleHistogram {
  const { policyId, criterionId } = entryAt(cell, 0);
  const { counts, cannotJudge, abstain, recused, absent } = tallyOf(cell, at.scale);
  const isShown = hasEnough(cell, at);
  return {
    round: at.round,
    policyId,
    criterionId,
    n: scoreCount(cell),
    counts: isShown ? counts : null,
    nonScores: { cannotJudge, abstain, recused, absent },
    rationales: isShown ? bareTexts(cell) : [],
  };
}

function bareTexts(cell: readonly Answer[]): BareText[] {
  const texts = cell.flatMap(({ value, nonScore, rationale }) =>
    rationale.trim() === "" || nonScore === "recused" || nonScore === "absent" ? [] : [{ value, nonScore, rationale }],
  );
  return texts.sort(
    (left, right) => compareUnits(left.rationale, right.rationale) || compareUnits(answerOf(left), answerOf(right)),
  );
}

/** Equal texts are ordered by their answers: the rows' own order could tell whose is whose. */
function answerOf({ value, nonScore }: BareText): string {
  return nonScore ?? String(value);
}
