import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls } from "#server/api/calls.ts";
import { aPanel, done, give, move, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import type { Person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

// Somebody who is in one panel has no foot in the others: neither by asking for their things, nor by naming them.

let server: TestServer;
/** Still in its first round, so it has no snapshot. */
let own: TestPanel;
/** Closed, with something behind each kind of id. */
let others: TestPanel & { readonly invitationId: string };
const open = "open@example.org";
const secret = "a kingfisher nests below the weir";
beforeAll(async () => {
  server = await startServer();
  others = await closedPanel();
  own = await aPanel(server, { reviewers: 3 });
  for (const reviewer of own.reviewers) await submit(own, reviewer, 1);
  await server.app.aggregation.drain();
});
afterAll(() => server.stop());

async function closedPanel() {
  const panel = await aPanel(server, { reviewers: 3 });
  for (const reviewer of panel.reviewers) {
    for (const cell of twoCells) await give(panel, reviewer, { ...cell, value: 2, rationale: secret });
    done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  }
  await move(panel, "discussion");
  await move(panel, "closed");
  const path = `/panels/${panel.panelId}/invitations`;
  const wanted = ["revoked@example.org", open].map((email) => ({ email, role: "observer" }));
  done(await panel.facilitator.call("POST", path, { invitations: wanted }), 201);
  const { invitations } = done(await panel.facilitator.call("GET", path), 200);
  const revoked = invitations.find(({ email }: { email: string }) => email !== open);
  return { ...panel, invitationId: String(revoked.invitationId) };
}

interface Naming {
  readonly what: string;
  readonly method: string;
  readonly path: (panel: TestPanel) => string;
  readonly body?: () => unknown;
  /** What its own facilitator is told. */
  readonly ofOwn: number;
}

const namings: readonly Naming[] = [
  { what: "a snapshot", method: "GET", path: ({ panelId }) => `/panels/${panelId}/snapshots/1`, ofOwn: 200 },
  {
    what: "an invitation",
    method: "DELETE",
    path: ({ panelId }) => `/panels/${panelId}/invitations/${others.invitationId}`,
    ofOwn: 204,
  },
  {
    what: "a member to be reopened",
    method: "POST",
    path: ({ panelId }) => `/panels/${panelId}/reopenings`,
    body: () => ({ memberId: others.reviewers[0]?.memberId, reason: "On request." }),
    ofOwn: 409,
  },
  {
    what: "a member to be removed",
    method: "DELETE",
    path: ({ panelId }) => `/panels/${panelId}/members/${others.reviewers[1]?.memberId}`,
    ofOwn: 204,
  },
];

test.each(namings)("$what of another panel is nothing here", async ({ method, path, body, ofOwn }) => {
  const ask = (who: Person, panel: TestPanel) => who.call(method, path(panel), body?.());
  expect((await ask(own.facilitator, own)).status).toBe(404);
  // Still there, for whom it is there.
  expect((await ask(others.facilitator, others)).status).toBe(ofOwn);
});

describe("what a panel is asked", () => {
  const read = calls.filter(({ method, path }) => method === "GET" && path.startsWith("/panels/:panelId"));

  async function answersTo(who: Person, { panelId }: TestPanel): Promise<string[]> {
    const paths = read.map(({ path }) =>
      path.replace(":panelId", panelId).replace(":policyId/:criterionId", "P1/I1").replace(":version", "1"),
    );
    const answers = await Promise.all(
      [...paths, `/panels/${panelId}/export?format=json`, `/panels/${panelId}/export?format=csv`].map((path) =>
        who.call("GET", path),
      ),
    );
    return answers.map(({ text }) => text);
  }

  test("is answered from itself, and never from another", async () => {
    const marks = [secret, open, others.panelId, ...others.reviewers.map(({ memberId }) => memberId)];
    const held = (answers: readonly string[]) => marks.map((mark) => answers.some((text) => text.includes(mark)));
    const seenThere = await answersTo(others.facilitator, others);
    expect(held(seenThere)).toEqual(marks.map(() => true));
    for (const who of [own.facilitator, ...own.reviewers])
      expect(held(await answersTo(who, own))).toEqual(marks.map(() => false));
  });
});
