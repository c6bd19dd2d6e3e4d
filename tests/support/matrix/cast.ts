import { extendSession } from "#db/sessions.ts";
import type { Member, Role } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import type { CellId } from "#rubric/rubric.ts";
import { sha256 } from "#server/hash.ts";
import { requireMember } from "#server/membership.ts";
import { done, joinAs, move, type PanelPerson } from "../panels.ts";
import { type Person, person, personWith } from "../people.ts";
import type { World } from "../worlds/world.ts";

/** Identity mode, board and facilitator's view. */
export type Kind = Pick<Protocol, "identity" | "board" | "facilitatorView">;

/** Everybody a panel can be asked about by, in it or not. */
export interface Cast {
  readonly kind: Kind;
  readonly panelId: string;
  readonly facilitator: Person;
  /** By what they do; those of the panel, and those who are in none. */
  readonly people: ReadonlyMap<string, Subject>;
}

export interface Subject {
  readonly does: string;
  /** `null` for somebody without any session. */
  readonly person: Person | null;
  /** Whether the session is good. */
  readonly isSignedIn: boolean;
  /** In the panel, and not removed. */
  readonly member: Member | null;
  /** Of whoever is or was in the panel. */
  readonly memberId: string | null;
}

/** The one is scored by most, the other by fewer than any minimum. */
export const wellScored: CellId = { policyId: "P1", criterionId: "I1" };
export const hardToJudge: CellId = { policyId: "P1", criterionId: "I2" };
export const cells: readonly CellId[] = [wellScored, hardToJudge];

export const title = "Heron Boathouse Panel";
export const fillers = ["filler 1", "filler 2", "filler 3", "filler 4"];
const reviewers = ["drafting", "submitted", "silent", "recused", "reopened", "removed", ...fillers];

/** A panel in draft with everybody in it, and those who are not. */
export async function assemble(world: World, kind: Kind): Promise<Cast> {
  const facilitator = await person(world, nameOf("chair"));
  const created = await facilitator.call("POST", "/panels", {
    title,
    question: "Which policies do we support?",
    template: "wilson-hine",
    protocol: {
      preset: kind.identity === "anonymous" ? "delphi" : "staff-team",
      minScores: 5,
      maxRounds: 3,
      changeReason: "asked",
      ...kind,
    },
  });
  const { panelId }: { panelId: string } = done(created, 201);
  const panel = { panelId, facilitator };
  const people = new Map<string, Subject>();
  const seat = async (does: string, role: Role, scores?: boolean) => {
    const known = await person(world, nameOf(does));
    const joined = scores ? await joinScoring(panel, known) : await joinAs(world, panel, { known, role });
    people.set(does, await memberSubject(world, does, { panelId, person: joined }));
  };
  people.set("chair", await memberSubject(world, "chair", { panelId, person: facilitator }));
  await seat("scoring facilitator", "facilitator", true);
  for (const does of reviewers) await seat(does, "reviewer");
  await seat("observer", "observer");
  for (const stranger of await strangers(world, people)) people.set(stranger.does, stranger);
  return { kind, panelId, facilitator, people };
}

/** A name that no other text holds. */
function nameOf(does: string): string {
  return `Quill ${does.replace(/^./, (first) => first.toUpperCase())}`;
}

async function memberSubject(
  world: World,
  does: string,
  { panelId, person: who }: { panelId: string; person: Person },
): Promise<Subject> {
  const user = { ...who, isAdministrator: false };
  const member = await requireMember(world.app, user, panelId);
  return { does, person: who, isSignedIn: true, member, memberId: member.memberId };
}

async function joinScoring(panel: { panelId: string; facilitator: Person }, known: Person): Promise<PanelPerson> {
  const invitations = [{ email: known.email, role: "facilitator", scores: true }];
  const invited = await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, { invitations });
  const { invitationToken } = done(invited, 201).invitations[0];
  const { memberId } = done(await known.call("POST", `/invitations/${invitationToken}/accept`, {}), 200);
  return { ...known, memberId };
}

async function strangers(world: World, people: ReadonlyMap<string, Subject>): Promise<Subject[]> {
  const outsider = await person(world, nameOf("outsider"));
  const administrator = await person(world, nameOf("administrator"), { isAdministrator: true });
  const known = people.get("submitted")?.person;
  if (!known) throw new Error("nobody's session can end");
  const { sessionId } = await world.app.accounts.openSession(known.userId);
  await extendSession(world.app.database.pool, sha256(sessionId), "2020-01-01T00:00:00.000Z");
  const expired = personWith(world, { ...known, token: sessionId });
  return [
    { does: "outsider", person: outsider, isSignedIn: true, member: null, memberId: null },
    { does: "administrator", person: administrator, isSignedIn: true, member: null, memberId: null },
    { does: "expired session", person: expired, isSignedIn: false, member: null, memberId: null },
    { does: "no session", person: null, isSignedIn: false, member: null, memberId: null },
  ];
}

export function subjectOf({ people }: Pick<Cast, "people">, does: string): Subject & { person: Person } {
  const subject = people.get(does);
  if (!subject?.person) throw new Error(`nobody is ${does}`);
  return { ...subject, person: subject.person };
}

export function takeStep(cast: Cast, to: string, more: object = {}): Promise<void> {
  return move({ panelId: cast.panelId, facilitator: cast.facilitator }, to, more);
}

/** The removed one is in the panel no longer. */
export function withoutSeat(cast: Cast, does: string): Cast {
  const people = new Map(cast.people);
  people.set(does, { ...subjectOf(cast, does), member: null });
  return { ...cast, people };
}
