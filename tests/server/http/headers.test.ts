import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test("an answer of the API forbids framing, sniffing, storing and every other origin", async () => {
  const { headers, status } = await fetch(`${server.url}/api/v1/templates`);
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none';frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  expect(headers.get("permissions-policy")).toContain("camera=()");
  for (const absent of ["etag", "x-powered-by", "strict-transport-security", "set-cookie"])
    expect(headers.has(absent)).toBe(false);
});
