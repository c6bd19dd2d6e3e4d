import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls } from "#server/api/calls.ts";
import { ensureSetupToken } from "#server/commands/ensure-setup-token.ts";
import { aPanel, done, type TestPanel } from "#tests/support/panels.ts";
import { type Answer, callApi } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const setupToken = "the-token-of-these-tests";
const password = "a long enough sentence";

let server: TestServer;
let panel: TestPanel;
let invitationToken: string;
let sql: postgres.Sql;
beforeAll(async () => {
  server = await startServer({ config: { setupToken } });
  await ensureSetupToken(server.app);
  panel = await aPanel(server, { observers: 1 });
  const invitations = [{ email: "new@example.org", role: "reviewer" }];
  const invited = done(
    await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, { invitations }),
    201,
  );
  invitationToken = invited.invitations[0].invitationToken;
  await server.app.aggregation.drain();
  sql = postgres(server.databaseUrl, { max: 1 });
});
afterAll(async () => {
  await sql.end();
  await server.stop();
});

interface Example {
  readonly path: () => string;
  readonly body: () => Record<string, unknown>;
  /** Nobody, or: */
  readonly by?: "facilitator" | "reviewer";
}

const ofPanel = (part: string) => () => `/panels/${panel.panelId}${part}`;

/** A body that each call accepts, as full as it can be: the faults are made from it. */
const examples: Record<string, Example> = {
  "POST /setup": {
    path: () => "/setup",
    body: () => ({ setupToken, email: "ada@example.org", name: "Ada", password }),
  },
  "POST /session": { path: () => "/session", body: () => ({ email: "ada@example.org", password, code: "123456" }) },
  "POST /tokens": { path: () => "/tokens", by: "facilitator", body: () => ({ name: "A script" }) },
  "POST /panels": {
    path: () => "/panels",
    by: "facilitator",
    body: () => ({
      title: "Another panel",
      question: "Which?",
      rubric: {
        title: "Our words",
        perspectives: [{ id: "public", title: "The public", description: "All of us." }],
        criteria: [
          { id: "C1", name: "Cost", perspective: "public", question: "How dear?", polarity: "less-is-better" },
        ],
        scale: { min: 1, max: 5, step: 1, anchors: [{ level: 1, name: "Low", text: "Little." }] },
      },
      policies: [{ id: "A", title: "One", description: "Do it." }],
      protocol: { preset: "rand-ucla", minScores: 5, agreeShare: 0.75 },
      facilitatorScores: true,
    }),
  },
  "POST /panels/:panelId/transitions": {
    path: ofPanel("/transitions"),
    by: "facilitator",
    body: () => ({
      to: "discussion",
      expectedVersion: 1_000_000,
      reason: "Time.",
      cells: [{ policyId: "P1", criterionId: "I1" }],
    }),
  },
  "POST /panels/:panelId/invitations": {
    path: ofPanel("/invitations"),
    by: "facilitator",
    body: () => ({ invitations: [{ email: "x@example.org", role: "facilitator", group: "Staff", scores: true }] }),
  },
  "POST /invitations/:invitationToken/accept": {
    path: () => `/invitations/${invitationToken}/accept`,
    body: () => ({ name: "Nia New", password }),
  },
  "POST /panels/:panelId/reopenings": {
    path: ofPanel("/reopenings"),
    by: "facilitator",
    body: () => ({ memberId: panel.reviewers[0]!.memberId, reason: "Asked to." }),
  },
  "PUT /panels/:panelId/scores/:policyId/:criterionId": {
    path: ofPanel("/scores/P1/I1"),
    by: "reviewer",
    body: () => ({
      value: 1,
      nonScore: null,
      rationale: "Because.",
      changeReason: { code: "misread", note: "Oh." },
      version: 0,
    }),
  },
  "PUT /panels/:panelId/points": {
    path: ofPanel("/points"),
    by: "reviewer",
    body: () => ({ points: { I1: 100, G1: 20 }, version: 0 }),
  },
  "POST /panels/:panelId/submission": { path: ofPanel("/submission"), by: "reviewer", body: () => ({}) },
};

const wrongValues = [
  null,
  true,
  1.5,
  -1,
  1e300,
  "",
  " ",
  "x".repeat(20_000),
  "a\u0000b",
  "a\ud800b",
  "a\u0007b",
  "a\u202eb",
  "constructor",
  [],
  {},
  [[]],
];

/** The example with one fault at each place: something missing, something wrong, something that nobody asked for. */
function* faultsOf(value: unknown): Generator<unknown> {
  yield* wrongValues;
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const fault of faultsOf(item)) yield value.with(index, fault);
    yield Array.from({ length: 201 }, () => value[0]);
    return;
  }
  yield { ...value, extra: 1 };
  yield Object.defineProperty({ ...value }, "__proto__", { value: { isAdministrator: true }, enumerable: true });
  for (const [key, item] of Object.entries(value)) {
    const { [key]: _left, ...rest } = Object.fromEntries(Object.entries(value));
    yield rest;
    for (const fault of faultsOf(item)) yield { ...value, [key]: fault };
  }
}

/** The example with one key too many, in each of its objects. */
function* strangersIn(value: unknown, name = ""): Generator<unknown> {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const odd of strangersIn(item)) yield value.with(index, odd);
    return;
  }
  yield { ...value, extra: 1 };
  // Where the keys are names of criteria, this one is dropped before anybody could take it for one.
  if (name !== "points")
    yield Object.defineProperty({ ...value }, "__proto__", { value: { isAdministrator: true }, enumerable: true });
  for (const [key, item] of Object.entries(value))
    for (const odd of strangersIn(item, key)) yield { ...value, [key]: odd };
}

const librarysWords = /^(invalid|too (big|small)|unrecognized|expected)|received/i;

