import type { CellId } from "#rubric/rubric.ts";
import { type Answer, callApi, type Person, person, personWith } from "./people.ts";
import type { TestServer } from "./server.ts";

export interface TestPanel {
  readonly panelId: string;
  readonly facilitator: Person;
  readonly reviewers: readonly PanelPerson[];
  readonly observers: readonly PanelPerson[];
}

export type PanelPerson = Person & { readonly memberId: string };

export interface PanelWish {
  /** A preset, or a preset with overrides. Default: a staff team. */
  readonly protocol?: unknown;
  readonly reviewers?: number;
  readonly observers?: number;
  readonly facilitatorScores?: boolean;
  /** The cells of round 1, or `false` to stay in draft. Default: P1-I1 and P1-I2. */
  readonly cells?: readonly CellId[] | false;
}

export const twoCells: readonly CellId[] = [
  { policyId: "P1", criterionId: "I1" },
  { policyId: "P1", criterionId: "I2" },
];

/** A panel on the built-in template with its people in it and, unless asked otherwise, round 1 open on two cells. */
export async function aPanel(server: TestServer, wish: PanelWish = {}): Promise<TestPanel> {
  const panel = await draftPanel(server, wish);
  const reviewers = await join(server, panel, { role: "reviewer", count: wish.reviewers ?? 3 });
  const observers = await join(server, panel, { role: "observer", count: wish.observers ?? 0 });
  if (wish.cells !== false) await move(panel, "scoring", { cells: wish.cells ?? twoCells });
  return { ...panel, reviewers, observers };
}

/** A panel on the built-in template with nobody in it but its facilitator. */
export async function draftPanel(
  server: TestServer,
  wish: Pick<PanelWish, "protocol" | "facilitatorScores">,
): Promise<Pick<TestPanel, "panelId" | "facilitator">> {
  const facilitator = await person(server, "Fay Facilitator");
  const created = await facilitator.call("POST", "/panels", {
    title: "A panel of the tests",
    question: "Which policies do we support?",
    template: "wilson-hine",
    protocol: wish.protocol ?? "staff-team",
    ...(wish.facilitatorScores ? { facilitatorScores: true } : {}),
  });
  return { panelId: done(created, 201).panelId, facilitator };
}

/** Takes the panel one step on, from where it stands now. */
export async function move(
  panel: Pick<TestPanel, "panelId" | "facilitator">,
  to: string,
  more: object = {},
): Promise<void> {
  const path = `/panels/${panel.panelId}`;
  const { version } = done(await panel.facilitator.call("GET", path), 200);
  done(await panel.facilitator.call("POST", `${path}/transitions`, { to, expectedVersion: version, ...more }), 200);
}

/** Gives one score, or a non-score, as a private draft. */
export async function give(
  panel: TestPanel,
  by: Person,
  score: CellId & { value?: number; nonScore?: string; rationale?: string },
): Promise<void> {
  const { policyId, criterionId, ...answer } = score;
  const path = `/panels/${panel.panelId}/scores/${policyId}/${criterionId}`;
  done(await by.call("PUT", path, { rationale: "Because.", version: 0, ...answer }), 200);
}

/** Scores each of the cells with this value and submits. */
export async function submit(panel: TestPanel, by: Person, value: number, cells = twoCells): Promise<void> {
  for (const cell of cells) await give(panel, by, { ...cell, value });
  done(await by.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
}

async function join(
  server: TestServer,
  panel: { panelId: string; facilitator: Person },
  people: { role: string; count: number },
): Promise<PanelPerson[]> {
  const joined: PanelPerson[] = [];
  for (let number = 1; number <= people.count; number += 1) {
    const known = await person(server, `${people.role} ${number}`);
    joined.push(await joinAs(server, panel, { known, role: people.role }));
  }
  return joined;
}

/** Invites a known person and accepts in their name. */
export async function joinAs(
  server: TestServer,
  panel: { panelId: string; facilitator: Person },
  who: { known: Person; role: string },
): Promise<PanelPerson> {
  const invitations = [{ email: who.known.email, role: who.role }];
  const invited = await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, { invitations });
  const token: string = done(invited, 201).invitations[0].invitationToken;
  const headers = { authorization: `Bearer ${who.known.token}` };
  const accepted = await callApi(server, { method: "POST", path: `/invitations/${token}/accept`, body: {}, headers });
  return { ...personWith(server, who.known), memberId: done(accepted, 200).memberId };
}

/** The body of an answer that must have this status. */
export function done(answer: Answer, status: number): Answer["body"] {
  if (answer.status !== status) throw new Error(`expected ${status}, but got ${answer.status}: ${answer.text}`);
  return answer.body;
}
