import { z } from "zod";
import type { Protocol } from "./protocol.ts";
import type { CellId } from "./rubric.ts";
import { longText } from "./text.ts";

export const nonScores = ["cannot-judge", "abstain", "recused"] as const;
export const nonScoreSchema = z.enum(nonScores, "Choose cannot-judge, abstain or recused.");
/** A reasoned absence of a score, chosen by the reviewer. `absent` is set by Concord and is no answer. */
export type NonScore = z.infer<typeof nonScoreSchema>;

export const changeReasons = [
  "new-argument",
  "new-evidence",
  "misread",
  "amended-text",
  "compromise",
  "other",
] as const;
const changeReasonSchema = z.strictObject({
  code: z.enum(changeReasons, "Choose one of the listed reasons."),
  note: longText(1000).optional(),
});
export type ChangeReason = z.infer<typeof changeReasonSchema>;

export const rationaleLimit = 8000;

export const seenVersion = z.int("The version last seen, 0 for none.").min(0).max(2_147_483_647);

export const scoreInput = z
  .strictObject({
    value: z
      .int("A score is a whole number.")
      .nullish()
      .transform((value) => value ?? null),
    nonScore: nonScoreSchema.nullish().transform((value) => value ?? null),
    rationale: longText(rationaleLimit).default(""),
    changeReason: changeReasonSchema.nullish().transform((reason) => reason ?? null),
    version: seenVersion,
  })
  .refine((score) => score.value === null || score.nonScore === null, {
    path: ["nonScore"],
    message: "Give a score or a reason for none, not both.",
  });

export type ScoreInput = z.infer<typeof scoreInput>;

/** One reviewer's answer to one cell in one round, as its author sees it. */
export interface Score extends CellId {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
  readonly changeReason: ChangeReason | null;
  readonly version: number;
  readonly savedAt: string;
}

/** What still keeps a cell from being submitted, as a sentence; `null` when it is complete. */
export function missingIn(score: Score | undefined, previous: Score | undefined, protocol: Protocol): string | null {
  if (!score || (score.value === null && score.nonScore === null)) return "No score yet.";
  return missingText(score, protocol) ?? missingReason(score, previous, protocol);
}

function missingText(score: Score, protocol: Protocol): string | null {
  if (score.rationale.trim() !== "") return null;
  if (score.nonScore === "recused") return "Say why you are recused.";
  return score.value !== null && protocol.rationale === "required" ? "No rationale yet." : null;
}

function missingReason(score: Score, previous: Score | undefined, protocol: Protocol): string | null {
  if (protocol.changeReason !== "required" || score.changeReason !== null) return null;
  const hasChanged = previous !== undefined && previous.value !== null && previous.value !== score.value;
  return hasChanged ? "Say what changed your score." : null;
}
