import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browserWords } from "#server/auth/visitor.ts";
import { endAllSessions, endOtherSessions, endSession } from "#server/commands/end-sessions.ts";
import { readSessions } from "#server/queries/read-installation.ts";
import { aClock, type TestClock } from "#tests/support/clock.ts";
import { aPage } from "#tests/support/pages.ts";
import { callApi, type Person, person } from "#tests/support/people.ts";
import { rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let clock: TestClock;
let server: TestServer;
let who: Person;
beforeAll(async () => {
  clock = aClock();
  server = await startServer({ build: aPage, clock: clock.now });
});
beforeEach(async () => {
  who = await person(server, "Sara Session");
});
afterAll(() => server.stop());

const isIn = async () => (await who.call("GET", "/panels")).status === 200;
const byCookie = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  rawRequest(server.url, { method, path, headers: { cookie: who.cookie, origin: server.url, ...headers } });

/** How long the session has left if nothing more is done. */
async function minutesLeft(): Promise<number> {
  const identity = await server.app.accounts.identifyToken(who.token);
  return (Date.parse(identity?.expiresAt ?? "") - clock.now().getTime()) / 60_000;
}

test("a session ends an hour after its owner was last at work, not before", async () => {
  clock.forward({ minutes: 29 });
  await byCookie("/");
  clock.forward({ minutes: 59 });
  expect(await isIn()).toBe(true);
  clock.forward({ minutes: 1 });
  expect(await isIn()).toBe(false);
});

test("a session ends twelve hours after sign-in, however busy its owner", async () => {
  for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
    clock.forward({ minutes: 30 });
    await byCookie("/");
    expect(await isIn()).toBe(true);
  }
  expect(await minutesLeft()).toBe(30);
  clock.forward({ minutes: 30 });
  expect(await isIn()).toBe(false);
});

test.each(["broken=%", "broken=%e0%a4%a", "%=x", "concord-device=%"])(
  "a cookie of somebody else's that cannot be read, %s, keeps nobody out",
  async (broken) => {
    for (const cookie of [`${broken}; ${who.cookie}`, `${who.cookie}; ${broken}`]) {
      expect((await byCookie("/api/v1/panels", { cookie })).status).toBe(200);
      expect((await byCookie("/", { cookie })).status).toBe(200);
    }
    expect((await byCookie("/api/v1/panels", { cookie: broken })).status).toBe(401);
    expect((await byCookie("/api/v1/panels", { cookie: "concord=%" })).status).toBe(401);
  },
);

const document = { "sec-fetch-dest": "document", "sec-fetch-mode": "navigate" };
const script = { "sec-fetch-dest": "empty", "sec-fetch-mode": "cors", "sec-fetch-site": "same-origin" };

describe("a session lives on by", () => {
  test.each([
    ["a page opened as a document", "GET", "/", document],
    ["a page opened by a browser that does not say what for", "GET", "/", {}],
    ["a call that writes", "POST", "/api/v1/panels", script],
    ["the beat of a page where somebody is at work", "POST", "/api/v1/session/activity", script],
  ])("%s", async (_what, method, path, headers) => {
    clock.forward({ minutes: 40 });
    await byCookie(path, headers, method);
    expect(await minutesLeft()).toBe(60);
  });
});

describe("a session does not live on by", () => {
  test.each([
    ["what the router fetches again", "/_root.data", script],
    ["the same from a browser that does not say what for", "/_root.data", {}],
    ["one route's part of it", "/_root.data?_routes=root", script],
    ["a fetch of a page", "/", script],
    ["the older address of a loader", "/?_data=root", {}],
    ["the router's map", "/__manifest?version=1&p=/", script],
    ["a page fetched ahead", "/", { ...document, "sec-purpose": "prefetch" }],
    ["a call that reads", "/api/v1/panels", script],
    ["a poll", "/api/v1/panels/0/version", {}],
  ])("%s", async (_what, path, headers) => {
    clock.forward({ minutes: 40 });
    await byCookie(path, headers);
    await byCookie(path, headers, "HEAD");
    expect(await minutesLeft()).toBe(20);
  });
});

