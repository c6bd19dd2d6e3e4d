import { afterAll, beforeAll, expect, test } from "vitest";
import type { CellId } from "#rubric/rubric.ts";
import { aPanel, done, give, joinAs, move, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import { callApi, person, personWith } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { expectAsDescribed } from "#tests/support/shape.ts";

const setupToken = "the-token-of-these-tests";
const password = "a long enough sentence";

let server: TestServer;
let panel: TestPanel;
beforeAll(async () => {
  server = await startServer({ config: { setupToken } });
  panel = await aPanel(server, { observers: 1 });
});
afterAll(() => server.stop());

test("the first administrator comes in by the set-up token, once", async () => {
  const { ensureSetupToken } = await import("#server/commands/ensure-setup-token.ts");
  await ensureSetupToken(server.app);
  const body = { setupToken, email: "Ada@Example.org", name: "Ada", password };
  const wrong = await callApi(server, { method: "POST", path: "/setup", body: { ...body, setupToken: "wrong" } });
  expect(wrong.status).toBe(404);

  const known = await callApi(server, {
    method: "POST",
    path: "/setup",
    body: { ...body, email: panel.facilitator.email },
  });
  expect([known.status, known.body.errors?.[0]?.path]).toEqual([422, "email"]);

  const made = await callApi(server, { method: "POST", path: "/setup", body });
  expectAsDescribed("POST /setup", made);
  expect(made.headers.get("set-cookie")).toMatch(/^concord=[^;]+; HttpOnly; .*SameSite=Lax/);

  const again = await callApi(server, { method: "POST", path: "/setup", body: { ...body, email: "eve@example.org" } });
  expect(again.status).toBe(404);

  const session = { email: "ada@example.org", password };
  const signedIn = await callApi(server, { method: "POST", path: "/session", body: session });
  expectAsDescribed("POST /session", signedIn);
  const cookie = signedIn.headers.get("set-cookie") ?? "";
  expect(cookie).toContain(`concord=${signedIn.body.token}; HttpOnly`);

  const [pair = ""] = cookie.split(";");
  const byCookie = await callApi(server, { method: "GET", path: "/panels", headers: { cookie: pair } });
  expect(byCookie.status).toBe(200);

  const headers = { authorization: `Bearer ${signedIn.body.token}` };
  const signedOut = await callApi(server, { method: "DELETE", path: "/session", headers });
  expectAsDescribed("DELETE /session", signedOut);
  expect(signedOut.headers.get("set-cookie")).toMatch(/^concord=;.*Max-Age=0/);
  expect((await callApi(server, { method: "GET", path: "/panels", headers })).status).toBe(401);
});

test("a wrong password and an unknown address are refused in the same words", async () => {
  const bodies = [
    { email: "nobody@example.org", password },
    { email: panel.facilitator.email, password: "not the password" },
  ];
  const [first, second] = await Promise.all(
    bodies.map((body) => callApi(server, { method: "POST", path: "/session", body })),
  );
  expect(first?.status).toBe(401);
  expect(second?.text).toBe(first?.text);
});

test("everyone may read the templates", async () => {
  const answer = await callApi(server, { method: "GET", path: "/templates" });
  expectAsDescribed("GET /templates", answer);
  expect(answer.body.templates.map(({ id }: { id: string }) => id)).toContain("wilson-hine");
  expect(answer.text).not.toContain("referenceReading");
});

test("a personal token works until it is revoked", async () => {
  const owner = await person(server, "Tove Token");
  const made = await owner.call("POST", "/tokens", { name: "My script" });
  expectAsDescribed("POST /tokens", made);
  const script = personWith(server, { ...owner, token: made.body.token });
  const list = await script.call("GET", "/tokens");
  expectAsDescribed("GET /tokens", list);
  expect(list.text).not.toContain(made.body.token);
  expectAsDescribed("DELETE /tokens/:tokenId", await owner.call("DELETE", `/tokens/${made.body.tokenId}`));
  expect((await script.call("GET", "/tokens")).status).toBe(401);
  expect((await owner.call("DELETE", `/tokens/${made.body.tokenId}`)).status).toBe(404);
});

test("a personal token that signs out is dead at once", async () => {
  const owner = await person(server, "Tove Token");
  const { token } = done(await owner.call("POST", "/tokens", { name: "My script" }), 201);
  const script = personWith(server, { ...owner, token });
  expect((await script.call("DELETE", "/session")).status).toBe(204);
  expect((await script.call("GET", "/panels")).status).toBe(401);
  expect((await owner.call("GET", "/panels")).status).toBe(200);
});

test("a panel goes its whole way", async () => {
  const { panelId, facilitator, reviewers } = panel;
  const [first, second, third] = reviewers;
  if (!first || !second || !third) throw new Error("three reviewers are needed");
  const path = `/panels/${panelId}`;

  expectAsDescribed("GET /panels", await first.call("GET", "/panels"));
  expectAsDescribed("GET /panels/:panelId", await first.call("GET", path));
  expectAsDescribed("GET /panels/:panelId/version", await first.call("GET", `${path}/version`));
  expectAsDescribed("GET /panels/:panelId/scores", await first.call("GET", `${path}/scores`));
  const score = await first.call("PUT", `${path}/scores/P1/I1`, { value: 2, rationale: "It helps.", version: 0 });
  expectAsDescribed("PUT /panels/:panelId/scores/:policyId/:criterionId", score);
  const sheet = await first.call("GET", `${path}/scores`);
  expectAsDescribed("GET /panels/:panelId/scores", sheet);
  expect(sheet.body).toMatchObject({
    round: 1,
    submitted: false,
    scores: [{ policyId: "P1", criterionId: "I1", value: 2, version: 1 }],
  });

  const early = await first.call("POST", `${path}/submission`, {});
  expect(early.status).toBe(422);
  expect(early.body.errors).toEqual([{ path: "P1.I2", message: "No score yet." }]);
  done(await first.call("PUT", `${path}/scores/P1/I2`, { nonScore: "abstain", rationale: "", version: 0 }), 200);
  expectAsDescribed("POST /panels/:panelId/submission", await first.call("POST", `${path}/submission`));

  const reopened = await facilitator.call("POST", `${path}/reopenings`, {
    memberId: first.memberId,
    reason: "Asked to.",
  });
  expectAsDescribed("POST /panels/:panelId/reopenings", reopened);
  done(await first.call("POST", `${path}/submission`, {}), 200);
  await submit(panel, second, 1);

  expectAsDescribed("GET /panels/:panelId/board", await third.call("GET", `${path}/board`));
  expectAsDescribed(
    "GET /panels/:panelId/cells/:policyId/:criterionId",
    await third.call("GET", `${path}/cells/P1/I1`),
  );
  expectAsDescribed("GET /panels/:panelId/roster", await facilitator.call("GET", `${path}/roster`));
  expectAsDescribed("GET /panels/:panelId/consensus", await facilitator.call("GET", `${path}/consensus`));
  expectAsDescribed("GET /panels/:panelId/snapshots", await third.call("GET", `${path}/snapshots`));
  await submit(panel, third, -1);
  await server.app.aggregation.drain();

  const board = await first.call("GET", `${path}/board`);
  expectAsDescribed("GET /panels/:panelId/board", board);
  expect(board.body).toMatchObject({ visible: true, progress: { submitted: 3, expected: 3 } });

  const { version } = board.body;
  const revealed = await facilitator.call("POST", `${path}/transitions`, {
    to: "discussion",
    expectedVersion: version,
  });
  expectAsDescribed("POST /panels/:panelId/transitions", revealed);
  expect(revealed.body).toMatchObject({ phase: "discussion", round: 1 });
  await move(panel, "closed");

  for (const who of [first, facilitator]) {
    expectAsDescribed(
      "GET /panels/:panelId/cells/:policyId/:criterionId",
      await who.call("GET", `${path}/cells/P1/I1`),
    );
    expectAsDescribed("GET /panels/:panelId/consensus", await who.call("GET", `${path}/consensus`));
    expectAsDescribed("GET /panels/:panelId/snapshots", await who.call("GET", `${path}/snapshots`));
    expectAsDescribed("GET /panels/:panelId/snapshots/:version", await who.call("GET", `${path}/snapshots/1`));
    expectAsDescribed("GET /panels/:panelId/audit", await who.call("GET", `${path}/audit`));
    expectAsDescribed("GET /panels/:panelId/export", await who.call("GET", `${path}/export?format=csv`));
  }
  expect((await first.call("GET", `${path}/snapshots/2`)).status).toBe(404);
  expect((await first.call("GET", `${path}/snapshots/01`)).status).toBe(404);
});

test("an export is a file with the panel's title, in a format that exists", async () => {
  const path = `/panels/${panel.panelId}/export`;
  const bundle = await panel.facilitator.call("GET", `${path}?format=json`);
  expectAsDescribed("GET /panels/:panelId/export", bundle);
  expect(bundle.body.format).toBe("concord-bundle/1");
  expect(bundle.headers.get("content-disposition")).toBe(
    `attachment; filename="A panel of the tests.json"; filename*=UTF-8''A%20panel%20of%20the%20tests.json`,
  );
  const csv = await panel.facilitator.call("GET", `${path}?format=csv`);
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
  for (const format of ["pdf", "docx", "xlsx", "JSON", "__proto__", ""]) {
    expect((await panel.facilitator.call("GET", `${path}?format=${format}`)).status).toBe(404);
  }
  expect((await panel.facilitator.call("GET", path)).body.errors).toEqual([
    { path: "format", message: "Choose one of json, csv, zip." },
  ]);
});

test("people come by invitation and go by removal", async () => {
  const { facilitator, panelId } = await aPanel(server, { reviewers: 0, cells: false });
  const path = `/panels/${panelId}`;
  const people = [
    { email: "new.person@example.org", role: "reviewer", group: "Staff" },
    { email: "never@example.org", role: "observer" },
  ];
  const invited = await facilitator.call("POST", `${path}/invitations`, { invitations: people });
  expectAsDescribed("POST /panels/:panelId/invitations", invited);
  expect(invited.body.invitations.map(({ email }: { email: string }) => email)).toEqual(
    people.map(({ email }) => email),
  );

  const open = await facilitator.call("GET", `${path}/invitations`);
  expectAsDescribed("GET /panels/:panelId/invitations", open);
  const never = open.body.invitations.find(({ email }: { email: string }) => email === "never@example.org");
  const taken = await facilitator.call("DELETE", `${path}/invitations/${never.invitationId}`);
  expectAsDescribed("DELETE /panels/:panelId/invitations/:invitationId", taken);

  const [{ invitationToken }, { invitationToken: dead }] = invited.body.invitations;
  const accept = { method: "POST", body: { name: "New Person", password } };
  expect((await callApi(server, { ...accept, path: `/invitations/${dead}/accept` })).status).toBe(404);
  const accepted = await callApi(server, { ...accept, path: `/invitations/${invitationToken}/accept` });
  expectAsDescribed("POST /invitations/:invitationToken/accept", accepted);
  expect((await callApi(server, { ...accept, path: `/invitations/${invitationToken}/accept` })).status).toBe(409);

  const joined = personWith(server, { ...accepted.body, name: "New Person", email: "new.person@example.org" });
  expect((await joined.call("GET", path)).body.role).toBe("reviewer");
  const removed = await facilitator.call("DELETE", `${path}/members/${accepted.body.memberId}`);
  expectAsDescribed("DELETE /panels/:panelId/members/:memberId", removed);
  expect((await joined.call("GET", path)).status).toBe(404);
});

test("in draft every view counts the same people who will score", async () => {
  const { panelId, facilitator, reviewers } = await aPanel(server, { observers: 1, cells: false });
  const path = `/panels/${panelId}`;
  done(await facilitator.call("DELETE", `${path}/members/${reviewers[0]?.memberId}`), 204);
  const progress = { submitted: 0, expected: 2 };
  expect(done(await facilitator.call("GET", path), 200).progress).toEqual(progress);
  expect(done(await facilitator.call("GET", `${path}/board`), 200).progress).toEqual(progress);
  const { panels } = done(await facilitator.call("GET", "/panels"), 200);
  expect(panels).toMatchObject([{ panelId, progress }]);
});

test("a submission stays as it is when its author has left: nobody can reopen it", async () => {
  const panel = await aPanel(server);
  const { panelId, facilitator } = panel;
  const leaving = panel.reviewers[0]!;
  for (const reviewer of panel.reviewers) await submit(panel, reviewer, 1);
  done(await facilitator.call("DELETE", `/panels/${panelId}/members/${leaving.memberId}`), 204);
  const body = { memberId: leaving.memberId, reason: "It is in the way." };
  done(await facilitator.call("POST", `/panels/${panelId}/reopenings`, body), 404);
  await move(panel, "discussion");
  const { cells } = done(await facilitator.call("GET", `/panels/${panelId}/board`), 200);
  expect(cells).toMatchObject([{ n: 3 }, { n: 3 }]);
});

test("a first score after a reveal is marked as such, also of one who had abstained before", async () => {
  const panel = await aPanel(server);
  const others = panel.reviewers.slice(1);
  const abstaining = panel.reviewers[0]!;
  for (const cell of twoCells) await give(panel, abstaining, { ...cell, nonScore: "abstain", rationale: "" });
  done(await abstaining.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  for (const other of others) await submit(panel, other, 1);
  for (const step of ["discussion", "closed", "next-round"]) await move(panel, step, { cells: twoCells });
  const first = twoCells[0]!;
  const second = twoCells[1]!;
  await give(panel, abstaining, { ...first, nonScore: "abstain", rationale: "" });
  await submit(panel, abstaining, 1, [second]);
  for (const other of others) await submit(panel, other, 1);
  const marksOf = async ({ policyId, criterionId }: CellId) => {
    const path = `/panels/${panel.panelId}/cells/${policyId}/${criterionId}`;
    const { entries } = done(await panel.facilitator.call("GET", path), 200);
    return entries.map(({ afterSight }: { afterSight: boolean }) => afterSight);
  };
  expect(await marksOf(first)).toEqual([false, false, false]);
  expect(await marksOf(second)).toEqual([true, false, false]);
});

test("an own rubric makes a panel as a template does", async () => {
  const facilitator = await person(server, "Olga Own");
  const created = await facilitator.call("POST", "/panels", {
    title: "Own words",
    question: "Which?",
    rubric: { criteria: [{ id: "C1", name: "Cost", perspective: "public" }], scale: { min: 1, max: 5 } },
    policies: [{ id: "A", title: "One" }],
    protocol: { preset: "staff-team", minScores: 4 },
    facilitatorScores: true,
  });
  expectAsDescribed("POST /panels", created);
  const answer = await facilitator.call("GET", `/panels/${created.body.panelId}`);
  expectAsDescribed("GET /panels/:panelId", answer);
  expect(answer.body).toMatchObject({ phase: "draft", round: null, scores: true, protocol: { minScores: 4 } });
});

test("a stale score is refused with the writer's own newer one", async () => {
  const { panelId, reviewers } = await aPanel(server);
  const [writer] = reviewers;
  const path = `/panels/${panelId}/scores/P1/I1`;
  done(await writer!.call("PUT", path, { value: 1, rationale: "First.", version: 0 }), 200);
  const stale = await writer!.call("PUT", path, { value: -1, rationale: "Second.", version: 0 });
  expect(stale.status).toBe(409);
  expect(stale.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(stale.body.current).toMatchObject({ value: 1, nonScore: null, rationale: "First.", version: 1 });
});

test("a member's role decides what may be done", async () => {
  const { panelId, facilitator, reviewers, observers } = await aPanel(server, { observers: 1 });
  const path = `/panels/${panelId}`;
  const { version } = done(await facilitator.call("GET", path), 200);
  const acts = [
    ["POST", "/invitations", { invitations: [{ email: "x@example.org", role: "reviewer" }] }],
    ["GET", "/invitations", undefined],
    ["POST", "/transitions", { to: "discussion", expectedVersion: version }],
    ["POST", "/reopenings", { memberId: reviewers[0]!.memberId, reason: "No." }],
    ["DELETE", `/members/${reviewers[1]!.memberId}`, undefined],
  ] as const;
  for (const who of [reviewers[0]!, observers[0]!]) {
    for (const [method, part, body] of acts) {
      expect({ part, status: (await who.call(method, path + part, body)).status }).toEqual({ part, status: 403 });
    }
  }
  for (const who of [facilitator, observers[0]!]) {
    expect((await who.call("PUT", `${path}/scores/P1/I1`, { value: 1, version: 0 })).status).toBe(403);
    expect((await who.call("POST", `${path}/submission`, {})).status).toBe(403);
  }
});

test("a step from an old view of the panel is refused, a colleague's submission is no reason", async () => {
  const fresh = await aPanel(server);
  const path = `/panels/${fresh.panelId}`;
  const { version } = done(await fresh.facilitator.call("GET", path), 200);
  await submit(fresh, fresh.reviewers[0]!, 1);
  await server.app.aggregation.drain();
  done(
    await fresh.facilitator.call("POST", `${path}/transitions`, { to: "discussion", expectedVersion: version }),
    200,
  );
  const late = await fresh.facilitator.call("POST", `${path}/transitions`, { to: "closed", expectedVersion: version });
  expect(late.status).toBe(409);
  const skipping = await aPanel(server);
  const skipped = await skipping.facilitator.call("POST", `/panels/${skipping.panelId}/transitions`, {
    to: "closed",
    expectedVersion: 1,
  });
  expect(skipped.status).toBe(409);
});

test("whoever joins as a known person needs no password", async () => {
  const { panelId, facilitator } = await aPanel(server, { cells: false });
  const known = await person(server, "Kim Known");
  const joined = await joinAs(server, { panelId, facilitator }, { known, role: "observer" });
  expect((await joined.call("GET", `/panels/${panelId}`)).body.role).toBe("observer");
});
