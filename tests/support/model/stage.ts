import { randomUUID } from "node:crypto";
import { editSetUp } from "#server/commands/edit-set-up.ts";
import { recuseFromPolicy } from "#server/commands/recuse-from-policy.ts";
import { requireMember } from "#server/membership.ts";
import { Refusal } from "#server/refusal.ts";
import { done } from "#tests/support/panels.ts";
import { type Person, person } from "#tests/support/people.ts";
import type { TestServer } from "#tests/support/server.ts";
import type { Deed } from "./deeds.ts";
import { cast, type Terms, type Who } from "./panel.ts";

export type Troupe = ReadonlyMap<Who, Person>;

/** One real panel that a script is played on. */
export interface Stage {
  readonly server: TestServer;
  readonly troupe: Troupe;
  readonly panelId: string;
  readonly memberIds: Map<Who, string>;
  /** Of the invitations, in the order sent. */
  readonly tokens: string[];
  /** What was answered, by the names the model gives answers that have to come again. */
  readonly answers: Map<string, string>;
}

/** What came of a deed. */
export interface Outcome {
  readonly status: number;
  readonly text: string;
}

/** Everybody with an account; who is in which panel is for the scripts to say. */
export async function hire(server: TestServer): Promise<Troupe> {
  const troupe = new Map<Who, Person>();
  for (const who of cast) troupe.set(who, await person(server, who));
  return troupe;
}

/** A new panel in draft, of two policies by two criteria on five levels. */
export async function build(server: TestServer, troupe: Troupe, terms: Terms): Promise<Stage> {
  const criteria = ["C1", "C2"].map((id) => ({ id, name: `Criterion ${id}`, perspective: "public" }));
  const created = await personIn(troupe, "fay").call("POST", "/panels", {
    title: "A panel of the model",
    question: "Do model and product agree?",
    rubric: { criteria, scale: { min: -2, max: 2 } },
    policies: ["P1", "P2"].map((id) => ({ id, title: `Policy ${id}` })),
    protocol: { preset: terms.preset, minScores: terms.minScores },
  });
  const { panelId } = done(created, 201);
  const stage = { server, troupe, panelId, memberIds: new Map(), tokens: [], answers: new Map() };
  const { memberId } = done(await personIn(troupe, "fay").call("GET", `/panels/${panelId}`), 200);
  stage.memberIds.set("fay", memberId);
  return stage;
}

export function personIn(troupe: Troupe, who: Who): Person {
  const found = troupe.get(who);
  if (!found) throw new Error(`nobody is called ${who}`);
  return found;
}

/** Does a deed for real. */
export async function perform(stage: Stage, deed: Deed): Promise<Outcome> {
  switch (deed.kind) {
    case "save a score":
    case "save a non-score":
    case "take a score back":
    case "use a key again": {
      const { cell, value, nonScore, rationale, hasReason, seen: version, key } = deed;
      const changeReason = hasReason ? { code: "new-argument" } : null;
      const headers = key === undefined ? {} : { "idempotency-key": `${stage.panelId}/${key}` };
      const body = { value, nonScore, rationale, changeReason, version };
      return call(stage, deed.by, { to: `PUT scores/${cell}`, body, headers });
    }
    case "give points":
      return call(stage, deed.by, { to: "PUT points", body: { points: deed.row, version: deed.seen } });
    case "write for another": {
      const body = { value: 1, rationale: "Said for another.", version: 0, memberId: idOf(stage, deed.other) };
      return call(stage, deed.by, { to: "PUT scores/P1/C1", body });
    }
    case "submit":
      return call(stage, deed.by, { to: "POST submission", body: {} });
    case "move":
    case "move on stale knowledge": {
      const { to, expected: expectedVersion, scope } = deed;
      const body = { to, expectedVersion, ...(scope ? { cells: scope.map(cellIdOf) } : {}) };
      return call(stage, deed.by, { to: "POST transitions", body });
    }
    case "remove a member":
      return call(stage, deed.by, { to: `DELETE members/${idOf(stage, deed.member)}` });
    case "reopen a submission": {
      const { reason } = deed;
      return call(stage, deed.by, { to: "POST reopenings", body: { memberId: idOf(stage, deed.member), reason } });
    }
    case "invite":
      return inviteSomeone(stage, deed);
    case "join":
    case "change one's role":
      return accept(stage, deed);
    case "edit the set-up":
    case "recuse from a policy":
      return onPage(stage, deed);
  }
}

interface Request {
  /** Method and address below the panel. */
  readonly to: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function call(stage: Stage, by: Who, { to, body, headers }: Request): Promise<Outcome> {
  const [method = "", path = ""] = to.split(" ");
  return personIn(stage.troupe, by).call(method, `/panels/${stage.panelId}/${path}`, body, headers);
}

function idOf(stage: Stage, who: Who): string {
  return stage.memberIds.get(who) ?? randomUUID();
}

function cellIdOf(cell: string): { policyId: string; criterionId: string } {
  const [policyId = "", criterionId = ""] = cell.split("/");
  return { policyId, criterionId };
}

async function inviteSomeone(stage: Stage, { by, role, scores }: Deed & { kind: "invite" }): Promise<Outcome> {
  const email = `somebody.${stage.tokens.length}@example.org`;
  const body = { invitations: [{ email, role, ...(scores ? { scores } : {}) }] };
  const answer = await personIn(stage.troupe, by).call("POST", `/panels/${stage.panelId}/invitations`, body);
  if (answer.status === 201) stage.tokens.push(answer.body.invitations[0].invitationToken);
  return answer;
}

async function accept(stage: Stage, { by, invitation }: { by: Who; invitation: number }): Promise<Outcome> {
  const token = stage.tokens[invitation] ?? "no-such-token-no-such-token-no-such-token-00";
  const answer = await personIn(stage.troupe, by).call("POST", `/invitations/${token}/accept`, {});
  if (answer.status === 200) stage.memberIds.set(by, answer.body.memberId);
  return answer;
}

/** What the pages do and the API has no call for: the same command behind the same guard. */
async function onPage(
  { server: { app }, troupe, panelId }: Stage,
  deed: Deed & { kind: "edit the set-up" | "recuse from a policy" },
): Promise<Outcome> {
  const { userId, name, email } = personIn(troupe, deed.by);
  try {
    const member = await requireMember(app, { userId, name, email, isAdministrator: false }, panelId);
    if (deed.kind === "recuse from a policy") {
      await recuseFromPolicy(app, member, { policyId: deed.policy, reason: deed.reason });
      return { status: 200, text: "" };
    }
    const { preset, title, minScores } = deed;
    await editSetUp(app, member, { title, protocol: { preset, minScores } });
    return { status: 204, text: "" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, text: error.message };
  }
}
