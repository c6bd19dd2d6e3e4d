import { readNow } from "#db/audit.ts";
import { listMembers } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import { listRoster, markAbsent, readProgress } from "#db/reviews.ts";
import { markRevealed } from "#db/rounds.ts";
import type { Protocol } from "#rubric/protocol.ts";
import { compareText } from "#rubric/text-order.ts";
import { refreshRound } from "../aggregation/refresh.ts";
import { recordEvent } from "../audit.ts";
import { hashOf } from "../hash.ts";
import { revealedAnswers } from "../reports/revealed-answers.ts";
import { revealedPoints } from "../reports/revealed-points.ts";
import { enterCommitments, type LabelledReview, sealCells } from "./enter-commitments.ts";
import type { Move } from "./move-round.ts";

/** Reveals a round to everyone: locks it, marks who is absent, and completes its figures in the same commit. */
export async function revealRound(db: Db, { panel, rubricVersion, by, chance }: Move, round: number): Promise<void> {
  const { panelId, protocol } = panel;
  const { identity, minScores } = protocol;
  const at = { panelId, round };
  const progress = await readProgress(db, at);
  const absent = await markAbsent(db, at);
  await markRevealed(db, panelId, round);
  await refreshRound(db, panel, round);
  const reviews = await listSubmitted(db, at, protocol);
  const answers = await revealedAnswers(db, { ...at, identity, minScores });
  const reveal = { ...at, identity, by, at: await readNow(db) };
  await recordEvent(db, reveal, {
    act: "round-revealed",
    round,
    ...progress,
    absent,
    reviews: reviews.map(({ memberId: _unlabelled, ...review }) => review),
    cells: await sealCells(db, { ...at, chance }, answers),
    readingHash: rubricVersion.referenceReading && hashOf(rubricVersion.referenceReading),
    pointsHash: hashOf(await revealedPoints(db, { ...at, identity, minScores })),
  });
  await enterCommitments(db, reveal, { reviews, answers });
}

/** Who submitted, as far as every member may know it now. */
async function listSubmitted(
  db: Db,
  at: { panelId: string; round: number },
  protocol: Protocol,
): Promise<LabelledReview[]> {
  if (protocol.identity === "anonymous") return [];
  const submitted = (await listRoster(db, at)).filter((entry) => entry.state === "submitted");
  if (protocol.identity === "named")
    return submitted.map(({ memberId, submittedAt }) => ({ memberId, who: memberId, submittedAt: submittedAt ?? "" }));
  const codes = new Map((await listMembers(db, at.panelId)).map((one) => [one.memberId, one.code ?? ""]));
  const reviews = submitted.map(({ memberId }) => ({ memberId, who: codes.get(memberId) ?? "" }));
  return reviews.sort((left, right) => compareText(left.who, right.who));
}
