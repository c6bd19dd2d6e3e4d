import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPage } from "#tests/support/pages.ts";
import { person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ build: aPage });
});
afterAll(() => server.stop());

describe.each(["/api/v1/templates", "/api/v1/panels", "/healthz", "/readyz", "/", "/nothing-here", "/%zz"])(
  "%s",
  (path) => {
    test("forbids framing, sniffing, storing and every other origin", async () => {
      const { headers } = await fetch(server.url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy": expect.stringMatching(/^default-src 'none'; ?.*frame-ancestors 'none'/),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": expect.stringContaining("camera=()"),
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      for (const absent of [
        "etag",
        "last-modified",
        "x-powered-by",
        "strict-transport-security",
        "access-control-allow-origin",
      ]) {
        expect({ absent, there: headers.has(absent) }).toEqual({ absent, there: false });
      }
    });
  },
);

test("a page may run its own scripts only, under a nonce that is new each time", async () => {
  const read = async () => {
    const answer = await fetch(server.url);
    const policy = answer.headers.get("content-security-policy") ?? "";
    return { policy, nonce: /'nonce-([^']+)'/.exec(policy)?.[1], told: await answer.json() };
  };
  const [first, second] = [await read(), await read()];
  const { host, port } = new URL(server.url);
  expect(first.policy.replace(first.nonce ?? "", "N")).toBe(
    "default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
      `connect-src 'self' ws://${host} ws://localhost:${port}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  expect(first.told.root.nonce).toBe(first.nonce);
  expect(Buffer.from(first.nonce ?? "", "base64")).toHaveLength(16);
  expect(second.nonce).not.toBe(first.nonce);
});

test("a page knows who asks", async () => {
  const who = await person(server, "Paula Page");
  const told = async (cookie: string) => (await (await fetch(server.url, { headers: { cookie } })).json()).root.name;
  expect(await told(who.cookie)).toBe("Paula Page");
  expect(await told("concord=nothing")).toBe(null);
  expect(await told(`${who.cookie.replace("concord", "other")}`)).toBe(null);
});

test("the cookie of an extended session is sent again, and of others not", async () => {
  const who = await person(server, "Fred Fresh");
  const soon = new Date(Date.now() + 10 * 60_000).toISOString();
  const ask = (method: string, path: string, headers: Record<string, string>) =>
    fetch(server.url + path, { method, headers: { origin: server.url, ...headers } });
  expect((await ask("GET", "/", { cookie: who.cookie })).headers.get("set-cookie")).toBe(null);
  for (const [method = "", path = ""] of [
    ["GET", "/"],
    ["POST", "/api/v1/panels"],
  ]) {
    await shorten(who.token, soon);
    const again = await ask(method, path, { cookie: who.cookie });
    expect(again.headers.get("set-cookie")).toMatch(new RegExp(`^concord=${who.token}; HttpOnly; .*SameSite=Lax`));
    await shorten(who.token, soon);
    const byToken = await ask(method, path, { authorization: `Bearer ${who.token}` });
    expect(byToken.headers.get("set-cookie")).toBe(null);
  }
});

test("what an open page asks by itself keeps no session alive", async () => {
  const who = await person(server, "Ida Idle");
  const soon = new Date(Date.now() + 10 * 60_000).toISOString();
  await shorten(who.token, soon);
  const poll = await fetch(`${server.url}/api/v1/panels`, { headers: { cookie: who.cookie } });
  expect([poll.status, poll.headers.get("set-cookie")]).toEqual([200, null]);
  expect(await endOf(who.userId)).toBe(soon);

  await fetch(server.url, { headers: { cookie: who.cookie } });
  expect(Date.parse(await endOf(who.userId))).toBeGreaterThan(Date.parse(soon));
});

async function endOf(userId: string): Promise<string> {
  const { listSessions } = await import("#db/sessions.ts");
  const [session] = await listSessions(server.app.database.pool, userId);
  return session?.expiresAt ?? "";
}

async function shorten(token: string, expiresAt: string): Promise<void> {
  const { extendSession } = await import("#db/sessions.ts");
  const { sha256 } = await import("#server/hash.ts");
  await extendSession(server.app.database.pool, sha256(token), expiresAt);
}
