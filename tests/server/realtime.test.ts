import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { notifyPanel } from "#db/notify.ts";
import {
  type Ear,
  follow,
  type Handshake,
  type LiveServer,
  listen,
  listenAs,
  openRaw,
  startLiveServer,
} from "#tests/support/live.ts";
import { aPanel, done, give, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import { callApi, type Person, person } from "#tests/support/people.ts";

const notFound = { ok: false, error: "not_found" };
const secret = "a heron stands behind the boathouse";

let server: LiveServer;
let panel: TestPanel;
let stranger: Person;
const ears: Ear[] = [];

beforeAll(async () => {
  server = await startLiveServer();
});
afterAll(() => server.stop());
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});

async function freshPanel(): Promise<void> {
  panel = await aPanel(server);
  stranger = await person(server, "Sam Stranger");
  await server.app.aggregation.drain();
}

function kept(ear: Ear): Ear {
  ears.push(ear);
  return ear;
}

async function earOf(who: Person, panelId = panel.panelId): Promise<Ear> {
  return kept(await follow(server, who, panelId));
}

function reviewer(index: number): TestPanel["reviewers"][number] {
  const found = panel.reviewers[index];
  if (!found) throw new Error(`no reviewer ${index}`);
  return found;
}

async function versionOf(who: Person): Promise<number> {
  return done(await who.call("GET", `/panels/${panel.panelId}/version`), 200).version;
}

async function statusOf(headers: Record<string, string>): Promise<string> {
  const raw = await openRaw(server, headers);
  raw.connection.destroy();
  return raw.received().slice(9, 12);
}

describe("the handshake", () => {
  beforeAll(freshPanel);

  const nobody = "unauthorized";
  const refused = "websocket error";
  const cases: [string, (who: Person) => Handshake, string | null][] = [
    ["our Origin and the session's cookie", (who) => ({ origin: server.url, cookie: who.cookie }), null],
    ["no Origin, and a token", (who) => ({ auth: { token: who.token } }), null],
    ["our Origin and a token", (who) => ({ origin: server.url, auth: { token: who.token } }), null],
    [
      "a foreign Origin and the cookie",
      (who) => ({ origin: "https://elsewhere.example", cookie: who.cookie }),
      refused,
    ],
    [
      "a foreign Origin and a token",
      (who) => ({ origin: "https://elsewhere.example", auth: { token: who.token } }),
      refused,
    ],
    [
      "an Origin that only begins like ours",
      (who) => ({ origin: `${server.url}.example`, cookie: who.cookie }),
      refused,
    ],
    ["the Origin null", (who) => ({ origin: "null", cookie: who.cookie }), refused],
    ["no Origin, and the cookie", (who) => ({ cookie: who.cookie }), nobody],
    ["our Origin and nothing else", () => ({ origin: server.url }), nobody],
    ["an unknown token", () => ({ auth: { token: "concord_unknown" } }), nobody],
    ["a token that is no text", () => ({ auth: { token: { length: 3 } } }), nobody],
    ["a user id instead of a credential", (who) => ({ origin: server.url, auth: { userId: who.userId } }), nobody],
  ];

  test.each(cases)("%s", async (_name, handshake, refusal) => {
    const attempt = listen(server, handshake(reviewer(0)));
    const outcome = await attempt.then(
      (ear) => {
        kept(ear);
        return null;
      },
      (error: Error) => error.message,
    );

    expect(outcome).toBe(refusal);
  });

  test("says 403 to a foreign Origin before anything else is looked at", async () => {
    expect(await statusOf({ Origin: "https://elsewhere.example", Cookie: reviewer(0).cookie })).toBe("403");
    expect(await statusOf({ Origin: server.url })).toBe("101");
  });

  test("refuses a session that has ended", async () => {
    done(await stranger.call("DELETE", "/session"), 204);

    await expect(listenAs(server, stranger)).rejects.toThrow("unauthorized");
  });

  test("takes web sockets only", async () => {
    const answer = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);

    expect(answer.status).toBe(404);
  });
});

