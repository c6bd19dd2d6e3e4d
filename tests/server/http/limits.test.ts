import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPage } from "#tests/support/pages.ts";
import { aPanel } from "#tests/support/panels.ts";
import { rawBytes, rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ build: aPage });
});
afterAll(() => server.stop());

const sound = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };

describe.each([
  ["an address of more than 2 KiB", { path: `/?q=${"x".repeat(2048)}` }, 414],
  ["an address with a backslash, which a router takes for another host's", { path: "/./%5C/elsewhere.example/" }, 400],
  ["an address with a tab, which a router leaves out", { path: "/%09/elsewhere.example/" }, 400],
  ["a backslash as it is", { path: "/\\elsewhere.example/" }, 400],
  ["an escaped backslash, small and in the second place", { path: "/panels/%5celsewhere" }, 400],
  ["an address of the API of more than 2 KiB", { path: `/api/v1/${"x".repeat(2048)}` }, 414],
  ["an escape that is none", { path: "/panels/%zz" }, 400],
  ["an escape that is none, in the API", { path: "/api/v1/panels/%e0%a4%a" }, 400],
  ["an escaped NUL", { path: "/panels/%00" }, 400],
  ["an escaped NUL in the query", { path: "/?x=%00" }, 400],
  ["a host that is none", { path: "/", headers: { host: "a b<script>" } }, 400],
  ["a host of a port that is none", { path: "/", headers: { host: "x:99999" } }, 400],
  ["a host of numbers that is none", { path: "/", headers: { host: "1.2.3.999" } }, 400],
  ["a host of brackets that is none", { path: "/", headers: { host: "[:::]" } }, 400],
  ["a host of letters that are none", { path: "/", headers: { host: "xn--a" } }, 400],
  ["a host of an older protocol", { path: "/", headers: { host: "[::ffff:127.0.0.1]:80" } }, 200],
  ["an escape that is none, in a query", { path: "/?x=%zz" }, 200],
  ["one loader by itself, as older pages asked", { path: "/?_data=root" }, 400],
  ["two slashes", { path: "//evil.example/%2f.." }, 404],
  ["a step up", { path: "/../../etc/passwd" }, 404],
  ["an escaped step up", { path: "/assets/..%2f..%2f..%2fpackage.json" }, 404],
  ["a hidden file", { path: "/.env" }, 404],
  ["a page by another method", { path: "/", method: "PUT", headers: sound, body: "x" }, 405],
  ["a page by a method of no meaning", { path: "/", method: "PROPFIND", headers: sound }, 405],
  ["a page by TRACE", { path: "/", method: "TRACE", headers: sound }, 405],
  ["the API by TRACE", { path: "/api/v1/templates", method: "TRACE", headers: sound }, 401],
  ["a page by OPTIONS", { path: "/", method: "OPTIONS" }, 405],
  ["health by another method", { path: "/healthz", method: "POST", headers: sound, body: "x" }, 405],
  ["a form", { path: "/", method: "POST", headers: { ...sound, "content-length": "3" }, body: "a=b" }, 200],
  [
    "a form that is JSON",
    {
      path: "/",
      method: "POST",
      headers: { ...sound, "content-type": "application/json", "content-length": "2" },
      body: "{}",
    },
    415,
  ],
  [
    "a form of parts",
    {
      path: "/",
      method: "POST",
      headers: { ...sound, "content-type": "multipart/form-data; boundary=x", "content-length": "2" },
      body: "--",
    },
    415,
  ],
  [
    "a form of more than 64 KiB",
    { path: "/", method: "POST", headers: { ...sound, "content-length": "65537" }, body: "x".repeat(65_537) },
    413,
  ],
  [
    "a form of unknown length",
    { path: "/", method: "POST", headers: { ...sound, "transfer-encoding": "chunked" }, body: "a=b" },
    411,
  ],
] as const)("%s", (_what, request, status) => {
  test(`is answered with ${status}`, async () => {
    const answer = await rawRequest(server.url, request);
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.headers["content-type"]).toMatch(/json|html|text/);
  });
});

test("bytes that are not HTTP end their own connection only", async () => {
  expect(await rawBytes(server.url, "nonsense\r\n\r\n")).toBe("HTTP/1.1 400 Bad Request");
  expect(await rawBytes(server.url, `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(20_000)}\r\n\r\n`)).toBe(
    "HTTP/1.1 431 Request Header Fields Too Large",
  );
  expect(await rawBytes(server.url, "GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toBe(
    "HTTP/1.1 400 Bad Request",
  );
  expect(await rawBytes(server.url, "GET /healthz HTTP/1.0\r\n\r\n")).toBe("HTTP/1.1 200 OK");
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

function manifestOf(paths: readonly string[]): string {
  return `/__manifest?version=1${paths.map((path) => `&p=${encodeURIComponent(path)}`).join("")}`;
}

test.each([
  ["what a page asks", manifestOf(["/", "/panels/1/score"]), 200],
  ["twenty paths", manifestOf(Array.from({ length: 20 }, () => "/a")), 200],
  ["twenty-one paths", manifestOf(Array.from({ length: 21 }, () => "/a")), 400],
  ["ten segments", manifestOf(["/a".repeat(10)]), 200],
  ["eleven segments", manifestOf(["/a".repeat(11)]), 400],
  ["more than 1 KiB", manifestOf([`/${"a".repeat(1024)}`]), 400],
])("the route list answers to %s as it should", async (_what, path, status) => {
  expect((await fetch(server.url + path)).status).toBe(status);
});

test("the server waits for nobody for ever", () => {
  const { headersTimeout, requestTimeout, maxHeadersCount } = server.server;
  expect({ headersTimeout, requestTimeout, maxHeadersCount }).toEqual({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    maxHeadersCount: 100,
  });
});

test("health says that the process lives, readiness that it can work", async () => {
  const health = await fetch(`${server.url}/healthz`);
  expect({ status: health.status, body: await health.json() }).toEqual({ status: 200, body: { status: "ok" } });
  const ready = await fetch(`${server.url}/readyz`);
  const checks = { stopping: false, room: true, database: true, migrations: true, aggregation: true };
  expect({ status: ready.status, body: await ready.json() }).toEqual({
    status: 200,
    body: { status: "ready", checks },
  });
});

test("readiness fails when figures fall more than ten seconds behind", async () => {
  const stuck = await startServer();
  const { panelId } = await aPanel(stuck, { reviewers: 1 });
  await stuck.app.aggregation.drain();
  await stuck.app.aggregation.stop();
  const sql = postgres(stuck.databaseUrl, { max: 1 });
  const ready = async () => (await fetch(`${stuck.url}/readyz`)).status;
  await sql`insert into pending_act (panel_id, enqueued_at) values (${panelId}, now() - interval '5 seconds')`;
  expect(await ready()).toBe(200);
  await sql`update pending_act set enqueued_at = now() - interval '11 seconds'`;
  expect(await ready()).toBe(503);
  await sql`delete from schema_migration`;
  await sql`delete from pending_act`;
  expect(await ready()).toBe(503);
  await sql.end();
  await stuck.stop();
});
