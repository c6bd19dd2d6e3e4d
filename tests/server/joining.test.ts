import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listMail } from "#db/outbox.ts";
import { aPanel, done, joinAs, move, submit, type TestPanel } from "#tests/support/panels.ts";
import { type Answer, callApi, type Person, person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

// Sight and scoring exclude each other: who may still begin to score, and who not any more.

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function accept({ panelId, facilitator }: TestPanel, known: Person, role: string): Promise<Answer> {
  const invitations = [{ email: known.email, role }];
  const invited = await facilitator.call("POST", `/panels/${panelId}/invitations`, { invitations });
  const path = `/invitations/${done(invited, 201).invitations[0].invitationToken}/accept`;
  return callApi(server, { method: "POST", path, body: {}, headers: { authorization: `Bearer ${known.token}` } });
}

function score({ panelId }: TestPanel, who: Person): Promise<Answer> {
  return who.call("PUT", `/panels/${panelId}/scores/P1/I1`, { value: 2, rationale: "Because.", version: 0 });
}

/** What somebody who is invited now gets by mail, without the link, which is new each time. */
async function mailTo({ panelId, facilitator }: TestPanel, email: string): Promise<string> {
  const invitations = [{ email, role: "reviewer" }];
  const invited = done(await facilitator.call("POST", `/panels/${panelId}/invitations`, { invitations }), 201);
  const mails = await listMail(server.app.database.pool, 1_000);
  const [mail] = mails.filter(({ recipient }) => recipient === email);
  return `${mail?.subject}\n${mail?.body}`.replace(invited.invitations[0].url, "(the link)");
}

describe("in the middle of a live round", () => {
  let panel: TestPanel;
  let earlyMail: string;
  beforeAll(async () => {
    panel = await aPanel(server, { protocol: "staff-team", reviewers: 3, observers: 1 });
    earlyMail = await mailTo(panel, "early@example.org");
    for (const reviewer of panel.reviewers) await submit(panel, reviewer, 1);
    await server.app.aggregation.drain();
  });

  test("somebody who has seen nothing may join, and scores", async () => {
    const newcomer = await joinAs(server, panel, { known: await person(server, "Nora New"), role: "reviewer" });
    expect(done(await newcomer.call("GET", `/panels/${panel.panelId}/board`), 200).visible).toBe(false);
    expect((await score(panel, newcomer)).status).toBe(200);
  });

  test("an invitation says what one sent before the first score said", async () => {
    expect(earlyMail).toContain("(the link)");
    expect(await mailTo(panel, "later@example.org")).toBe(earlyMail);
  });

  test("a facilitator, who sees the scores, does not begin to score by an invitation", async () => {
    const { facilitator, panelId } = panel;
    expect(done(await facilitator.call("GET", `/panels/${panelId}/board`), 200).visible).toBe(true);
    const answer = await accept(panel, facilitator, "reviewer");
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({
      status: 409,
      detail: "You are, or were, a member of this panel.",
    });
    expect(done(await facilitator.call("GET", `/panels/${panelId}`), 200)).toMatchObject({
      role: "facilitator",
      scores: false,
    });
    expect((await score(panel, facilitator)).status).toBe(403);
  });

  test("an observer, or somebody who was removed, does not begin either", async () => {
    const [observer] = panel.observers;
    const removed = await joinAs(server, panel, { known: await person(server, "Rhea Removed"), role: "observer" });
    done(await panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${removed.memberId}`), 204);
    for (const who of [observer, removed]) {
      if (who === undefined) throw new Error("nobody is there");
      expect((await accept(panel, who, "reviewer")).status).toBe(409);
    }
    expect((await score(panel, removed)).status).toBe(404);
  });
});

test("nobody begins to score in an anonymous panel after its first reveal", async () => {
  const panel = await aPanel(server, { protocol: "delphi", reviewers: 5 });
  await joinAs(server, panel, { known: await person(server, "Early Bird"), role: "reviewer" });
  for (const reviewer of panel.reviewers) await submit(panel, reviewer, 1);
  await move(panel, "discussion");
  const late = await person(server, "Late Comer");
  const refused = {
    status: 403,
    detail: "This panel is anonymous and has been revealed once; nobody joins it any more.",
  };
  const told = async () => {
    const { status, body } = await accept(panel, late, "reviewer");
    return { status, detail: body.detail };
  };
  expect(await told()).toEqual(refused);
  await move(panel, "closed");
  expect(await told()).toEqual(refused);
  await move(panel, "next-round");
  expect(await told()).toEqual(refused);
  expect((await accept(panel, late, "observer")).status).toBe(200);
});
