import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { confirmFactor, offerFactor } from "#db/second-factors.ts";
import { listDemonstrationUsers } from "#db/users.ts";
import type { Visitor } from "#server/auth/visitor.ts";
import { changePassword } from "#server/commands/change-password.ts";
import { loadDemonstration } from "#server/commands/load-demonstration.ts";
import { setPassword } from "#server/commands/set-password.ts";
import { beginSignIn, signIn, signInToDemonstration } from "#server/commands/sign-in.ts";
import { type Account, account, aVisitor, isAccepted, password, signedIn } from "#tests/support/accounts.ts";
import { aClock, type TestClock } from "#tests/support/clock.ts";
import { aPanel, done } from "#tests/support/panels.ts";
import { type Answer, callApi } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let clock: TestClock;
let server: TestServer;
let who: Account;
beforeAll(async () => {
  clock = aClock();
  server = await startServer({ clock: clock.now, config: { trustProxy: "127.0.0.1" } });
});
beforeEach(async () => {
  who = await account(server, "Sina Signer");
  // Whatever failed in an earlier test is forgotten.
  clock.forward({ hours: 2 });
});
afterAll(() => server.stop());

interface Try {
  readonly email?: string;
  readonly password?: string;
  readonly code?: string;
}

/** `POST /session` from an address, with cookies. */
function post(body: Try, { from = "203.0.113.1", cookie }: { from?: string; cookie?: string } = {}): Promise<Answer> {
  const headers = {
    "x-forwarded-for": from,
    ...(cookie === undefined ? {} : { cookie, "sec-fetch-site": "same-origin" }),
  };
  const whole = { email: who.email, password, ...body };
  return callApi(server, { method: "POST", path: "/session", body: whole, headers });
}

const wrong = { password: "this is not the password" };

function cookiesOf(answer: Answer): Record<string, string> {
  const pairs = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0]?.split("=", 2) ?? []);
  return Object.fromEntries(pairs);
}

