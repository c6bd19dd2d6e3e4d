import type { SeatedMember } from "#db/imports.ts";
import type { Db } from "#db/open.ts";
import { findPerson, insertUser } from "#db/users.ts";
import type { ImportedMember, ImportPlan } from "#rubric/imported-panel.ts";
import type { Application } from "../application.ts";
import { Refusal } from "../refusal.ts";

/** Who sits where in a panel that comes from elsewhere. */
export interface Seating {
  readonly members: readonly SeatedMember[];
  /** The member's id here, by the key of the plan. */
  idOf(key: string): string;
  /** The name in the record of the facilitator whose seat was given away. */
  readonly facilitator: string;
  /** Addresses that got an account, without a password yet. */
  readonly newAccounts: readonly string[];
}

interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/**
 * Gives every member of a record an account. Known addresses keep theirs; others get one that nobody can enter until an
 * administrator sets its password; whom the record gives no address is stood for by nobody's account.
 *
 * @param email of whoever takes the facilitator's seat
 * @throws Refusal 422 where that address belongs to another member
 */
export async function seatMembers(
  app: Pick<Application, "newId">,
  db: Db,
  { plan, email }: { plan: ImportPlan; email: string },
): Promise<Seating> {
  const seat = facilitatorSeat(plan.members, email);
  const ids = new Map(plan.members.map(({ key, isNamed }) => [key, isNamed ? key : app.newId()]));
  const idOf = (key: string) => ids.get(key) ?? "";
  const newAccounts: string[] = [];
  const members: SeatedMember[] = [];
  for (const one of plan.members) {
    const address = one === seat ? email : one.email;
    const known = address === null ? null : await findPerson(db, address);
    const person = known ?? (await newPerson(app, db, { name: one.name, address }));
    if (known === null && address !== null) newAccounts.push(address);
    members.push(seated(one, { memberId: idOf(one.key), person }));
  }
  return { members, idOf, facilitator: seat.name, newAccounts };
}

function facilitatorSeat(members: readonly ImportedMember[], email: string): ImportedMember {
  const present = members.filter(({ leftAt }) => leftAt === null);
  const own = present.find((one) => one.email === email);
  if (own && own.role !== "facilitator")
    throw new Refusal(
      422,
      `${email} is ${own.name}, a ${own.role} of this panel. Name somebody who may facilitate it.`,
    );
  const facilitators = present.filter(({ role }) => role === "facilitator");
  const seat = own ?? facilitators.find(({ scores }) => !scores) ?? facilitators[0];
  if (!seat) throw new Refusal(422, "This bundle names no facilitator.");
  return seat;
}

async function newPerson(
  app: Pick<Application, "newId">,
  db: Db,
  { name, address }: { name: string; address: string | null },
): Promise<Person> {
  const userId = app.newId();
  const person = { userId, name, email: address ?? `${userId}@imported.invalid` };
  const nobody = { isAdministrator: false, isDemonstration: false, passwordHash: null };
  await insertUser(db, { ...person, ...nobody, isPlaceholder: address === null });
  return person;
}

function seated(one: ImportedMember, { memberId, person }: { memberId: string; person: Person }): SeatedMember {
  const { role, scores, group, code, joinedAt, leftAt } = one;
  return {
    memberId,
    userId: person.userId,
    role,
    scores,
    groupLabel: group,
    code,
    joinedAt,
    leftAt,
    recordName: one.name === person.name ? null : one.name,
    recordEmail: one.email === null || one.email === person.email ? null : one.email,
  };
}
