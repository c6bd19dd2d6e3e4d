import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPage } from "#tests/support/pages.ts";
import { type Person, person } from "#tests/support/people.ts";
import { rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let who: Person;
beforeAll(async () => {
  server = await startServer({ build: aPage });
  who = await person(server, "Wanda Writer");
});
afterAll(() => server.stop());

const foreign = "https://evil.example";
const ways = [
  { says: "a page of ours", headers: { "sec-fetch-site": "same-origin" }, passes: true },
  { says: "an address typed by hand", headers: { "sec-fetch-site": "none" }, passes: true },
  { says: "another site", headers: { "sec-fetch-site": "cross-site" }, passes: false },
  { says: "a sister site", headers: { "sec-fetch-site": "same-site" }, passes: false },
  {
    says: "another site that shows our Origin",
    headers: { "sec-fetch-site": "cross-site", origin: "OURS" },
    passes: false,
  },
  { says: "an older browser on our page", headers: { origin: "OURS" }, passes: true },
  { says: "an older browser on our page by another name", headers: { origin: "LOCALHOST" }, passes: true },
  { says: "an older browser elsewhere", headers: { origin: foreign }, passes: false },
  { says: "an older browser in a sandbox", headers: { origin: "null" }, passes: false },
  {
    says: "an older browser, forging our host",
    headers: { origin: foreign, "x-forwarded-host": "evil.example" },
    passes: false,
  },
  { says: "an older browser, through another host", headers: { origin: foreign, host: "evil.example" }, passes: false },
  { says: "nothing, with a cookie", headers: {}, passes: false },
];

function headersOf(headers: object): Record<string, string> {
  const { port } = new URL(server.url);
  const names: Record<string, string> = { OURS: server.url, LOCALHOST: `http://localhost:${port}` };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, names[value] ?? value]));
}

describe.each(ways)("a request that comes from $says", ({ headers, passes }) => {
  test(passes ? "may write with the cookie" : "is refused before anything is read", async () => {
    const given = {
      ...headersOf(headers),
      cookie: who.cookie,
      "content-type": "application/json",
      "content-length": "2",
    };
    for (const [method, path] of [
      ["POST", "/api/v1/panels"],
      ["PUT", "/api/v1/x"],
      ["DELETE", "/api/v1/x"],
    ] as const) {
      const answer = await rawRequest(server.url, { method, path, headers: given, body: "{}" });
      if (passes) expect(answer.status).not.toBe(403);
      else
        expect({ status: answer.status, ...JSON.parse(answer.text) }).toMatchObject({
          status: 403,
          title: "Forbidden",
        });
    }
  });

  test(passes ? "may send a form" : "may send no form", async () => {
    const type = "application/x-www-form-urlencoded";
    const given = { ...headersOf(headers), cookie: who.cookie, "content-type": type, "content-length": "0" };
    const answer = await rawRequest(server.url, { method: "POST", path: "/", headers: given });
    expect(answer.status).toBe(passes ? 200 : 403);
    if (!passes) expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
  });

  test("may read", async () => {
    const given = { ...headersOf(headers), cookie: who.cookie };
    expect((await rawRequest(server.url, { path: "/api/v1/panels", headers: given })).status).toBe(200);
  });

  test("may write with a token that it shows", async () => {
    const body = JSON.stringify({ name: "x" });
    const given = { ...headersOf(headers), authorization: `Bearer ${who.token}`, "content-type": "application/json" };
    const answer = await rawRequest(server.url, { method: "POST", path: "/api/v1/tokens", headers: given, body });
    expect(answer.status).toBe(201);
  });
});

test("a program without a cookie may sign in, another site's page may not", async () => {
  const body = JSON.stringify({ email: "x@example.org", password: "a long enough sentence" });
  const post = (headers: Record<string, string>) =>
    rawRequest(server.url, {
      method: "POST",
      path: "/api/v1/session",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  expect((await post({})).status).toBe(401);
  expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({ origin: foreign })).status).toBe(403);
});

test("behind a public address only that address is our own", async () => {
  const behind = await startServer({ config: { publicUrl: "https://panels.example" } });
  const somebody = await person(behind, "Bea Behind");
  expect(somebody.cookie).toMatch(/^__Host-concord=/);
  const post = (origin: string) =>
    rawRequest(behind.url, {
      method: "POST",
      path: "/api/v1/panels",
      headers: { origin, cookie: somebody.cookie, "content-type": "application/json" },
      body: "{}",
    });
  expect((await post("https://panels.example")).status).toBe(422);
  for (const other of [
    behind.url,
    "http://panels.example",
    "https://panels.example.evil.example",
    "https://panels.example:444",
  ]) {
    expect((await post(other)).status).toBe(403);
  }
  const { headers } = await fetch(`${behind.url}/healthz`);
  expect(headers.get("strict-transport-security")).toMatch(/max-age=31536000/);
  await behind.stop();
});
