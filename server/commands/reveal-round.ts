import { listMembers } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import { listRoster, markAbsent, readProgress } from "#db/reviews.ts";
import { markRevealed } from "#db/rounds.ts";
import type { AuditEvent } from "#rubric/event.ts";
import type { Protocol } from "#rubric/protocol.ts";
import { refreshRound } from "../aggregation/refresh.ts";
import { recordEvent } from "../audit.ts";
import type { Move } from "./move-round.ts";

/** Reveals a round to everyone: locks it, marks who is absent, and completes its figures in the same commit. */
export async function revealRound(db: Db, { panel, by }: Move, round: number): Promise<void> {
  const { panelId, protocol } = panel;
  const at = { panelId, round };
  const progress = await readProgress(db, at);
  const absent = await markAbsent(db, at);
  await markRevealed(db, panelId, round);
  await refreshRound(db, panel, round);
  const reviews = await listSubmitted(db, at, protocol);
  await recordEvent(db, { panelId, by }, { act: "round-revealed", round, ...progress, absent, reviews });
}

type Reviews = (AuditEvent & { act: "round-revealed" })["reviews"];

/** Who submitted, as far as every member may know it now. */
async function listSubmitted(db: Db, at: { panelId: string; round: number }, protocol: Protocol): Promise<Reviews> {
  if (protocol.identity === "anonymous") return [];
  const submitted = (await listRoster(db, at)).filter((entry) => entry.state === "submitted");
  if (protocol.identity === "named")
    return submitted.map((entry) => ({ who: entry.memberId, submittedAt: entry.submittedAt ?? "" }));
  const codes = new Map((await listMembers(db, at.panelId)).map((one) => [one.memberId, one.code ?? ""]));
  const who = submitted.map((entry) => codes.get(entry.memberId) ?? "");
  return who.sort().map((code) => ({ who: code }));
}
