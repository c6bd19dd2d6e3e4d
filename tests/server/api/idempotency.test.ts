import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aPanel, done, give, twoCells } from "#tests/support/panels.ts";
import { type Person, person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const aPanelBody = { title: "Once", question: "Which?", template: "wilson-hine" };

function keyed(): Record<string, string> {
  return { "idempotency-key": randomUUID() };
}

async function panelsOf(who: Person): Promise<unknown[]> {
  return done(await who.call("GET", "/panels"), 200).panels;
}

test("a repeated key answers what the first request answered, and makes nothing twice", async () => {
  const who = await person(server, "Rita Repeat");
  const key = keyed();
  const first = await who.call("POST", "/panels", aPanelBody, key);
  const second = await who.call("POST", "/panels", aPanelBody, key);
  expect(first.status).toBe(201);
  expect({ status: second.status, text: second.text }).toEqual({ status: 201, text: first.text });
  expect(await panelsOf(who)).toHaveLength(1);
});

test("five requests at once with one key make one thing", async () => {
  const who = await person(server, "Rita Repeat");
  const key = keyed();
  const answers = await Promise.all(Array.from({ length: 5 }, () => who.call("POST", "/panels", aPanelBody, key)));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  expect(await panelsOf(who)).toHaveLength(1);
});

test("a key is bound to its request: another body, path or method is refused", async () => {
  const { panelId, reviewers } = await aPanel(server);
  const [who] = reviewers;
  const key = keyed();
  const path = `/panels/${panelId}/scores/P1`;
  done(await who!.call("PUT", `${path}/I1`, { value: 1, version: 0 }, key), 200);
  expect((await who!.call("PUT", `${path}/I1`, { value: 2, version: 0 }, key)).status).toBe(422);
  expect((await who!.call("PUT", `${path}/I2`, { value: 1, version: 0 }, key)).status).toBe(422);
  expect((await who!.call("POST", "/tokens", { name: "x" }, key)).status).toBe(422);
  const scores = done(await who!.call("GET", `/panels/${panelId}/scores`), 200).scores;
  expect(scores).toMatchObject([{ criterionId: "I1", value: 1, version: 1 }]);
});

test("two people may use the same key", async () => {
  const [one, other] = [await person(server, "One"), await person(server, "Other")];
  const key = keyed();
  const first = done(await one.call("POST", "/panels", aPanelBody, key), 201);
  const second = done(await other.call("POST", "/panels", aPanelBody, key), 201);
  expect(second.panelId).not.toBe(first.panelId);
  expect(done(await one.call("POST", "/panels", aPanelBody, key), 201)).toEqual(first);
  expect(done(await other.call("POST", "/panels", aPanelBody, key), 201)).toEqual(second);
});

test("a refusal is judged afresh under the same key", async () => {
  const panel = await aPanel(server);
  const [who] = panel.reviewers;
  const key = keyed();
  const submit = () => who!.call("POST", `/panels/${panel.panelId}/submission`, {}, key);
  expect((await submit()).status).toBe(422);
  for (const cell of twoCells) await give(panel, who!, { ...cell, value: 1 });
  const first = await submit();
  expect(first.status).toBe(200);
  expect((await submit()).text).toBe(first.text);
});

test("every write of a panel answers a repeat in the same words", async () => {
  const panel = await aPanel(server);
  const { panelId, facilitator, reviewers } = panel;
  const path = `/panels/${panelId}`;
  const { version } = done(await facilitator.call("GET", path), 200);
  await twice(facilitator, [
    "POST",
    `${path}/invitations`,
    { invitations: [{ email: "x@example.org", role: "observer" }] },
  ]);
  await twice(facilitator, ["POST", "/tokens", { name: "x" }]);
  await twice(reviewers[0]!, ["PUT", `${path}/scores/P1/I1`, { value: 1, rationale: "Yes.", version: 0 }]);
  await twice(reviewers[0]!, ["PUT", `${path}/points`, { points: { I1: 100 }, version: 0 }]);
  await give(panel, reviewers[0]!, { policyId: "P1", criterionId: "I2", value: 0 });
  await twice(reviewers[0]!, ["POST", `${path}/submission`, {}]);
  await twice(facilitator, ["POST", `${path}/reopenings`, { memberId: reviewers[0]!.memberId, reason: "Asked to." }]);
  await twice(facilitator, ["DELETE", `${path}/members/${reviewers[2]!.memberId}`, undefined]);
  await twice(facilitator, ["POST", `${path}/transitions`, { to: "discussion", expectedVersion: version }]);
});

async function twice(who: Person, [method, path, body]: [string, string, unknown]): Promise<void> {
  const key = keyed();
  await server.app.aggregation.drain();
  const first = await who.call(method, path, body, key);
  await server.app.aggregation.drain();
  const second = await who.call(method, path, body, key);
  expect(first.status).toBeLessThan(300);
  expect({ path, status: second.status, text: second.text }).toEqual({ path, status: first.status, text: first.text });
}

test.each(["with space", "x".repeat(201), "ümlaut"])("a key %j is none", async (key) => {
  const who = await person(server, "Kay Key");
  const headers = { "idempotency-key": Buffer.from(key).toString("latin1") };
  expect((await who.call("POST", "/panels", aPanelBody, headers)).status).toBe(400);
});
