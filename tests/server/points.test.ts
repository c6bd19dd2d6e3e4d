import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listPoints } from "#db/points.ts";
import { aPanel, done, move, type PanelPerson, submit, type TestPanel } from "#tests/support/panels.ts";
import type { Answer, Person } from "#tests/support/people.ts";
import { person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { expectAsDescribed } from "#tests/support/shape.ts";

const points = { I1: 100, I2: 40, I3: 0, G1: 73 };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

function nth(panel: TestPanel, index: number): PanelPerson {
  const reviewer = panel.reviewers[index];
  if (!reviewer) throw new Error(`no reviewer ${index}`);
  return reviewer;
}

function put(panel: TestPanel, who: Person, body: unknown, headers?: Record<string, string>): Promise<Answer> {
  return who.call("PUT", `/panels/${panel.panelId}/points`, body, headers);
}

async function own(panel: TestPanel, who: Person) {
  return done(await who.call("GET", `/panels/${panel.panelId}/points`), 200);
}

function stored(panel: TestPanel, round = 1) {
  return listPoints(server.app.database.pool, { panelId: panel.panelId, round });
}

describe("a reviewer's own points", () => {
  let panel: TestPanel;
  beforeAll(async () => {
    panel = await aPanel(server, { reviewers: 3, observers: 1 });
  });

  test("are none until saved, are answered as they were saved, and may be taken back", async () => {
    const who = nth(panel, 0);
    expect(await own(panel, who)).toEqual({
      round: 1,
      submitted: false,
      points: {},
      version: 0,
      savedAt: null,
      earlier: null,
    });
    const saved = await put(panel, who, { points: { ...points, G2: null }, version: 0 });
    expectAsDescribed("PUT /panels/:panelId/points", saved);
    expect(saved.body).toEqual({ version: 1, savedAt: expect.any(String) });
    const read = await who.call("GET", `/panels/${panel.panelId}/points`);
    expectAsDescribed("GET /panels/:panelId/points", read);
    expect(read.body).toEqual({ round: 1, submitted: false, points, ...saved.body, earlier: null });
    expect(done(await put(panel, who, { points: {}, version: 1 }), 200).version).toBe(2);
    expect((await own(panel, who)).points).toEqual({});
  });

  test("are refused where another window has saved since, with what was saved there", async () => {
    const who = nth(panel, 1);
    done(await put(panel, who, { points: { I1: 10 }, version: 0 }), 200);
    for (const version of [0, 2]) {
      const stale = await put(panel, who, { points: { I1: 20 }, version });
      expect(stale.status).toBe(409);
      expect(stale.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
      expect(stale.body.current).toEqual({ points: { I1: 10 }, version: 1 });
    }
    expect((await own(panel, who)).points).toEqual({ I1: 10 });
  });

  test("of two windows at once one is kept", async () => {
    const { version } = await own(panel, nth(panel, 1));
    const both = await Promise.all(
      [30, 31].map((point) => put(panel, nth(panel, 1), { points: { I1: point }, version })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("are written once under one idempotency key", async () => {
    const who = nth(panel, 2);
    const key = { "idempotency-key": randomUUID() };
    const first = await put(panel, who, { points: { I1: 1 }, version: 0 }, key);
    const second = await put(panel, who, { points: { I1: 1 }, version: 0 }, key);
    expect({ status: second.status, text: second.text }).toEqual({ status: 200, text: first.text });
    expect((await put(panel, who, { points: { I1: 2 }, version: 1 }, key)).status).toBe(422);
  });

  test("name criteria of the rubric and nothing else", async () => {
    const answer = await put(panel, nth(panel, 2), { points: { I1: 1, X9: 5, constructor: 5 }, version: 1 });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { path: "points.X9", message: "The rubric has no such criterion." },
      { path: "points.constructor", message: "The rubric has no such criterion." },
    ]);
    const outside = await put(panel, nth(panel, 2), { points: { I1: 101 }, version: 1 });
    expect(outside.body.errors).toEqual([{ path: "points.I1", message: "Use a whole number from 0 to 100." }]);
  });

  test("are for people who score, and to everyone else there is nothing", async () => {
    const nothing = { round: 1, submitted: false, points: {}, version: 0, savedAt: null, earlier: null };
    for (const who of [panel.facilitator, panel.observers[0] ?? panel.facilitator]) {
      expect((await put(panel, who, { points, version: 0 })).status).toBe(403);
      expect(await own(panel, who)).toEqual(nothing);
    }
    const stranger = await person(server, "Sam Stranger");
    expect((await put(panel, stranger, { points, version: 0 })).status).toBe(404);
    expect((await stranger.call("GET", `/panels/${panel.panelId}/points`)).status).toBe(404);
  });

  test("a draft of them announces nothing and counts nowhere", async () => {
    const path = `/panels/${panel.panelId}`;
    await server.app.aggregation.drain();
    const before = await panel.facilitator.call("GET", `${path}/audit`);
    const { version } = done(await panel.facilitator.call("GET", `${path}/version`), 200);
    const mine = await own(panel, nth(panel, 0));
    done(await put(panel, nth(panel, 0), { points, version: mine.version }), 200);
    await server.app.aggregation.drain();
    expect(done(await panel.facilitator.call("GET", `${path}/version`), 200)).toEqual({ version });
    expect((await panel.facilitator.call("GET", `${path}/audit`)).text).toBe(before.text);
    expect(await stored(panel)).toEqual([]);
  });
});

describe("points and the life of a sheet", () => {
  test("lock with the submission, open again with it, and count while it is in", async () => {
    const panel = await aPanel(server, { reviewers: 2 });
    const who = nth(panel, 0);
    done(await put(panel, who, { points, version: 0 }), 200);
    await submit(panel, who, 1);
    await submit(panel, nth(panel, 1), 1);
    expect(await stored(panel)).toEqual([{ memberId: who.memberId, code: null, points }]);
    const locked = await put(panel, who, { points: { I1: 1 }, version: 1 });
    expect([locked.status, locked.body.detail]).toEqual([
      403,
      "You have submitted this round. A facilitator can reopen it for you.",
    ]);
    expect(await own(panel, who)).toMatchObject({ submitted: true, points, version: 1 });

    const reopening = { memberId: who.memberId, reason: "Asked to." };
    done(await panel.facilitator.call("POST", `/panels/${panel.panelId}/reopenings`, reopening), 204);
    expect(await stored(panel)).toEqual([]);
    done(await put(panel, who, { points: { I1: 5, G3: 100 }, version: 1 }), 200);
    done(await who.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    expect(await stored(panel)).toEqual([{ memberId: who.memberId, code: null, points: { I1: 5, G3: 100 } }]);
  });

  test("are refused before the first round and after the reveal, in words", async () => {
    const panel = await aPanel(server, { reviewers: 1, cells: false });
    const words = "This round is not open for scoring. Your points were not saved: copy them if you need them.";
    const early = await put(panel, nth(panel, 0), { points, version: 0 });
    expect([early.status, early.body.detail]).toEqual([403, words]);
    expect(await own(panel, nth(panel, 0))).toMatchObject({ round: null, version: 0 });
    await move(panel, "scoring");
    await move(panel, "discussion", { reason: "Nobody came." });
    const late = await put(panel, nth(panel, 0), { points, version: 0 });
    expect([late.status, late.body.detail]).toEqual([403, words]);
  });

  test("what was given in one round is a proposal in the next, stored only when saved there", async () => {
    const panel = await aPanel(server, { reviewers: 3 });
    const [first, second, third] = [nth(panel, 0), nth(panel, 1), nth(panel, 2)];
    done(await put(panel, first, { points, version: 0 }), 200);
    done(await put(panel, second, { points: {}, version: 0 }), 200);
    done(await put(panel, third, { points, version: 0 }), 200);
    for (const who of [first, second]) await submit(panel, who, 1);
    await move(panel, "discussion");
    await move(panel, "closed");
    await move(panel, "next-round", { cells: [{ policyId: "P1", criterionId: "I1" }] });
    const proposal = { round: 2, points: {}, version: 0, savedAt: null };
    expect(await own(panel, first)).toMatchObject({ ...proposal, earlier: { round: 1, points } });
    expect(await own(panel, second)).toMatchObject({ ...proposal, earlier: null });
    expect(await own(panel, third)).toMatchObject({ ...proposal, earlier: null });
    done(await put(panel, first, { points: { I1: 7 }, version: 0 }), 200);
    for (const who of [first, second]) await submit(panel, who, 1, [{ policyId: "P1", criterionId: "I1" }]);
    expect(await stored(panel, 2)).toEqual([{ memberId: first.memberId, code: null, points: { I1: 7 } }]);
    expect(await stored(panel, 1)).toEqual([{ memberId: first.memberId, code: null, points }]);
  });

  test("a removed member's draft goes, what was submitted stays", async () => {
    const panel = await aPanel(server, { reviewers: 3 });
    for (const who of [nth(panel, 0), nth(panel, 1)]) done(await put(panel, who, { points, version: 0 }), 200);
    await submit(panel, nth(panel, 1), 1);
    for (const { memberId } of [nth(panel, 0), nth(panel, 1)])
      done(await panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${memberId}`), 204);
    expect((await put(panel, nth(panel, 0), { points, version: 1 })).status).toBe(404);
    expect(await stored(panel)).toEqual([{ memberId: nth(panel, 1).memberId, code: null, points }]);
  });

  test("are sorted by code where there are codes", async () => {
    const panel = await aPanel(server, { protocol: "rand-ucla", reviewers: 11 });
    for (const who of panel.reviewers) {
      done(await put(panel, who, { points: { I1: 9 }, version: 0 }), 200);
      await submit(panel, who, 5);
    }
    expect((await stored(panel)).map(({ code }) => code)).toEqual(
      panel.reviewers.map((_, index) => `Reviewer ${index + 1}`),
    );
  });
});

test("an anonymous panel neither asks for points nor takes any", async () => {
  const panel = await aPanel(server, { protocol: "delphi", reviewers: 2 });
  const words =
    "An anonymous panel does not ask how much each criterion matters: one person's points would be one person's row.";
  for (const who of [nth(panel, 0), panel.facilitator]) {
    const answers = [
      await put(panel, who, { points, version: 0 }),
      await who.call("GET", `/panels/${panel.panelId}/points`),
    ];
    expect(answers.map(({ status, body }) => [status, body.detail])).toEqual([
      [403, words],
      [403, words],
    ]);
  }
  expect((await put(panel, await person(server, "Sam Stranger"), { points, version: 0 })).status).toBe(404);
});
