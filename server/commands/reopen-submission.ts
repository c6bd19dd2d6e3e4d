import { z } from "zod";
import { lockPhase } from "#db/rounds.ts";
import { findPanel } from "#db/panels.ts";
import { enqueueAct, enqueueCells } from "#db/pending.ts";
import { lockReview, markReopened } from "#db/reviews.ts";
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
  reason: longText(1000).refine((text) => text.trim() !== "", "Give a reason; it is logged and every member can read it."),
});

/** Opens a submission again while its round is scoring. The scores leave the figures, and the board closes for their author. */
export async function reopenSubmission(app: Application, member: Member, input: unknown): Promise<void> {
  requireRole(member, "facilitator");
  const { memberId, reason } = parse(reopeningInput, input);
  const { panelId } = member;
  await write(app, member.userId, async (db) => {
    await lockPhase(db, panelId, "shared");
    const panel = await findPanel(db, panelId);
    if (!panel || panel.round === null) throw notFound();
    const { round, protocol } = panel;
    if (protocol.identity === "anonymous") throw new Refusal(403, "In an anonymous panel a facilitator may not learn whose submission it is.");
    if (panel.phase !== "scoring") throw new Refusal(409, "A revealed round is never reopened; the next round is for that.");
    const review = await lockReview(db, { panelId, round, memberId });
    if (!review) throw notFound();
    if (review.state !== "submitted") throw new Refusal(409, "This member has not submitted.");
    const boardWasOpen = protocol.board === "live";
    await markReopened(db, { panelId, round, memberId }, { reason, sawBoard: boardWasOpen });
    await enqueueCells(db, { panelId, round });
    await enqueueAct(db, panelId);
    await recordEvent(db, { panelId, by: member.memberId }, { act: "submission-reopened", round, reason, boardWasOpen });
  });
  app.aggregation.wake();
}
