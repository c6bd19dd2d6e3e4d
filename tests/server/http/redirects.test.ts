import { afterAll, beforeAll, expect, test } from "vitest";
import { builtPages } from "#tests/support/built-pages.ts";
import { payloads } from "#tests/support/payloads.ts";
import { type Person, person } from "#tests/support/people.ts";
import { rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let who: Person;
beforeAll(async () => {
  server = await startServer({ build: builtPages });
  who = await person(server, "Rhea Redirected");
});
afterAll(() => server.stop());

/** Where somebody who is signed in already is sent on to. */
async function sentTo(next: string): Promise<unknown> {
  const path = `/sign-in?next=${encodeURIComponent(next)}`;
  const { status, headers } = await rawRequest(server.url, { path, headers: { cookie: who.cookie } });
  return status === 302 ? headers.location : status;
}

const panel = "/panels/00000000-0000-4000-8000-000000000000";

test.each([
  "/panels",
  "/panels/new",
  "/profile",
  "/admin",
  panel,
  `${panel}/score?cell=P1-I1`,
  `${panel}/board/P1/I1`,
  `${panel}/manage`,
  "/invitations/abc_DEF-123",
])("%s is a page of our own to go on to", async (next) => {
  expect(await sentTo(next)).toBe(next);
});

const elsewhere = [
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/%09/evil.example",
  "/\t/evil.example",
  "/panels//evil.example",
  "/panels/../..//evil.example",
  "/panels\n//evil.example",
  "/panels\r\nLocation: https://evil.example",
  "/panels@evil.example",
  "/.evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "/sign-out",
  "/api/v1/session",
  "/panels?next=//evil.example",
  "/panels#//evil.example",
  " /panels",
  "/PANELS",
  "http:/panels",
  "",
];

test.each([...elsewhere, ...payloads])("%j leads to the list of panels, and nowhere else", async (next) => {
  // What cannot be part of an address at all does not get so far.
  expect(["/panels", 400]).toContain(await sentTo(next));
});

test("a form cannot choose another place either", async () => {
  for (const next of elsewhere) {
    const body = new URLSearchParams({ _intent: "demonstration", userId: "x", next }).toString();
    const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
    const answer = await rawRequest(server.url, { method: "POST", path: "/sign-in", headers, body });
    expect([404, 422, 401]).toContain(answer.status);
    expect(answer.headers.location).toBeUndefined();
  }
});
