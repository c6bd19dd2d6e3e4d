import { canonical } from "#rubric/canonical.ts";
import {
  type CommittedAnswer,
  commitmentKeyText,
  commitmentLine,
  type Receipt,
  receiptSchema,
  type Submission,
} from "#rubric/receipt.ts";
import type { CellId } from "#rubric/rubric.ts";
import type { Score } from "#rubric/score.ts";
import { hmacOf, sha256 } from "./hash.ts";

/**
 * The receipt of a submission. Its secret, 32 random bytes as hex, is used for nothing else: without it nobody finds out an
 * answer by trying them all.
 */
export function makeReceipt(submission: SecretSubmission, answers: readonly CommittedAnswer[]): Receipt {
  const { panelId, round, memberId, submittedAt, checkpoint, secret } = submission;
  const commitments = answers.map((answer) => ({ ...answer, commitment: commitmentOf(submission, answer) }));
  return receiptSchema.parse({
    format: "concord-receipt/1",
    panelId,
    round,
    memberId,
    submittedAt,
    secret,
    checkpoint,
    commitments,
  });
}

type SecretSubmission = Submission & Pick<Receipt, "secret">;

/** What one answer is committed to under a review's secret. */
export function commitmentOf(review: SecretSubmission, answer: CommittedAnswer): string {
  return hmacOf(commitmentKey(review, answer), commitmentLine(review, answer));
}

/** The key that opens one cell of a review, and no other. */
export function commitmentKey(review: SecretSubmission, cell: CellId): string {
  return hmacOf(review.secret, commitmentKeyText(review, cell));
}

type Answered = Pick<Score, "policyId" | "criterionId" | "value" | "rationale" | "version"> & {
  readonly nonScore: Score["nonScore"] | "absent";
  readonly changeReason: string | null;
  readonly afterSight: boolean;
};

/** An answer as it is committed to. Why somebody is recused stays outside: no file tells it. A blank text is no text. */
export function committed({ nonScore, rationale, ...answer }: Answered): CommittedAnswer {
  if (nonScore === "absent") throw new Error("Someone absent has committed to nothing.");
  const { policyId, criterionId, value, changeReason, afterSight, version } = answer;
  const rationaleHash = sha256(nonScore === "recused" || rationale.trim() === "" ? "" : rationale);
  return { policyId, criterionId, value, nonScore, rationaleHash, changeReason, afterSight, version };
}

/** Binds a value to a key: nobody can try values without the key, nor find another value that fits it. */
export function sealOf(key: string, value: unknown): string {
  return hmacOf(key, canonical(value));
}
