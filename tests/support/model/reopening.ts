import { announce, type Panel, reviewOf, seatOf, type Who } from "./panel.ts";
import { done, type Ruling, refused } from "./ruling.ts";

export interface Reopen {
  readonly kind: "reopen a submission";
  readonly by: Who;
  readonly member: Who;
  readonly reason: string;
}

/**
 * Rule V5: only while the round is scoring, by a facilitator, with a reason, and with a line that all can read. In an
 * anonymous panel a facilitator may not learn whose submission it is. Whoever has left keeps the submission as it is.
 */
export function reopen(panel: Panel, { by, member, reason }: Reopen): Ruling {
  if (seatOf(panel, by)?.role !== "facilitator") return refused(403, "facilitators reopen");
  if (reason.trim() === "") return refused(422, "no reason");
  if (panel.phase === "draft") return refused(404, "there are no submissions yet");
  if (panel.terms.identity === "anonymous") return refused(403, "a facilitator may not learn whose it is");
  if (panel.phase !== "scoring") return refused(409, "a revealed round is never reopened");
  const review = reviewOf(panel, member);
  if (review === null || seatOf(panel, member) === null) return refused(404, "nobody who scores in this round");
  if (review.state !== "submitted") return refused(409, "not submitted");
  return done(204, (after) => {
    const reopened = reviewOf(after, member);
    if (!reopened) return;
    reopened.state = "drafting";
    if (after.terms.board === "live") reopened.hadBoard = true;
    announce(after, "submission-reopened");
  });
}