describe("joining a panel", () => {
  beforeEach(freshPanel);

  test("answers a member with the panel's version", async () => {
    const ear = kept(await listenAs(server, reviewer(0)));

    expect(await ear.join(panel.panelId)).toEqual({ ok: true, version: await versionOf(reviewer(0)) });
    expect(await ear.say("panel:leave", { panelId: panel.panelId })).toEqual({ ok: true });
  });

  test("answers the same for a panel of others, for one that never was, and for nonsense", async () => {
    const ear = kept(await listenAs(server, stranger));
    const unknown = "00000000-0000-4000-8000-000000000000";
    const payloads = [
      { panelId: panel.panelId },
      { panelId: unknown },
      { panelId: "no id" },
      { panelId: panel.panelId.toUpperCase() },
      { panelId: [panel.panelId] },
      { panelId: panel.panelId, userId: reviewer(0).userId },
      {},
      null,
    ];

    const answers: unknown[] = [];
    for (const payload of payloads) answers.push(await ear.say("panel:join", payload));

    expect(answers).toEqual(payloads.map(() => notFound));
  });

  test("does not outlive leaving", async () => {
    const [left, stayed] = [await earOf(reviewer(0)), await earOf(reviewer(1))];
    await left.say("panel:leave", { panelId: panel.panelId });

    await submit(panel, reviewer(2), 1);

    await stayed.until(({ event }) => event === "panel:changed");
    expect(left.heard).toEqual([]);
  });
});

