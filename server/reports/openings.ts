import type { OpeningRow } from "#db/openings.ts";
import type { BundleOpenings } from "#rubric/bundle.ts";
import type { RevealedAnswers } from "#rubric/bundle-answers.ts";
import { cellKey } from "#rubric/rubric.ts";
import { answersByCell } from "#rubric/sealed-cells.ts";

/** What a round's reveal opened, in the order of the answers that it opens. */
export function openingsOf(rows: readonly OpeningRow[], answers: RevealedAnswers): BundleOpenings {
  const keys = new Map(
    rows.flatMap(({ round, who, keys: opened }) =>
      opened.map(({ key, ...cell }) => [placeOf({ ...cell, who }), { round, ...cell, who, key }]),
    ),
  );
  return {
    openings: answers.scores.flatMap(
      ({ memberId, code, ...cell }) => keys.get(placeOf({ ...cell, who: memberId ?? code ?? "" })) ?? [],
    ),
    cellKeys: answersByCell(answers).flatMap((cell) => {
      const { who: _unlabelled, ...opened } = keys.get(placeOf({ ...cell, who: "" })) ?? {};
      return "key" in opened ? [opened] : [];
    }),
  };
}

function placeOf(answer: { policyId: string; criterionId: string; who: string }): string {
  return `${cellKey(answer)} ${answer.who}`;
}
