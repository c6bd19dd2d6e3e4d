import { z } from "zod";
import { listMembers } from "#db/members.ts";
import { lockPanel, type PanelRow } from "#db/panels.ts";
import { enqueueAct, enqueueCells } from "#db/pending.ts";
import { deleteReceipt } from "#db/receipts.ts";
import { lockReview, markReopened } from "#db/reviews.ts";
import { lockPhase } from "#db/rounds.ts";
import type { Member } from "#rubric/member.ts";
import { longText } from "#rubric/text.ts";
import type { Application } from "../application.ts";
import { recordEvent } from "../audit.ts";
import { requireRole } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound, Refusal } from "../refusal.ts";
import { write } from "./write.ts";

export const reopeningInput = z.strictObject({
  memberId: z.uuid("Choose a member."),
  reason: longText(1000).refine(
    (text) => text.trim() !== "",
    "Give a reason; it is logged and every member can read it.",
  ),
});

/** Opens a submission again while its round is scoring. The scores leave the figures, and the board closes for their author. */
export async function reopenSubmission(app: Application, member: Member, input: unknown): Promise<void> {
  requireRole(member, "facilitator");
  const { memberId, reason } = parse(reopeningInput, input);
  const { panelId } = member;
  await write(app, member.userId, async (db) => {
    await lockPhase(db, panelId, "shared");
    const { round, boardWasOpen } = requireReopenable(await lockPanel(db, panelId));
    // Whoever has left could not submit again: what they gave stays.
    if (!(await listMembers(db, panelId)).some((one) => one.memberId === memberId && !one.hasLeft)) throw notFound();
    const review = await lockReview(db, { panelId, round, memberId });
    if (!review) throw notFound();
    if (review.state !== "submitted") throw new Refusal(409, "This member has not submitted.");
    await markReopened(db, { panelId, round, memberId }, { reason, sawBoard: boardWasOpen });
    await deleteReceipt(db, { panelId, round, memberId });
    await enqueueCells(db, { panelId, round });
    await enqueueAct(db, panelId);
    await recordEvent(
      db,
      { panelId, by: member.memberId },
      { act: "submission-reopened", round, reason, boardWasOpen },
    );
  });
  app.aggregation.wake();
}

function requireReopenable(panel: PanelRow | null): { round: number; boardWasOpen: boolean } {
  if (!panel || panel.round === null) throw notFound();
  if (panel.protocol.identity === "anonymous") {
    throw new Refusal(403, "In an anonymous panel a facilitator may not learn whose submission it is.");
  }
  if (panel.phase !== "scoring")
    throw new Refusal(409, "A revealed round is never reopened; the next round is for that.");
  return { round: panel.round, boardWasOpen: panel.protocol.board === "live" };
}
