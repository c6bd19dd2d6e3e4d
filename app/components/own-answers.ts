import { cellKey } from "#rubric/rubric.ts";
import type { OwnAnswer } from "#rubric/sentences.ts";
import type { SheetView } from "#rubric/views.ts";

/** The viewer's own answers by `cellKey`, each with the score of the earlier round. */
export function ownAnswers(sheet: Pick<SheetView, "scores" | "earlier" | "submitted">): Map<string, OwnAnswer> {
  const earlier = new Map(sheet.earlier.map((score) => [cellKey(score), score.value]));
  if (!sheet.submitted) return new Map();
  return new Map(
    sheet.scores.map((score) => [
      cellKey(score),
      { value: score.value, nonScore: score.nonScore, earlier: earlier.get(cellKey(score)) ?? null },
    ]),
  );
}
