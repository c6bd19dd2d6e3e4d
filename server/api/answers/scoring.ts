import { z } from "zod";
import { receiptSchema } from "#rubric/receipt.ts";
import { changeReasons } from "#rubric/score.ts";
import { cellId, nonScore, roundNumber, time } from "./common.ts";

export const sheetAnswer = z.strictObject({
  round: roundNumber.nullable(),
  submitted: z.boolean(),
  scores: z.array(
    z.strictObject({
      ...cellId,
      value: z.int().nullable(),
      nonScore: nonScore.nullable(),
      rationale: z.string(),
      changeReason: z.strictObject({ code: z.enum(changeReasons), note: z.string().optional() }).nullable(),
      version: z.int(),
      savedAt: time,
    }),
  ),
});

const points = z
  .record(z.string(), z.int().min(0).max(100))
  .describe("Whole points by criterion id; a criterion without any is left out.");

export const pointsAnswer = z.strictObject({
  round: roundNumber.nullable(),
  submitted: z.boolean(),
  points,
  version: z.int(),
  savedAt: time.nullable(),
  earlier: z
    .strictObject({ round: roundNumber, points })
    .nullable()
    .describe("What the caller gave in the latest earlier round; it counts in this one only once it is saved."),
});

export const savedAnswer = z.strictObject({ version: z.int(), savedAt: time });

export const submittedAnswer = z.strictObject({
  submittedAt: time,
  receipt: receiptSchema
    .optional()
    .describe("Keep it: it shows later that your answers are the ones you submitted. Nobody else gets it."),
});