describe("signing in", () => {
  test("opens a session under a new id each time, and sets cookies that scripts cannot read", async () => {
    const [first, second] = [await post({}), await post({})];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body.token).not.toBe(second.body.token);
    const lines = first.headers.getSetCookie();
    expect(lines.map((line) => line.split("=", 1)[0])).toEqual(["concord", "concord-device", "concord-step"]);
    for (const line of lines) expect(line).toMatch(/; HttpOnly; (?=.*SameSite=Lax)(?=.*Path=\/)(?!.*Domain)/);
    expect(cookiesOf(first)).toMatchObject({ concord: first.body.token, "concord-step": "" });
  });

  test("under https every cookie is bound to the host", async () => {
    const secure = await startServer({
      config: { publicUrl: "https://concord.example" },
      databaseUrl: server.databaseUrl,
    });
    const answer = await callApi(secure, { method: "POST", path: "/session", body: { email: who.email, password } });
    for (const line of answer.headers.getSetCookie()) expect(line).toMatch(/^__Host-concord[^;]*;.*Secure/);
    await secure.stop();
  });

  test("accepts no id that somebody else chose, and ends the session the browser had", async () => {
    const planted = "x".repeat(43);
    const before = done(await post({}), 200).token;
    const fixed = await post({}, { cookie: `concord=${planted}` });
    const again = await post({}, { cookie: `concord=${before}` });
    expect(fixed.body.token).not.toBe(planted);
    expect(await isAccepted(server, planted)).toBe(false);
    expect([await isAccepted(server, before), await isAccepted(server, again.body.token)]).toEqual([false, true]);
  });

  test("is refused the same way for an unknown address, a wrong password and a person without one", async () => {
    const panel = await aPanel(server, { reviewers: 0, cells: false });
    const answers = [
      await post(wrong),
      await post({ ...wrong, email: "nobody@example.org" }),
      await post({ ...wrong, email: panel.facilitator.email }),
      await post({ ...wrong, email: "no address at all" }),
      await post({ ...wrong, email: "nobody\u0000@example.org" }),
      await post({ ...wrong, code: "123456" }),
    ];
    const seen = answers.map(({ status, text, headers }) => {
      return { status, text, headers: { ...Object.fromEntries(headers), date: "" } };
    });
    expect(seen[0]?.status).toBe(401);
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  test("the page is refused the same way, too", async () => {
    const attempts = [who.email, "nobody@example.org"].map((email) =>
      beginSignIn(server.app, aVisitor(), { email, ...wrong }).catch((error: unknown) => error),
    );
    const [known, unknown] = await Promise.all(attempts);
    expect(known).toMatchObject({ status: 401, message: "The e-mail address or the password is not right." });
    expect({ ...(unknown as object) }).toEqual({ ...(known as object) });
  });
});

test("no text in the database opens a session, nor any token", async () => {
  const session = done(await post({}), 200);
  const owner = { authorization: `Bearer ${session.token}` };
  const made = await callApi(server, { method: "POST", path: "/tokens", body: { name: "Script" }, headers: owner });
  const step = await halfWay();
  const stored = await everyText(server.databaseUrl);
  const secrets = [session.token, made.body.token, step];
  expect(secrets.filter((secret) => stored.has(secret))).toEqual([]);

  // The same texts that a thief of the database has, beside those that do open.
  expect(await isAccepted(server, session.token)).toBe(true);
  const opened: string[] = [];
  for (const text of stored) {
    if (await isAccepted(server, text)) opened.push(text);
    if (await isAccepted(server, `concord_${text}`)) opened.push(text);
  }
  expect(opened).toEqual([]);
  expect(stored.size).toBeGreaterThan(20);
}, 60_000);

/** The cookie of somebody who still owes a code. */
async function halfWay(): Promise<string> {
  const other = await account(server, "Hal Way");
  const factor = { userId: other.userId, secret: new Uint8Array(20), offeredAt: clock.now().toISOString() };
  await offerFactor(server.app.database.pool, factor);
  await confirmFactor(server.app.database.pool, { ...factor, step: 0, at: factor.offeredAt });
  const entry = await beginSignIn(server.app, aVisitor(), { email: other.email, password });
  if (entry.kind !== "code") throw new Error("nothing was owed");
  return entry.stepToken;
}

async function everyText(databaseUrl: string): Promise<Set<string>> {
  const sql = postgres(databaseUrl, { max: 1 });
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found = new Set<string>();
  for (const { name } of tables) {
    const rows = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from ${sql(name)} t`;
    for (const { row } of rows) for (const value of Object.values(row)) if (typeof value === "string") found.add(value);
  }
  await sql.end();
  return found;
}

describe("ten failures for an account in a quarter of an hour", () => {
  const failTimes = async (count: number, where: Parameters<typeof post>[1] = {}) => {
    for (let number = 0; number < count; number += 1) expect((await post(wrong, where)).status).toBe(401);
  };

  test("are all there are, right password or not; then it says when the next is possible", async () => {
    await failTimes(9);
    clock.forward({ minutes: 5 });
    await failTimes(1);
    const refused = await post({}, { from: "198.51.100.7" });
    expect([refused.status, refused.body.detail, refused.headers.get("retry-after")]).toEqual([
      429,
      "Too many attempts. Try again in 10 minutes.",
      "600",
    ]);
    clock.forward({ minutes: 10 });
    expect((await post({})).status).toBe(200);
    expect((await post(wrong)).status).toBe(401);
  });

  test("are told of in the same way for an address that is not known here", async () => {
    const [known, unknown] = [who.email, "nobody.at.all@example.org"];
    const answers: Answer[] = [];
    for (const email of [known, unknown])
      for (let number = 0; number < 11; number += 1) answers.push(await post({ ...wrong, email }));
    const seen = answers.map(({ status, text, headers }) => [status, text, headers.get("retry-after")]);
    expect(seen[10]?.[0]).toBe(429);
    expect(seen.slice(11)).toEqual(seen.slice(0, 11));
  });

  test("do not count what succeeded", async () => {
    for (let number = 0; number < 12; number += 1) expect((await post({})).status).toBe(200);
  });

  test("are counted over all nodes, and however many come at once", async () => {
    const other = await startServer({
      databaseUrl: server.databaseUrl,
      clock: clock.now,
      config: { trustProxy: "127.0.0.1" },
    });
    const nodes = [server, other];
    const guess = (number: number) =>
      callApi(nodes[number % 2] ?? server, {
        method: "POST",
        path: "/session",
        body: { email: who.email, ...wrong },
        headers: { "x-forwarded-for": `198.51.${number}.7` },
      });
    const answers = await Promise.all(Array.from({ length: 24 }, (_, number) => guess(number)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(14);
    await other.stop();
  });

  test("do not keep their owner out on a device where they signed in before", async () => {
    const device = `concord-device=${cookiesOf(await post({}))["concord-device"]}`;
    await failTimes(10, { from: "198.51.100.9" });
    expect((await post({})).status).toBe(429);
    const back = await post({}, { cookie: device });
    expect(back.status).toBe(200);

    const renewed = `concord-device=${cookiesOf(back)["concord-device"]}`;
    expect((await post({}, { cookie: device })).status).toBe(429);
    await failTimes(10, { cookie: renewed });
    expect((await post({}, { cookie: renewed })).status).toBe(429);
  });

  test("are not to be got round by a device known to somebody else", async () => {
    const other = await account(server, "Olaf Other");
    const device = cookiesOf(await post({ email: other.email }))["concord-device"];
    await failTimes(10);
    expect((await post({}, { cookie: `concord-device=${device}` })).status).toBe(429);
    expect((await post({ email: other.email }, { cookie: `concord-device=${device}` })).status).toBe(200);
  });
});

test("fifty failures from a neighbourhood close it for a while, and no other", async () => {
  const guess = (number: number) =>
    post({ ...wrong, email: `person.${number % 10}@example.org` }, { from: `192.0.2.${number}` });
  for (let start = 0; start < 50; start += 10) {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => guess(start + index)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(401));
  }
  expect((await post({}, { from: "192.0.2.200" })).status).toBe(429);
  expect((await post({}, { from: "192.0.3.200" })).status).toBe(200);
  expect((await post({}, { from: "2001:db8::1" })).status).toBe(200);
}, 60_000);

describe("a changed password", () => {
  const next = "we were ten at the table";
  const change = async (visitor: Visitor = aVisitor()) => {
    const identity = await signedIn(server, who);
    const input = { currentPassword: password, newPassword: next };
    return { identity, entered: await changePassword(server.app, { user: identity.user, visitor }, input) };
  };

  test("ends every session but the one that goes on under a new id, and works from then on", async () => {
    const other = await signedIn(server, who);
    const { identity, entered } = await change();
    expect(entered.session.sessionId).not.toBe(identity.sessionId);
    expect(await isAccepted(server, entered.session.sessionId)).toBe(true);
    expect([await isAccepted(server, identity.sessionId), await isAccepted(server, other.sessionId)]).toEqual([
      false,
      false,
    ]);
    expect([(await post({})).status, (await post({ password: next })).status]).toEqual([401, 200]);
  });

  test("needs the current one, and a new one that is not easily guessed", async () => {
    const identity = await signedIn(server, who);
    const attempt = (currentPassword: string, newPassword: string) =>
      changePassword(server.app, { user: identity.user, visitor: aVisitor() }, { currentPassword, newPassword });
    await expect(attempt("not the current one", next)).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "currentPassword", message: "This is not your password." }],
    });
    await expect(attempt(password, "sina signer 1990")).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "newPassword" }],
    });
    expect((await post({})).status).toBe(200);
  });

  test("is asked for the current one ten times and no more", async () => {
    const { user } = await signedIn(server, who);
    const attempt = () =>
      changePassword(
        server.app,
        { user, visitor: aVisitor() },
        { currentPassword: "not the current one", newPassword: next },
      ).then(
        () => 200,
        ({ status }: { status: number }) => status,
      );
    const statuses = [];
    for (let number = 0; number < 11; number += 1) statuses.push(await attempt());
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
  });

  test("by an administrator ends every session and every personal token", async () => {
    const administrator = await signedIn(server, await account(server, "Ada Administrator", true));
    const session = done(await post({}), 200).token;
    const headers = { authorization: `Bearer ${session}` };
    const made = await callApi(server, { method: "POST", path: "/tokens", body: { name: "Script" }, headers });
    expect([await isAccepted(server, session), await isAccepted(server, made.body.token)]).toEqual([true, true]);

    await setPassword(server.app, administrator.user, { userId: who.userId, password: next });
    expect([await isAccepted(server, session), await isAccepted(server, made.body.token)]).toEqual([false, false]);
    expect((await post({ password: next })).status).toBe(200);
    const reviewer = await signedIn(server, await account(server, "Rob Reviewer"));
    const attempt = setPassword(server.app, reviewer.user, { userId: who.userId, password: next });
    await expect(attempt).rejects.toMatchObject({ status: 404 });
  });
});

test("one click still lets in the demonstration's people, on loopback and nobody else", async () => {
  await loadDemonstration(server.app, { stop: "scoring" });
  const [someone] = await listDemonstrationUsers(server.app.database.pool);
  const demo = { userId: someone?.userId ?? "" };
  const entry = await signInToDemonstration(server.app, aVisitor(), demo);
  expect(entry.kind === "in" && (await isAccepted(server, entry.session.sessionId))).toBe(true);
  const stranger = signInToDemonstration(server.app, aVisitor(), { userId: who.userId });
  await expect(stranger).rejects.toMatchObject({ status: 404 });
  const reachable = { ...server.app, config: { ...server.app.config, host: "0.0.0.0" } };
  await expect(signInToDemonstration(reachable, aVisitor(), demo)).rejects.toMatchObject({ status: 404 });
  await expect(signIn(server.app, aVisitor(), { email: "x@demo.invalid", password: "" })).rejects.toMatchObject({
    status: 401,
  });
}, 60_000);
