import { findAccount, insertUser } from "#db/users.ts";
import type { Member, User } from "#rubric/member.ts";
import type { DemoPanel } from "#rubric/templates/demo-panel.ts";
import type { Application } from "#server/application.ts";
import { acceptInvitation } from "#server/commands/accept-invitation.ts";
import { inviteMembers } from "#server/commands/invite-members.ts";
import { requireMember } from "#server/membership.ts";

type DemoMember = DemoPanel["members"][number];

/** The account of one of the demonstration's people, made at the first need; it has no password. */
export async function demonstrationUser(app: Application, { handle, label }: DemoMember): Promise<User> {
  const email = `${handle}@demo.invalid`;
  const known = await findAccount(app.database.pool, email);
  if (known) return { userId: known.userId, name: known.name, email, isAdministrator: known.isAdministrator };
  const user = { userId: app.newId(), name: label, email, isAdministrator: false };
  await insertUser(app.database.pool, { ...user, passwordHash: null, isDemonstration: true });
  return user;
}

/** Invites everybody in the file but the facilitator, and joins them; answers the members by their ids in the file. */
export async function joinDemonstration(
  app: Application,
  facilitator: Member,
  demo: DemoPanel,
): Promise<Map<string, Member>> {
  const people = demo.members.filter(({ role }) => role !== "facilitator");
  const users = await Promise.all(people.map((one) => demonstrationUser(app, one)));
  const groups = new Map(demo.groups.map(({ id, title }) => [id, title]));
  const { invitations } = await inviteMembers(app, facilitator, {
    invitations: people.map(({ role, group }, index) => ({
      email: users[index]?.email,
      role,
      ...(group === undefined ? {} : { group: groups.get(group) }),
    })),
  });
  const members = new Map<string, Member>();
  for (const [index, { id }] of people.entries()) {
    const [user, invitation] = [users[index], invitations[index]];
    if (user && invitation)
      members.set(id, await join(app, user, { token: invitation.invitationToken, panelId: facilitator.panelId }));
  }
  return members;
}

async function join(
  app: Application,
  user: User,
  { token, panelId }: { token: string; panelId: string },
): Promise<Member> {
  const accepted = await acceptInvitation(app, { token, input: {}, user });
  // Accepting signs a person in; nobody is there to use it.
  await app.accounts.closeSession(accepted.token);
  return requireMember(app, user, panelId);
}
