import { byCell, type RevealedAnswers } from "./bundle-answers.ts";
import { type CellId, cellKey } from "./rubric.ts";

/** Everything that files carry of one cell of a revealed round: what its seal in the audit chain binds. */
export interface CellAnswers extends CellId, RevealedAnswers {}

/** Of a cell with too few scores in a pseudonymous panel. */
export const nothingCarried: RevealedAnswers = { scores: [], histograms: [] };

/** A round's answers cell by cell, in their order. */
export function answersByCell({ scores, histograms }: RevealedAnswers): CellAnswers[] {
  const scoresOf = byCell(scores);
  const histogramsOf = byCell(histograms);
  const cells = new Map([...scores, ...histograms].map((answer) => [cellKey(answer), answer]));
  return [...cells].map(([key, { policyId, criterionId }]) => ({
    policyId,
    criterionId,
    scores: scoresOf.get(key) ?? [],
    histograms: histogramsOf.get(key) ?? [],
  }));
}
