import type { Protocol } from "./protocol.ts";
import { type CellId, cellKey } from "./rubric.ts";
import { missingIn, type Score } from "./score.ts";

/** Each cell of a round's scope that its reviewer has not completed, with the sentence that says what is missing. */
export function incompleteIn(
  sheet: { scope: readonly CellId[]; scores: readonly Score[]; earlier: readonly Score[] },
  protocol: Protocol,
): (CellId & { sentence: string })[] {
  const own = new Map(sheet.scores.map((score) => [cellKey(score), score]));
  const before = new Map(sheet.earlier.map((score) => [cellKey(score), score]));
  return sheet.scope.flatMap(({ policyId, criterionId }) => {
    const key = cellKey({ policyId, criterionId });
    const sentence = missingIn(own.get(key), before.get(key), protocol);
    return sentence === null ? [] : [{ policyId, criterionId, sentence }];
  });
}
