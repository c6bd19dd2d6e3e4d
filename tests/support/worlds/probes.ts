/**
 * For each thing that can be done, a request that is understood and changes nothing whoever sends it: what it is refused for
 * tells how far the sender got. A call or a form without a row here makes the tests fail.
 */
/** Signing out cannot be tried without doing it. */
export const endsItself = "DELETE /session";

export const callProbes: Readonly<Record<string, unknown>> = {
  "POST /setup": { setupToken: "no-such-token", email: "x@example.org", name: "X", password: "a very long sentence" },
  "POST /session": { email: "nobody@example.org" },
  "POST /tokens": { name: "" },
  "DELETE /tokens/:tokenId": null,
  "POST /panels": { title: "" },
  "POST /panels/:panelId/transitions": { to: "scoring", expectedVersion: 0 },
  "POST /panels/:panelId/invitations": { invitations: [] },
  "DELETE /panels/:panelId/invitations/:invitationId": null,
  "POST /invitations/:invitationToken/accept": {},
  "DELETE /panels/:panelId/members/:memberId": null,
  "POST /panels/:panelId/reopenings": {},
  "PUT /panels/:panelId/scores/:policyId/:criterionId": { value: 1, rationale: "stale", version: 1_000_000 },
  "POST /panels/:panelId/submission": { nonsense: true },
};

/** Form fields by route and intent, for the pages that take forms. */
export const formProbes: Readonly<Record<string, readonly string[]>> = {};
