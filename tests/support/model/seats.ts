import {
  announce,
  changeState,
  membersOf,
  newReview,
  type Panel,
  type Role,
  reviewOf,
  roundOf,
  seatOf,
  type Terms,
  type Who,
} from "./panel.ts";
import { done, type Ruling, refused } from "./ruling.ts";

/** How people come into a panel and leave it, and what its set-up says before round 1. */

export interface Invite {
  readonly kind: "invite";
  readonly by: Who;
  readonly role: string;
  readonly scores: boolean;
}

export function invite(panel: Panel, { by, role, scores }: Invite): Ruling {
  if (seatOf(panel, by)?.role !== "facilitator") return refused(403, "facilitators invite");
  if (!isRole(role)) return refused(422, "no such role");
  if (scores && role === "observer") return refused(422, "an observer does not score");
  return done(201, (after) => {
    after.invitations.push({ role, scores: scores || role === "reviewer", isUsed: false });
    announce(after, "member-invited");
  });
}

function isRole(text: string): text is Role {
  return text === "facilitator" || text === "reviewer" || text === "observer";
}

export interface Join {
  readonly kind: "join" | "change one's role";
  readonly by: Who;
  /** Which of the invitations, in the order sent. */
  readonly invitation: number;
}

/**
 * Nobody changes seats, and nobody comes back: so whoever may have seen a round's figures never starts to score in it
 * (rule V4). People who saw nothing may join while it is scoring, in an anonymous panel only before its first reveal.
 */
export function join(panel: Panel, { by, invitation }: Join): Ruling {
  const asked = panel.invitations[invitation];
  if (!asked) return refused(404, "no such invitation");
  if (asked.isUsed) return refused(409, "used already");
  const wasRevealed = panel.rounds.length > 1 || panel.phase === "discussion" || panel.phase === "closed";
  if (asked.scores && wasRevealed && panel.terms.identity === "anonymous") return refused(403, "revealed once");
  if (panel.seats.has(by)) return refused(409, "is or was a member");
  const { role, scores } = asked;
  return done(200, (after) => {
    const used = after.invitations[invitation];
    if (used) used.isUsed = true;
    after.seats.set(by, { role, scores, hasLeft: false });
    if (scores && after.phase === "scoring") roundOf(after)?.reviews.set(by, newReview());
    announce(after, "member-joined");
  });
}

export interface Remove {
  readonly kind: "remove a member";
  readonly by: Who;
  readonly member: Who;
}

/** Ends access, not contributions: a submission stays, a draft goes (rule V6). */
export function remove(panel: Panel, { by, member }: Remove): Ruling {
  if (seatOf(panel, by)?.role !== "facilitator") return refused(403, "facilitators remove");
  const seat = seatOf(panel, member);
  if (seat === null) return refused(404, "not in the panel");
  const facilitators = membersOf(panel).filter((who) => seatOf(panel, who)?.role === "facilitator");
  if (seat.role === "facilitator" && facilitators.length === 1) return refused(409, "the last facilitator");
  return done(204, (after) => {
    const left = after.seats.get(member);
    if (left) left.hasLeft = true;
    if (reviewOf(after, member)?.state === "drafting") roundOf(after)?.reviews.delete(member);
    announce(after, "member-left");
  });
}

export interface EditSetUp {
  readonly kind: "edit the set-up";
  readonly by: Who;
  readonly preset: Terms["preset"];
  readonly title: string;
  readonly minScores: number;
}

/** The set-up is open until round 1 opens; an anonymous panel shows nothing below five scores. */
export function editSetUp(panel: Panel, { by, title, minScores }: EditSetUp): Ruling {
  if (seatOf(panel, by)?.role !== "facilitator") return refused(403, "facilitators set up");
  if (title.trim() === "") return refused(422, "no title");
  if (panel.phase !== "draft") return refused(409, "frozen");
  if (minScores < (panel.terms.identity === "anonymous" ? 5 : 3)) return refused(422, "too small a minimum");
  return done(204, (after) => {
    after.title = title;
    after.terms = { ...after.terms, minScores };
    changeState(after, "set-up-changed");
  });
}
