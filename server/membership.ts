import { findMembers, listMembers } from "#db/members.ts";
import type { Member, Role, User } from "#rubric/member.ts";
import type { Application } from "./application.ts";
import { notFound, Refusal } from "./refusal.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The member a person is in a panel: the proof of permission that commands and queries take.
 * @throws Refusal 404, the same for a panel of others and for one that never existed
 */
export async function requireMember(app: Pick<Application, "database">, user: User, panelId: string): Promise<Member> {
  const member = isId(panelId) ? await app.database.together(findMembers, { panelId, userId: user.userId }) : null;
  if (!member) throw notFound();
  return member;
}

/**
 * A facilitator for work that the operator does on a panel; one who does not score where there is one, so that the work
 * meets nobody's private draft.
 */
export async function findFacilitator(app: Pick<Application, "database">, panelId: string): Promise<Member | null> {
  const members = await listMembers(app.database.pool, panelId);
  const facilitators = members.filter(({ role, hasLeft }) => role === "facilitator" && !hasLeft);
  const chosen = facilitators.find(({ scores }) => !scores) ?? facilitators[0];
  return chosen ? app.database.together(findMembers, { panelId, userId: chosen.userId }) : null;
}

/** @throws Refusal 403 in words */
export function requireRole(member: Member, role: Role): void {
  if (member.role !== role) throw new Refusal(403, `Only a ${role} of this panel may do this.`);
}

export function requireAdministrator(user: User): void {
  if (!user.isAdministrator) throw notFound();
}

/** Whether a text can be one of our ids at all; others are refused before they reach the database. */
export function isId(text: string): boolean {
  return uuid.test(text);
}
