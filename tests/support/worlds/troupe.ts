import { insertUser } from "#db/users.ts";
import type { Member, User } from "#rubric/member.ts";
import { acceptInvitation } from "#server/commands/accept-invitation.ts";
import { createPanel } from "#server/commands/create-panel.ts";
import { inviteMembers } from "#server/commands/invite-members.ts";
import { requireMember } from "#server/membership.ts";
import { type Person, personWith } from "../people.ts";
import { hashed } from "./draw.ts";
import type { Part, Plan } from "./plan.ts";
import type { World } from "./world.ts";

/** The people of a story in one world, and their places in its panel. */
export interface Troupe {
  readonly panelId: string;
  /** By part, and the two who are in no panel. */
  readonly people: ReadonlyMap<string, Person>;
  /** By part, as soon as they have joined. */
  readonly members: Map<Part, Member>;
  join(part: Part): Promise<void>;
}

/** Makes the people, the panel and the invitations, and lets in all who do not come late. */
export async function gather(world: World, plan: Plan): Promise<Troupe> {
  const people = await peopleOf(world, plan);
  const { app, fate } = world;
  const chair = userOf(people, "chair");
  // Later than their first sessions, so that these are told apart.
  await world.setTime(60);
  fate.during(`${plan.seed} panel`);
  const { title, question } = { title: "Open models", question: "Which policies do we support?" };
  const { panelId } = await createPanel(app, chair, {
    input: { title, question, template: "wilson-hine", protocol: plan.protocol },
  });
  const members = new Map<Part, Member>([["chair", await requireMember(app, chair, panelId)]]);
  // In the order of the names, so that who is invited when does not depend on the parts.
  const invited = Object.keys(plan.parts)
    .filter((part) => part !== "chair")
    .sort((left, right) => (nameOf(plan, left) < nameOf(plan, right) ? -1 : 1));
  const invitations = invited.map((part) => {
    const { role = "reviewer", scores = true } = plan.parts[part] ?? {};
    return { email: userOf(people, part).email, role, ...(role === "facilitator" && scores ? { scores: true } : {}) };
  });
  fate.during(`${plan.seed} invitations`);
  const sent = await inviteMembers(app, requirePart(members, "chair"), { invitations });
  await app.aggregation.drain();
  const links = new Map(invited.map((part, index) => [part, sent.invitations[index]?.invitationToken ?? ""]));
  const troupe: Troupe = {
    panelId,
    people,
    members,
    async join(part) {
      const user = userOf(people, part);
      fate.during(`${plan.seed} ${part} joins`);
      await acceptInvitation(app, { token: links.get(part) ?? "", input: {}, user });
      await app.aggregation.drain();
      members.set(part, await requireMember(app, user, panelId));
    },
  };
  for (const part of invited) if (!plan.parts[part]?.isLate) await troupe.join(part);
  return troupe;
}

export function requirePart(members: ReadonlyMap<Part, Member>, part: Part): Member {
  const member = members.get(part);
  if (!member) throw new Error(`${part} is not in the panel`);
  return member;
}

async function peopleOf(world: World, plan: Plan): Promise<ReadonlyMap<string, Person>> {
  const people = new Map<string, Person>();
  for (const part of Object.keys(plan.parts)) people.set(part, await personCalled(world, plan, nameOf(plan, part)));
  people.set("outsider", await personCalled(world, plan, "Olga Ohm"));
  people.set("administrator", await personCalled(world, plan, "Max Maxwell"));
  return people;
}

/** An account whose id and address depend on the name alone: the same person may have another part in the other world. */
async function personCalled(world: World, plan: Plan, name: string): Promise<Person> {
  const { app, fate } = world;
  fate.during(`${plan.seed} person ${name}`);
  const userId = fate.newId();
  const email = `${name.toLowerCase().replace(" ", ".")}.${hashed(plan.seed).slice(0, 8)}@example.org`;
  const isAdministrator = name === "Max Maxwell";
  await insertUser(app.database.pool, {
    userId,
    name,
    email,
    isAdministrator,
    passwordHash: null,
    isDemonstration: false,
  });
  const { sessionId } = await app.accounts.openSession(userId);
  return personWith(world, { userId, name, email, token: sessionId });
}

function userOf(people: ReadonlyMap<string, Person>, part: string): User {
  const person = people.get(part);
  if (!person) throw new Error(`nobody plays ${part}`);
  const { userId, name, email } = person;
  return { userId, name, email, isAdministrator: part === "administrator" };
}

function nameOf({ names }: Plan, part: Part): string {
  return names[part] ?? part;
}
