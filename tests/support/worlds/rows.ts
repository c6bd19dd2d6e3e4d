import type { Role } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import type { Phase, ReviewState } from "#rubric/round.ts";

/**
 * One row for each page, call and event: who is let through, and a request that is understood and changes nothing, so
 * that what it is refused for tells how far its sender got. Whatever has no row here makes the tests fail.
 */

/** Who asks, as far as a row looks at it. */
export interface Asker {
  readonly isSignedIn: boolean;
  readonly isAdministrator: boolean;
  /** In the panel that is asked about. */
  readonly seat: { readonly role: Role } | null;
  /** Of the current round. */
  readonly review: ReviewState | null;
  readonly phase: Phase;
  readonly round: number | null;
  readonly identity: Protocol["identity"];
}

/** A status; or sent to sign in, which is a 401 where nothing can be shown; or sent to another page. */
export type Outcome = number | "sign-in" | "elsewhere";
export type Rule = (asker: Asker) => Outcome;

const always =
  (outcome: Outcome): Rule =>
  () =>
    outcome;
const signedIn =
  (inside: Rule = always(200)): Rule =>
  (asker) =>
    asker.isSignedIn ? inside(asker) : "sign-in";
const member = (inside: Rule = always(200)): Rule => signedIn((asker) => (asker.seat ? inside(asker) : 404));
const facilitator = (inside: Rule = always(200)): Rule =>
  member((asker) => (asker.seat?.role === "facilitator" ? inside(asker) : 403));
const administrator = (inside: Rule = always(200)): Rule =>
  signedIn((asker) => (asker.isAdministrator ? inside(asker) : 404));

/** Of a score that is long out of date. */
const saving: Rule = ({ phase, review }) => (phase === "scoring" && review === "drafting" ? 409 : 403);
/** Whoever drafts here has cells to fill; submitting again answers what it did. */
const submitting: Rule = ({ phase, review }) => {
  if (review === "submitted") return 200;
  return phase === "scoring" && review === "drafting" ? 422 : 403;
};
const inDraft =
  (inside: Outcome, after: Outcome): Rule =>
  ({ phase }) =>
    phase === "draft" ? inside : after;
/** An anonymous panel asks nobody how much a criterion matters. */
const unlessAnonymous =
  (inside: Rule): Rule =>
  (asker) =>
    asker.identity === "anonymous" ? 403 : inside(asker);
const onceSubmitted: Rule = ({ review }) => (review === "submitted" ? 200 : 404);
const onceClosed: Rule = ({ phase, round }) => (phase === "closed" || (round ?? 0) > 1 ? 200 : 404);
const nobody = "00000000-0000-4000-8000-000000000000";

interface FormRow {
  readonly fields: Readonly<Record<string, string>>;
  readonly rule: Rule;
  /** It does something for somebody who is ready for it. */
  readonly mayAct?: true;
}

export interface PageRow {
  readonly load: Rule;
  /** Added to the address. */
  readonly query?: string;
  readonly send?: readonly FormRow[];
}

