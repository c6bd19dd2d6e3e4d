import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls } from "#server/api/calls.ts";
import { aPanel, done, type TestPanel } from "#tests/support/panels.ts";
import { type Answer, callApi, type Person, person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let panel: TestPanel;
let outsiders: Record<string, Person>;
beforeAll(async () => {
  server = await startServer();
  panel = await aPanel(server);
  const removed = panel.reviewers[2]!;
  done(await panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${removed.memberId}`), 204);
  const administrator = await person(server, "Ada Administrator", { isAdministrator: true });
  outsiders = {
    "a stranger": await person(server, "Sam Stranger"),
    "an administrator": administrator,
    "a removed member": removed,
  };
});
afterAll(() => server.stop());

const guarded = calls.filter((call) => call.access !== "anyone");
const ofPanels = calls.filter((call) => call.access === "member");

/** An address of the call that is well-formed in every part. */
function addressOf(path: string, panelId: string): string {
  const parts: Record<string, string> = {
    panelId,
    policyId: "P1",
    criterionId: "I1",
    version: "1",
    invitationToken: "x",
  };
  return path.replaceAll(/:(\w+)/g, (_, name: string) => parts[name] ?? randomUUID());
}

function namesOf(list: typeof calls) {
  return list.map(({ method, path }) => ({ method, path }));
}

describe.each(namesOf(guarded))("$method $path", ({ method, path }) => {
  test.each([
    ["nobody", {}],
    ["a token that never was", { authorization: "Bearer 9f86d081884c7d659a2feaa0c55ad015" }],
    [
      "a cookie that never was",
      { cookie: "concord=9f86d081884c7d659a2feaa0c55ad015", "sec-fetch-site": "same-origin" },
    ],
    ["another scheme", { authorization: "Basic YWRhOmFkYQ==" }],
  ])("asks %s to sign in", async (_who, headers: Record<string, string>) => {
    const answer = await callApi(server, {
      method,
      path: addressOf(path, panel.panelId),
      body: bodyFor(method),
      headers,
    });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      type: "about:blank",
      title: "Unauthorized",
      status: 401,
      detail: "Sign in, or send a valid token.",
    });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });
});

describe.each(namesOf(ofPanels))("$method $path", ({ method, path }) => {
  test.each(["a stranger", "an administrator", "a removed member"])(
    "looks to %s like a panel that never existed",
    async (who) => {
      const outsider = outsiders[who]!;
      const real = await outsider.call(method, addressOf(path, panel.panelId), bodyFor(method));
      const unreal = await outsider.call(method, addressOf(path, randomUUID()), bodyFor(method));
      const malformed = await outsider.call(method, addressOf(path, "not-an-id"), bodyFor(method));
      expect(real.status).toBe(404);
      expect(seen(real)).toEqual(seen(unreal));
      expect(seen(real)).toEqual(seen(malformed));
    },
  );
});

test("calls that need nobody's name answer without one", async () => {
  const open = calls.filter((call) => call.access === "anyone").map(({ method, path }) => `${method} ${path}`);
  expect(open).toEqual([
    "POST /setup",
    "POST /session",
    "GET /templates",
    "POST /invitations/:invitationToken/accept",
    "GET /openapi.json",
  ]);
});

test("what is not in the list is hidden from nobody in particular", async () => {
  const unknown = [
    "/nothing",
    "",
    "/",
    "/panels/",
    `/panels/${panel.panelId}/threads`,
    `/panels/${panel.panelId}/board/`,
    "/Panels",
  ];
  for (const path of unknown) {
    expect({ path, status: (await callApi(server, { method: "GET", path })).status }).toEqual({ path, status: 401 });
    expect({ path, status: (await panel.facilitator.call("GET", path)).status }).toEqual({ path, status: 404 });
  }
});

test("parts of an address that cannot be ids name nothing", async () => {
  const base = `/panels/${panel.panelId}`;
  const parts = [
    `/panels/${panel.panelId.toUpperCase()}`,
    `${base}/cells/P1/%F0%9F%90%A6`,
    `${base}/cells/P1/..%2f..%2fx`,
    `${base}/cells/${"P".repeat(41)}/I1`,
    `${base}/cells/P1/nothing`,
    `${base}/snapshots/9999999999`,
    `${base}/snapshots/-1`,
  ];
  for (const path of parts) {
    expect({ path, status: (await panel.facilitator.call("GET", path)).status }).toEqual({ path, status: 404 });
  }
  expect((await panel.facilitator.call("DELETE", `${base}/members/${randomUUID()}`)).status).toBe(404);
  expect((await panel.facilitator.call("DELETE", `${base}/invitations/${randomUUID()}`)).status).toBe(404);
});

test("a method that an address does not have is answered with those it has", async () => {
  const answer = await panel.facilitator.call("PUT", "/panels", {});
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "HEAD", "POST"]);
  for (const method of ["PATCH", "OPTIONS", "DELETE"]) {
    expect((await panel.facilitator.call(method, `/panels/${panel.panelId}`)).status).toBe(405);
  }
  const head = await panel.facilitator.call("HEAD", `/panels/${panel.panelId}`);
  expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: "" });
  expect((await panel.facilitator.call("HEAD", `/panels/${panel.panelId}/submission`)).status).toBe(405);
});

function bodyFor(method: string): unknown {
  return method === "POST" || method === "PUT" ? {} : undefined;
}

/** All that an outsider could compare. */
function seen(answer: Answer): unknown {
  const headers = Object.fromEntries(answer.headers);
  return { status: answer.status, text: answer.text, headers: { ...headers, date: "" } };
}