describe("a nudge", () => {
  beforeEach(freshPanel);

  test("tells everyone in the room the version a submission led to, and outsiders nothing", async () => {
    const inside = await Promise.all([...panel.reviewers, panel.facilitator].map((who) => earOf(who)));
    const outside = await earOf(stranger);

    await submit(panel, reviewer(0), 1);

    const heard = await Promise.all(inside.map((ear) => ear.until(({ event }) => event === "panel:changed")));
    const version = await versionOf(reviewer(1));
    expect(heard.map(({ payload }) => payload)).toEqual(inside.map(() => ({ panelId: panel.panelId, version })));
    expect(outside.heard).toEqual([]);
  });

  test("is not given for a draft", async () => {
    const ear = await earOf(reviewer(1));
    for (const cell of twoCells) await give(panel, reviewer(0), { ...cell, value: 2, rationale: secret });
    await server.app.aggregation.drain();
    await submit(panel, reviewer(2), 1);
    await ear.until(({ event }) => event === "panel:changed");

    expect(ear.heard.length).toBe(1);
  });

  test("holds nothing of what was scored", async () => {
    const ear = await earOf(reviewer(1));
    for (const cell of twoCells) await give(panel, reviewer(0), { ...cell, value: 2, rationale: secret });
    done(await reviewer(0).call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    await ear.until(({ event }) => event === "panel:changed");

    expect(Object.keys(ear.heard[0]?.payload)).toEqual(["panelId", "version"]);
    expect(JSON.stringify(ear.heard)).not.toContain(secret);
  });

  test("comes at most every 100 ms, the first at once and the last for certain", async () => {
    const ear = await earOf(reviewer(0));
    const start = await versionOf(reviewer(0));
    const began = performance.now();
    for (let more = 1; more <= 60; more += 1)
      await notifyPanel(server.app.database.pool, { panelId: panel.panelId, version: start + more });
    const took = performance.now() - began;
    await ear.until(({ payload }) => payload.version === start + 60);

    expect(ear.heard[0]?.payload.version).toBe(start + 1);
    expect(ear.heard.length).toBeLessThanOrEqual(2 + Math.ceil(took / 100));
  });

  test("never goes back to an older version", async () => {
    const ear = await earOf(reviewer(0));
    const start = await versionOf(reviewer(0));
    for (const more of [3, 1, 2, 4])
      await notifyPanel(server.app.database.pool, { panelId: panel.panelId, version: start + more });
    await ear.until(({ payload }) => payload.version === start + 4);

    const versions = ear.heard.map(({ payload }) => payload.version);
    expect(versions).toEqual([...versions].sort((left, right) => left - right));
  });

  test("survives announcements that make no sense", async () => {
    const ear = await earOf(reviewer(0));
    for (const nonsense of ["", "{", "null", '[["a"]]', '[[1, "b"]]']) {
      await server.app.database.pool.execute(sql`select pg_notify('concord_panel', ${nonsense})`);
    }

    await submit(panel, reviewer(1), 1);

    expect((await ear.until(({ event }) => event === "panel:changed")).payload.panelId).toBe(panel.panelId);
  });
});

describe("a lost announcement", () => {
  beforeEach(freshPanel);

  test("is made up for within seven seconds", async () => {
    const ear = await earOf(reviewer(0));
    await server.app.database.pool.execute(
      sql`update panel set version = version + 5 where panel_id = ${panel.panelId}`,
    );
    const version = await versionOf(reviewer(0));

    expect((await ear.until(({ event }) => event === "panel:changed", 7_000)).payload.version).toBe(version);
  });

  test("while the ear was cut off is made up for, and the next one is heard", async () => {
    const ear = await earOf(reviewer(0));
    const cut = await server.app.database.pool.execute<{ cut: boolean }>(sql`
      with raised as (update panel set version = version + 1 where panel_id = ${panel.panelId})
      select pg_terminate_backend(pid) as cut from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`);
    const version = await versionOf(reviewer(0));
    await ear.until(({ payload }) => payload.version === version, 7_000);
    await submit(panel, reviewer(1), 1);

    expect(cut.map((row) => row.cut)).toEqual([true]);
    await ear.until(({ payload }) => payload.version === version + 1, 2_000);
  });
});

describe("access that ends", () => {
  beforeEach(freshPanel);

  const announced = (who: Person) => who.call("DELETE", "/session");
  const silently = (who: Person) =>
    server.app.database.pool.execute(sql`delete from session where user_id = ${who.userId}`);

  test.each([
    ["announced", announced],
    ["not announced", silently],
  ])("with the session, %s: the socket is closed in two seconds", async (_name, end) => {
    const ear = await earOf(reviewer(0));
    const began = performance.now();
    await end(reviewer(0));

    await ear.until(({ event }) => event === "disconnect", 3_000);
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(listenAs(server, reviewer(0))).rejects.toThrow("unauthorized");
  });

  test("with the session's last hour or twelfth hour: the socket is closed", async () => {
    const [idle, old] = [await earOf(reviewer(0)), await earOf(reviewer(1))];
    await server.app.database.pool.execute(
      sql`update session set expires_at = now() where user_id = ${reviewer(0).userId}`,
    );
    await server.app.database.pool.execute(
      sql`update session set created_at = now() - interval '12 hours' where user_id = ${reviewer(1).userId}`,
    );

    await Promise.all([idle, old].map((ear) => ear.until(({ event }) => event === "disconnect", 2_000)));
  });

  test("with the account: every socket of the person is closed", async () => {
    const open = [await earOf(reviewer(0)), await earOf(reviewer(0))];
    await server.app.database.pool.execute(
      sql`update app_user set disabled_at = now() where user_id = ${reviewer(0).userId}`,
    );

    await Promise.all(open.map((ear) => ear.until(({ event }) => event === "disconnect", 2_000)));
  });

  test("with the membership: the page is told, the room is left, and joining again is refused", async () => {
    const [gone, stays] = [await earOf(reviewer(0)), await earOf(reviewer(1))];
    done(await panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${reviewer(0).memberId}`), 204);

    await gone.until(({ event }) => event === "panel:gone", 2_000);
    await server.app.aggregation.drain();
    const before = gone.heard.length;
    await submit(panel, reviewer(2), 1);
    await server.app.aggregation.drain();
    const version = await versionOf(reviewer(1));
    await stays.until(({ payload }) => payload.version === version);
    // Its answer comes behind whatever was on its way.
    expect(await gone.join(panel.panelId)).toEqual(notFound);
    expect(gone.heard.length).toBe(before);
  });

  test("with the membership, not announced: the page is told in two seconds", async () => {
    const gone = await earOf(reviewer(0));
    await server.app.database.pool.execute(
      sql`update member set left_at = now() where member_id = ${reviewer(0).memberId}`,
    );

    expect((await gone.until(({ event }) => event === "panel:gone", 2_000)).payload).toEqual({
      panelId: panel.panelId,
    });
    expect(gone.socket.connected).toBe(true);
  });
});

describe("limits", () => {
  beforeAll(freshPanel);

  test("five sockets a session", async () => {
    for (let count = 1; count <= 5; count += 1) kept(await listenAs(server, stranger));

    await expect(listenAs(server, stranger)).rejects.toThrow("too_many");
    ears.at(-1)?.close();
    await expect.poll(() => listenAs(server, stranger).then(kept, () => null)).toBeTruthy();
  });

  test("ten events in ten seconds; the rest is answered with a refusal", async () => {
    const ear = kept(await listenAs(server, reviewer(0)));
    const answers = await Promise.all(Array.from({ length: 12 }, () => ear.join(panel.panelId)));

    expect(answers.map((answer) => answer && typeof answer === "object" && "ok" in answer && answer.ok)).toEqual([
      ...Array(10).fill(true),
      false,
      false,
    ]);
    expect(answers.at(-1)).toEqual({ ok: false, error: "too_many" });
  });

  test("a flood of messages ends the connection, even before anyone is known", async () => {
    const raw = await openRaw(server, { Origin: server.url });
    for (let count = 0; count < 40; count += 1) raw.text("40{}");

    await raw.closed;
  });

  test("a message over four kilobytes ends the connection", async () => {
    const raw = await openRaw(server, { Origin: server.url });
    raw.text(`42["panel:join",{"panelId":"${"a".repeat(5_000)}"}]`);

    await raw.closed;
  });

  test("a binary frame ends the connection", async () => {
    const raw = await openRaw(server, { Origin: server.url });
    raw.binary(new Uint8Array([1, 2, 3]));

    await raw.closed;
  });
});

describe("whatever is sent", () => {
  beforeAll(freshPanel);

  const sent = [
    '42["panel:join"]',
    '42["panel:join",{"panelId":"x"}]',
    '421["panel:join"]',
    '421["panel:join",1,2,3]',
    '421["panel:leave",null]',
    '42["unknown",{}]',
    '421["unknown",{}]',
    '42["__proto__",{}]',
    '42["toString"]',
    '421["panel:join",{"__proto__":{"panelId":"x"}}]',
    "43[1]",
    "41",
    "40{}",
    "40/other,{}",
    "4999",
    "42",
    "5",
    '451-["panel:join",{"_placeholder":true,"num":0}]',
    "{}",
    "",
  ];

  test.each(sent)("%s does no harm", async (message) => {
    const raw = await openRaw(server, { Origin: server.url, Cookie: reviewer(0).cookie });
    raw.text("40{}");
    raw.text(message);
    const ear = await earOf(reviewer(1));

    expect(await ear.join(panel.panelId)).toEqual({ ok: true, version: await versionOf(reviewer(1)) });
    raw.connection.destroy();
  });

  test("an upgrade to anything else is refused", async () => {
    const raw = await openRaw(server, {}, "/elsewhere");
    await raw.closed;

    expect(raw.received()).toMatch(/^HTTP\/1.1 404 /);
  });
});

test("before a restart each page is asked to come back after a moment of its own", async () => {
  const open = await Promise.all(panel.reviewers.map((who) => earOf(who)));
  server.realtime.announceRestart();

  const heard = await Promise.all(open.map((ear) => ear.until(({ event }) => event === "server:restarting")));
  expect(heard.map(({ payload }) => payload.retryMs >= 0 && payload.retryMs <= 5_000)).toEqual(open.map(() => true));
});

test("stopping closes the sockets and leaves the HTTP server alone", async () => {
  const own = await startLiveServer();
  const ear = await listenAs(own, await person(own, "Olga Observer"));
  await own.realtime.stop();

  await ear.until(({ event }) => event === "disconnect");
  expect((await callApi(own, { method: "GET", path: "/templates" })).status).toBe(200);
  expect((await openRaw(own)).received()).toMatch(/^HTTP\/1.1 503 /);
  await own.stop();
});