/** What a refusal says without a place or without words; `["no errors"]` if it says nothing at all. */
function unclearIn({ body }: Answer): unknown[] {
  const errors: { path: unknown; message: unknown }[] = body.errors ?? [];
  if (errors.length === 0) return ["no errors"];
  return errors.filter(
    ({ path, message }) =>
      typeof path !== "string" || typeof message !== "string" || message === "" || librarysWords.test(message),
  );
}

function send({ path, by }: Example, method: string, body: unknown): Promise<Answer> {
  if (by === undefined) return callApi(server, { method, path: path(), body: JSON.stringify(body) });
  const who = by === "facilitator" ? panel.facilitator : panel.reviewers[0]!;
  return who.call(method, path(), JSON.stringify(body));
}

/** How much there is of everything that a body could add to. */
async function stock(): Promise<unknown> {
  const [row] = await sql`
    select (select count(*) from app_user) as people, (select count(*) from panel) as panels,
      (select count(*) from invitation) as invitations, (select count(*) from member) as members,
      (select count(*) from score_revision) as scores, (select sum(version) from swing_points) as points, (select count(*) from audit_event) as events,
      (select count(*) from outbox_mail) as mails, (select count(*) from personal_token) as tokens,
      (select sum(version) from panel) as versions, (select count(*) from review where state = 'submitted') as submitted`;
  return row;
}

const withBody = calls.filter((call) => call.body !== undefined);

test("every call with a body has an example here", () => {
  expect(withBody.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(examples).sort());
});

describe.each(withBody.map((call) => ({ name: `${call.method} ${call.path}`, call })))("$name", ({ name, call }) => {
  const example = examples[name]!;

  test("refuses each fault in words, names its place, and keeps nothing of it", async () => {
    const before = await stock();
    let refusals = 0;
    for (const fault of faultsOf(example.body())) {
      if (call.body?.safeParse(fault).success) continue;
      const answer = await send(example, call.method, fault);
      const told = { fault: JSON.stringify(fault).slice(0, 300), status: answer.status, unclear: unclearIn(answer) };
      expect(told).toEqual({ fault: told.fault, status: 422, unclear: [] });
      refusals += 1;
    }
    expect(refusals).toBeGreaterThan(10);
    expect(refusals).toBeLessThan(2_000);
    expect(await stock()).toEqual(before);
  });

  test("takes no key that it does not know, in none of its objects", async () => {
    const before = await stock();
    for (const odd of strangersIn(example.body())) {
      const answer = await send(example, call.method, odd);
      const told = { odd: JSON.stringify(odd), status: answer.status, unclear: unclearIn(answer) };
      expect(told).toEqual({ odd: told.odd, status: 422, unclear: [] });
    }
    expect(await stock()).toEqual(before);
  });

  test("survives any JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (body) => {
        const { status } = await send(example, call.method, body);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 25 },
    );
  });
});

test.each([
  ["that is not JSON", "{", "application/json", 400],
  ["that is two values", "{} {}", "application/json", 400],
  ["of another type", "name=x", "application/x-www-form-urlencoded", 415],
  ["of a type that only looks like it", "{}", "application/json-patch+json", 415],
  ["in another character set", "{}", "application/json; charset=utf-16", 415],
  ["that is a list", "[]", "application/json", 422],
  ["that is null", "null", "application/json", 422],
  ["nested without end", `${"[".repeat(30_000)}${"]".repeat(30_000)}`, "application/json", 422],
  ["longer than 64 KiB", JSON.stringify({ name: "x".repeat(65_536) }), "application/json", 413],
])("a body %s is refused", async (_what, body, contentType, status) => {
  const answer = await panel.facilitator.call("POST", "/tokens", body, { "content-type": contentType });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ type: "about:blank", status, detail: expect.stringMatching(/\w/) });
});

test("a body that is not UTF-8, or packed, is refused", async () => {
  const headers = { authorization: `Bearer ${panel.facilitator.token}`, "content-type": "application/json" };
  const post = (body: BodyInit, more: Record<string, string> = {}) =>
    fetch(`${server.url}/api/v1/tokens`, { method: "POST", headers: { ...headers, ...more }, body });
  expect((await post(Buffer.from([0x22, 0xff, 0x22]))).status).toBe(400);
  expect((await post("{}", { "content-encoding": "gzip" })).status).toBe(415);
});

test("a body of unknown length is read no further than 64 KiB", async () => {
  const part = new TextEncoder().encode(" ".repeat(1024));
  let parts = 0;
  const body = new ReadableStream({
    pull(controller) {
      parts += 1;
      if (parts > 200) controller.close();
      else controller.enqueue(part);
    },
  });
  const headers = { authorization: `Bearer ${panel.facilitator.token}`, "content-type": "application/json" };
  const request = { method: "POST", headers, body, duplex: "half" } as const;
  const answer = await fetch(`${server.url}/api/v1/tokens`, request);
  expect(answer.status).toBe(413);
});

test("scores off the scale, unknown cells and unknown templates are refused", async () => {
  const reviewer = panel.reviewers[1]!;
  const path = `/panels/${panel.panelId}/scores`;
  for (const value of [3, -3, 100]) {
    const answer = await reviewer.call("PUT", `${path}/P1/I1`, { value, version: 0 });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([{ path: "value", message: expect.stringContaining("-2") }]);
  }
  expect((await reviewer.call("PUT", `${path}/P1/X9`, { value: 1, version: 0 })).status).toBe(404);
  expect((await reviewer.call("PUT", `${path}/P1/I3`, { value: 1, version: 0 })).status).toBe(403);
  const made = await reviewer.call("POST", "/panels", { title: "T", question: "Q", template: "no-such" });
  expect(made.body.errors).toEqual([{ path: "template", message: "No template has this id." }]);
});
