import { listMembers, markLeft } from "#db/members.ts";
import { notifyAccess } from "#db/notify.ts";
import { lockPanel } from "#db/panels.ts";
import { enqueueAct, enqueueCells } from "#db/pending.ts";
import { deleteDraftReview } from "#db/reviews.ts";
import { lockPhase } from "#db/rounds.ts";
import type { Member } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { recordEvent } from "../audit.ts";
import { isId, requireRole } from "../membership.ts";
import { notFound, Refusal } from "../refusal.ts";
import { write } from "./write.ts";

/** Ends a member's access at once. Submitted scores stay and count; drafts go. */
export async function removeMember(app: Application, member: Member, input: { memberId: string }): Promise<void> {
  requireRole(member, "facilitator");
  const { panelId } = member;
  if (!isId(input.memberId)) throw notFound();
  await write(app, member.userId, async (db) => {
    await lockPhase(db, panelId, "shared");
    const panel = await lockPanel(db, panelId);
    const present = (await listMembers(db, panelId)).filter((one) => !one.hasLeft);
    const leaving = present.find((one) => one.memberId === input.memberId);
    if (!panel || !leaving) throw notFound();
    const isLastFacilitator =
      leaving.role === "facilitator" && present.filter((one) => one.role === "facilitator").length === 1;
    if (isLastFacilitator) throw new Refusal(409, "A panel keeps at least one facilitator.");
    await markLeft(db, panelId, leaving.memberId);
    if (panel.phase === "scoring" && panel.round !== null) {
      await deleteDraftReview(db, { panelId, round: panel.round, memberId: leaving.memberId });
      await enqueueCells(db, { panelId, round: panel.round });
    }
    await recordEvent(db, { panelId, by: member.memberId }, { act: "member-left", memberId: leaving.memberId });
    await enqueueAct(db, panelId);
    await notifyAccess(db, { userId: leaving.userId });
  });
  app.aggregation.wake();
}
