import type { OpeningRow } from "#db/openings.ts";
import type { BundleOpenings } from "#rubric/bundle.ts";
import type { RevealedAnswers } from "#rubric/bundle-answers.ts";
import { cellKey } from "#rubric/rubric.ts";

/** What a round's reveal opened: the keys of answers in the order of these, those of cells in the order of the round's. */
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
    cellKeys: rows.flatMap(({ round, who, keys: opened }) =>
      who === "" ? opened.map((key) => ({ round, ...key })) : [],
    ),
  };
}

function placeOf(answer: { policyId: string; criterionId: string; who: string }): string {
  return `${cellKey(answer)} ${answer.who}`;
}
