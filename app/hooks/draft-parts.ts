import { type ChangeReason, changeReasons, type NonScore, nonScores } from "#rubric/score.ts";

/** A text as one of the non-scores, or none. */
export function nonScoreOf(text: unknown): NonScore | null {
  return nonScores.find((one) => one === text) ?? null;
}

/** A code and a note as the reason for a change, or none. A blank note is no note. */
export function changeReasonOf(code: unknown, note: unknown): ChangeReason | null {
  const known = changeReasons.find((one) => one === code);
  if (known === undefined) return null;
  return typeof note === "string" && note.trim() !== "" ? { code: known, note } : { code: known };
}
