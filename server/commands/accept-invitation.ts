import { z } from "zod";
import { findInvitation, type InvitationRow, useInvitation } from "#db/invitations.ts";
import { insertMember } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import { lockPanel, type PanelRow } from "#db/panels.ts";
import { enqueueAct, enqueueCells } from "#db/pending.ts";
import { insertReviews } from "#db/reviews.ts";
import { lockPhase } from "#db/rounds.ts";
import { readSecondStepRule } from "#db/second-factors.ts";
import { findAccount, insertUser, type NewUser } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import { name } from "#rubric/text.ts";
import type { Application } from "../application.ts";
import { recordEvent } from "../audit.ts";
import { refuseGuessable } from "../auth/password-rules.ts";
import { newPassword } from "../auth/passwords.ts";
import type { Chance } from "../chance.ts";
import { sha256 } from "../hash.ts";
import { parse } from "../parse.ts";
import { notFound, Refusal } from "../refusal.ts";
import { giveCode } from "./deal-codes.ts";
import { isAsked, requireSecondStepFor } from "./require-second-step.ts";
import { setUpFirst } from "./sign-in.ts";

export const newPersonInput = z.strictObject({ name: name(120), password: newPassword });

export interface Accepted {
  readonly userId: string;
  readonly panelId: string;
  readonly memberId: string;
  readonly token: string;
}

interface Acceptance {
  readonly token: string;
  readonly input: unknown;
  /** The signed-in person; `null` for a newcomer. */
  readonly user: User | null;
  /** What they use, for the list of their sessions. */
  readonly browser?: string;
}

/** Joins the panel of an invitation, as the signed-in person or as a new one, and opens a session. */
export async function acceptInvitation(app: Application, input: Acceptance): Promise<Accepted> {
  const { pool } = app.database;
  const { role } = requireOpen(await findInvitation(pool, sha256(input.token)));
  if (input.user === null && isAsked(await readSecondStepRule(pool), role)) throw setUpFirst();
  const joined = await joinByInvitation(app, input);
  const { sessionId } = await app.accounts.openSession(joined.userId, input.browser);
  return { ...joined, token: sessionId };
}

/** Joins the panel of an invitation. The link works once. */
export async function joinByInvitation(app: Application, input: Acceptance): Promise<Omit<Accepted, "token">> {
  const tokenHash = sha256(input.token);
  const invitation = requireOpen(await findInvitation(app.database.pool, tokenHash));
  if (input.user) await requireSecondStepFor(app, input.user, invitation.role);
  const newcomer = input.user ? null : await newPerson(app, invitation, input.input);
  const person = input.user ?? newcomer;
  if (!person) throw notFound();
  const memberId = app.newId();
  await app.database.write(async (db) => {
    if (newcomer && !(await insertUser(db, newcomer))) throw hasAccount();
    if (!(await useInvitation(db, tokenHash))) throw new Refusal(409, "This invitation has been used.");
    await join(db, invitation, { memberId, user: person, chance: app.chance });
  });
  app.aggregation.wake();
  return { userId: person.userId, panelId: invitation.panelId, memberId };
}

/** @throws Refusal in the words the holder of the link reads */
export function requireOpen(invitation: InvitationRow | null): InvitationRow {
  if (!invitation || invitation.revokedAt !== null) throw notFound();
  if (invitation.acceptedAt !== null)
    throw new Refusal(409, "This invitation has been used. Sign in to open the panel.");
  if (invitation.hasExpired)
    throw new Refusal(409, "This invitation has expired. Ask whoever invited you for a new link.");
  return invitation;
}

async function newPerson(app: Application, invitation: InvitationRow, input: unknown): Promise<NewUser> {
  if (await findAccount(app.database.pool, invitation.email)) throw hasAccount();
  const { name: personName, password } = parse(newPersonInput, input);
  refuseGuessable(password, { name: personName, email: invitation.email });
  const passwordHash = await app.accounts.passwords.hash(password);
  return {
    userId: app.newId(),
    name: personName,
    email: invitation.email,
    isAdministrator: false,
    isDemonstration: false,
    passwordHash,
  };
}

function hasAccount(): Refusal {
  return new Refusal(401, "This address has an account here. Sign in, then open the link again.");
}

interface Newcomer {
  readonly memberId: string;
  readonly user: User;
  readonly chance: Chance;
}

/** People who have seen nothing may join while a round is scoring; nobody joins an anonymous panel after its first reveal. */
async function join(db: Db, invitation: InvitationRow, who: Newcomer): Promise<void> {
  const { panelId, role, scores, group } = invitation;
  await lockPhase(db, panelId, "shared");
  const panel = await lockPanel(db, panelId);
  if (!panel) throw notFound();
  if (scores && panel.protocol.identity === "anonymous" && hasRevealed(panel)) {
    throw new Refusal(403, "This panel is anonymous and has been revealed once; nobody joins it any more.");
  }
  const { memberId, user } = who;
  const isNew = await insertMember(db, {
    panelId,
    memberId,
    userId: user.userId,
    role,
    scores,
    groupLabel: group,
    code: null,
  });
  if (!isNew) throw new Refusal(409, "You are, or were, a member of this panel.");
  if (scores) await giveCode(db, panel, { memberId, chance: who.chance, isAfterReveal: hasRevealed(panel) });
  if (scores && panel.phase === "scoring" && panel.round !== null) {
    await insertReviews(db, { panelId, round: panel.round }, [memberId]);
    await enqueueCells(db, { panelId, round: panel.round });
  }
  await recordEvent(
    db,
    { panelId, by: memberId },
    { act: "member-joined", memberId, name: user.name, role, scores, group },
  );
  await enqueueAct(db, panelId);
}

function hasRevealed(panel: PanelRow): boolean {
  return (panel.round ?? 0) > 1 || panel.phase === "discussion" || panel.phase === "closed";
}