test("the beat is answered with nothing, and by a session that has ended with 401", async () => {
  expect((await byCookie("/api/v1/session/activity", script, "POST")).status).toBe(204);
  clock.forward({ minutes: 61 });
  expect((await byCookie("/api/v1/session/activity", script, "POST")).status).toBe(401);
});

test("a personal token ends after ninety days", async () => {
  const { body } = await who.call("POST", "/tokens", { name: "A script" });
  const call = () =>
    callApi(server, { method: "GET", path: "/panels", headers: { authorization: `Bearer ${body.token}` } });
  clock.forward({ days: 90, minutes: -1 });
  expect((await call()).status).toBe(200);
  clock.forward({ minutes: 1 });
  expect((await call()).status).toBe(401);
});

describe("of several sessions", () => {
  const identityOf = async (token: string) => {
    const identity = await server.app.accounts.identifyToken(token);
    if (!identity) throw new Error("no session");
    return identity;
  };
  const alive = async (tokens: readonly string[]) => {
    const found = await Promise.all(tokens.map((token) => server.app.accounts.identifyToken(token)));
    return found.map((identity) => identity !== null);
  };
  const open = async () => (await server.app.accounts.openSession(who.userId, "Firefox on Linux")).sessionId;

  test("each is listed with what it was opened in, and one can be ended", async () => {
    const identity = await identityOf(who.token);
    const other = await open();
    const { sessions } = await readSessions(server.app, identity.user, identity);
    expect(sessions.map(({ browser, isThisOne }) => ({ browser, isThisOne }))).toEqual(
      expect.arrayContaining([
        { browser: "Firefox on Linux", isThisOne: false },
        { browser: "", isThisOne: true },
      ]),
    );
    const { sessionId = "" } = sessions.find(({ isThisOne }) => !isThisOne) ?? {};
    expect(await alive([sessionId])).toEqual([false]);

    await endSession(server.app, identity, { sessionId });
    expect(await alive([who.token, other])).toEqual([true, false]);
  });

  test("nobody ends one of somebody else's", async () => {
    const stranger = await person(server, "Stan Stranger");
    const identity = await identityOf(who.token);
    const { sessions } = await readSessions(server.app, identity.user, identity);
    const attempt = endSession(server.app, await identityOf(stranger.token), {
      sessionId: sessions[0]?.sessionId ?? "",
    });
    await expect(attempt).rejects.toMatchObject({ status: 404 });
    expect(await isIn()).toBe(true);
  });

  test("all others end, or all", async () => {
    const others = [await open(), await open()];
    const stranger = await person(server, "Stan Stranger");
    await endOtherSessions(server.app, await identityOf(who.token));
    expect(await alive([who.token, ...others, stranger.token])).toEqual([true, false, false, true]);

    await endAllSessions(server.app, await identityOf(who.token));
    expect(await alive([who.token, stranger.token])).toEqual([false, true]);
  });

  test("one that has ended is not listed", async () => {
    const identity = await identityOf(who.token);
    clock.forward({ minutes: 61 });
    await open();
    expect((await readSessions(server.app, identity.user, identity)).sessions).toHaveLength(1);
  });
});

test("a session keeps its age when its key is changed; the old key is good for ten seconds, whatever it is used for", async () => {
  const { accounts } = server.app;
  clock.forward({ minutes: 30 });
  const renewed = await accounts.renewSession(who.token);
  expect(await accounts.renewSession(who.token)).toBe(null);
  await byCookie("/");
  clock.forward({ seconds: 9 });
  expect(await isIn()).toBe(true);
  await byCookie("/");
  clock.forward({ seconds: 1 });
  expect(await isIn()).toBe(false);

  who = { ...who, token: renewed ?? "" };
  expect(await minutesLeft()).toBeCloseTo(30 - 10 / 60);
  const identity = await accounts.identifyToken(who.token);
  expect(identity && (await readSessions(server.app, identity.user, identity)).sessions).toHaveLength(1);
  expect(await accounts.renewSession("never was")).toBe(null);
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge on Windows"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari on iOS"],
  ["Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome on Android"],
  ["curl/8.0 <script>", "a program"],
  [undefined, "a program"],
])("%s is %s", (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words);
});
