import { z } from "zod";
import { canonical } from "./canonical.ts";
import type { CellId } from "./rubric.ts";
import { changeReasons, type NonScore, nonScoreSchema } from "./score.ts";

/** One submitted answer as its commitment binds it. Its text is bound by its SHA-256, so that a receipt stays short. */
export interface CommittedAnswer extends CellId {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  /** Of the text as colleagues may read it: of the empty one where somebody is recused. */
  readonly rationaleHash: string;
  readonly changeReason: string | null;
  readonly afterSight: boolean;
  readonly version: number;
}

/** Whose answers of which round, when they were submitted, and where the audit chain stood then. */
export interface Submission {
  readonly panelId: string;
  readonly round: number;
  readonly memberId: string;
  readonly submittedAt: string;
  readonly checkpoint: string;
}

/** The text that a commitment is the HMAC-SHA-256 of. */
export function commitmentLine(
  { panelId, round }: Pick<Submission, "panelId" | "round">,
  answer: CommittedAnswer,
): string {
  const { policyId, criterionId, value, nonScore, rationaleHash, changeReason, afterSight, version } = answer;
  return canonical({
    panelId,
    round,
    policyId,
    criterionId,
    value,
    nonScore,
    rationaleHash,
    changeReason,
    afterSight,
    version,
  });
}

/**
 * What a cell's key is derived from under the review's secret. It names the reviewer, so that one receipt cannot be handed
 * to two people who answered alike, and binds all else that a receipt says; an opened key tells nothing of it, nor the key
 * of any other cell.
 */
export function commitmentKeyText(submission: Submission, { policyId, criterionId }: CellId): string {
  const { panelId, round, memberId, submittedAt, checkpoint } = submission;
  const text = canonical({ panelId, round, memberId, submittedAt, checkpoint, policyId, criterionId });
  return `concord-commitment-v1\n${text}`;
}

const hex = z.string().regex(/^[0-9a-f]{64}$/, "is not 64 lower-case hex digits");

/** What a reviewer is given at submission: all it takes to show later what was submitted, and to nobody else before. */
export const receiptSchema = z.strictObject({
  format: z.literal("concord-receipt/1"),
  panelId: z.uuid(),
  round: z.int().min(1),
  memberId: z.uuid(),
  submittedAt: z.iso.datetime({ precision: 3 }),
  /** 32 random bytes, of this review alone. */
  secret: hex,
  /** The newest head of the panel's audit chain at that moment. */
  checkpoint: z.string(),
  commitments: z.array(
    z.strictObject({
      policyId: z.string(),
      criterionId: z.string(),
      value: z.int().nullable(),
      nonScore: nonScoreSchema.nullable(),
      rationaleHash: hex,
      changeReason: z.enum(changeReasons).nullable(),
      afterSight: z.boolean(),
      version: z.int().min(0),
      commitment: hex,
    }),
  ),
});

export type Receipt = z.infer<typeof receiptSchema>;