export const pageRows: Readonly<Record<string, PageRow>> = {
  root: { load: always(200) },
  "routes/home": { load: always("elsewhere") },
  "routes/sign-in": {
    load: ({ isSignedIn }) => (isSignedIn ? "elsewhere" : 200),
    // Longer than any password, so that it is no attempt: those are held at a rate.
    send: [{ fields: { email: "nobody@example.org", password: "long".repeat(257) }, rule: always(422) }],
  },
  "routes/sign-in-code": { load: always("elsewhere"), send: [{ fields: { code: "" }, rule: always(401) }] },
  "routes/sign-in-two-step": { load: always(200), send: [{ fields: { code: "" }, rule: always(401) }] },
  "routes/reset": { load: always(200), send: [{ fields: { email: "no address" }, rule: always(422) }] },
  // A link that never was is told the same as one that has been used.
  "routes/reset-password": { load: always(409), send: [{ fields: {}, rule: always(409) }] },
  "routes/sign-out": { load: always(404) },
  "routes/set-up": { load: always(200), send: [{ fields: {}, rule: always(422) }] },
  "routes/invitation": { load: always(404), send: [{ fields: {}, rule: always(404) }] },
  "routes/panels": { load: signedIn() },
  "routes/new-panel": { load: signedIn(), send: [{ fields: { title: "" }, rule: signedIn(always(422)) }] },
  "routes/overview": { load: member() },
  "routes/edit-set-up": {
    load: facilitator(inDraft(200, "elsewhere")),
    send: [{ fields: { title: "" }, rule: facilitator(always(422)) }],
  },
  "routes/score": {
    load: member(),
    query: "cell=P1-I1",
    send: [
      {
        fields: { cell: "P1-I1", answer: "1", rationale: "Stale.", version: "1000000", _intent: "save" },
        rule: member((asker) => (asker.round === null ? 404 : saving(asker))),
      },
    ],
  },
  "routes/check": {
    load: member(),
    send: [
      {
        fields: {},
        rule: member((asker) => (submitting(asker) === 200 ? "elsewhere" : submitting(asker))),
        mayAct: true,
      },
    ],
  },
  "routes/receipt": { load: member(), send: [{ fields: { receipt: "" }, rule: member(always(422)) }] },
  "routes/board": { load: member() },
  "routes/cell": { load: member() },
  "routes/consensus": { load: member() },
  "routes/report": { load: member() },
  "routes/manage": {
    load: facilitator(),
    send: [
      { fields: { _intent: "move", to: "scoring", expectedVersion: "0" }, rule: facilitator(always(409)) },
      { fields: { _intent: "invite", emails: "", role: "reviewer" }, rule: facilitator(always(422)) },
      { fields: { _intent: "reopen", memberId: "", reopenReason: "" }, rule: facilitator(always(422)) },
      { fields: { _intent: "revoke", invitationId: nobody }, rule: facilitator(always(404)) },
      { fields: { _intent: "remove", memberId: nobody }, rule: facilitator(always(404)) },
    ],
  },
  "routes/profile": {
    load: signedIn(),
    // Whoever ends their sessions here is asked nothing more, so that is not tried.
    send: [
      { fields: { _intent: "token", name: "" }, rule: signedIn(always(422)) },
      { fields: { _intent: "revoke", tokenId: nobody }, rule: signedIn(always(404)) },
      { fields: { _intent: "password", currentPassword: "", newPassword: "" }, rule: signedIn(always(422)) },
      { fields: { _intent: "offer", offerPassword: "" }, rule: signedIn(always(422)) },
      { fields: { _intent: "codes", codesPassword: "" }, rule: signedIn(always(422)) },
      { fields: { _intent: "remove", removePassword: "" }, rule: signedIn(always(422)) },
      { fields: { _intent: "confirm", code: "" }, rule: signedIn(always(409)) },
      { fields: { _intent: "end", sessionId: nobody }, rule: signedIn(always(404)) },
    ],
  },
  "routes/admin": {
    load: administrator(),
    send: [
      // About nobody, who is found nowhere.
      { fields: { _intent: "link", linkUserId: "" }, rule: administrator(always(404)) },
      { fields: { _intent: "password", userId: "", password: "" }, rule: administrator(always(422)) },
      { fields: { _intent: "remove", stepUserId: "", ownPassword: "" }, rule: administrator(always(404)) },
      { fields: { _intent: "rule", secondStep: "", rulePassword: "" }, rule: administrator(always(422)) },
      { fields: { _intent: "outbox", outboxPassword: "" }, rule: administrator(always(422)) },
      { fields: { _intent: "nothing" }, rule: administrator(always(404)) },
    ],
  },
  "routes/nothing-here": { load: always(404) },
};

export interface CallRow {
  readonly rule: Rule;
  readonly body?: unknown;
  /** Where `body` would change something for somebody: one that never does. */
  readonly idleBody?: unknown;
  /** It ends the session it is sent with. */
  readonly endsSession?: true;
}

export const callRows: Readonly<Record<string, CallRow>> = {
  "POST /setup": { rule: always(422), body: {} },
  "POST /session": { rule: always(422), body: { email: "nobody@example.org" } },
  "DELETE /session": { rule: signedIn(always(204)), endsSession: true },
  "POST /session/activity": { rule: signedIn(always(204)) },
  "GET /templates": { rule: always(200) },
  "GET /openapi.json": { rule: always(200) },
  "GET /tokens": { rule: signedIn() },
  "POST /tokens": { rule: signedIn(always(422)), body: { name: "" } },
  "DELETE /tokens/:tokenId": { rule: signedIn(always(404)) },
  "GET /panels": { rule: signedIn() },
  "POST /panels": { rule: signedIn(always(422)), body: { title: "" } },
  "GET /panels/:panelId": { rule: member() },
  "GET /panels/:panelId/version": { rule: member() },
  "POST /panels/:panelId/transitions": {
    rule: facilitator(always(409)),
    body: { to: "scoring", expectedVersion: 0 },
  },
  "GET /panels/:panelId/audit": { rule: member() },
  "POST /panels/:panelId/invitations": { rule: facilitator(always(422)), body: { invitations: [] } },
  "GET /panels/:panelId/invitations": { rule: facilitator() },
  "DELETE /panels/:panelId/invitations/:invitationId": { rule: facilitator(always(404)) },
  "POST /invitations/:invitationToken/accept": { rule: always(404), body: {} },
  "DELETE /panels/:panelId/members/:memberId": { rule: facilitator(always(404)) },
  "GET /panels/:panelId/roster": { rule: member() },
  "POST /panels/:panelId/reopenings": { rule: facilitator(always(422)), body: {} },
  "GET /panels/:panelId/scores": { rule: member() },
  "PUT /panels/:panelId/scores/:policyId/:criterionId": {
    rule: member(saving),
    body: { value: 1, rationale: "Stale.", version: 1_000_000 },
  },
  "GET /panels/:panelId/points": { rule: member(unlessAnonymous(always(200))) },
  "PUT /panels/:panelId/points": { rule: member(unlessAnonymous(saving)), body: { points: {}, version: 1_000_000 } },
  "GET /panels/:panelId/receipt": { rule: member(onceSubmitted) },
  "POST /panels/:panelId/submission": { rule: member(submitting), body: {}, idleBody: { nonsense: true } },
  "GET /panels/:panelId/board": { rule: member() },
  "GET /panels/:panelId/cells/:policyId/:criterionId": { rule: member() },
  "GET /panels/:panelId/consensus": { rule: member() },
  "GET /panels/:panelId/snapshots": { rule: member() },
  "GET /panels/:panelId/snapshots/:version": { rule: member(onceClosed) },
  "GET /panels/:panelId/export": { rule: member() },
};

/** @throws Error for what has no row */
export function rowOf<Row>(rows: Readonly<Record<string, Row>>, name: string): Row {
  const row = rows[name];
  if (row === undefined) throw new Error(`${name} has no row in tests/support/worlds/rows.ts.`);
  return row;
}

/** What a socket may say, and the names of what a member is answered; others hear the same of a panel that never was. */
export const eventRows: Readonly<Record<string, { readonly member: string; readonly other: string }>> = {
  "panel:join": { member: "ok, version", other: "not_found" },
  "panel:leave": { member: "ok", other: "ok" },
};

/** All that a socket may be told, and the names of what each holds. */
export const frameRows: Readonly<Record<string, readonly string[]>> = {
  "panel:changed": ["panelId", "version"],
  "panel:gone": ["panelId"],
  "server:restarting": ["retryMs"],
};
