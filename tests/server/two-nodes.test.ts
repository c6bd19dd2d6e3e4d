import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { account, password } from "#tests/support/accounts.ts";
import type { Balancer } from "#tests/support/balancer.ts";
import { startFront } from "#tests/support/front.ts";
import { killInTurn } from "#tests/support/killed-nodes.ts";
import { type Ear, type LiveServer, listen, startLiveServer } from "#tests/support/live.ts";
import { aPanel, done, give, type PanelPerson, submit, type TestPanel } from "#tests/support/panels.ts";
import { callApi, type Person, person } from "#tests/support/people.ts";
import { freshDatabase } from "#tests/support/postgres.ts";

// Two nodes share nothing but the database: whatever one of them knows, the other must know or find out.

let balancer: Balancer;
let nodes: readonly [LiveServer, LiveServer];
/** Both behind one address, as people reach them. */
let both: LiveServer;

beforeAll(async () => {
  balancer = await startFront();
  const config = { publicUrl: balancer.url, trustProxy: "loopback" };
  const first = await startLiveServer({ config });
  const second = await startLiveServer({ config, databaseUrl: first.databaseUrl });
  nodes = [first, second];
  await balancer.open(nodes.map(({ url }) => url));
  both = { ...first, url: balancer.url };
});
afterAll(async () => {
  const [first, second] = nodes;
  await balancer.stop();
  await second.stop();
  await first.stop();
});

function reviewerOf(panel: TestPanel, index: number): PanelPerson {
  const found = panel.reviewers[index];
  if (!found) throw new Error(`no reviewer ${index}`);
  return found;
}

/** What one node answers to the owner of a token. */
async function statusAt(node: LiveServer, { token }: Person, path: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await callApi(node, { method: "GET", path, headers })).status;
}

describe("sessions", () => {
  test("opened on either node are good on both, and ended on either are ended on both", async () => {
    const [first, second] = nodes;
    for (const [here, there] of [nodes, [second, first]] as const) {
      const { email } = await account(both, "Two Nodes");
      const opened = await callApi(here, { method: "POST", path: "/session", body: { email, password } });
      const headers = { authorization: `Bearer ${done(opened, 200).token}` };
      const look = (node: LiveServer) => callApi(node, { method: "GET", path: "/panels", headers });
      expect((await look(there)).status).toBe(200);
      done(await callApi(there, { method: "DELETE", path: "/session", headers }), 204);
      expect((await look(here)).status).toBe(401);
    }
  });

  test("failures are counted together, whichever node they reach", async () => {
    const { email } = await account(both, "Gus Guessed");
    const attempt = () =>
      callApi(both, { method: "POST", path: "/session", body: { email, password: "not this one" } });
    const statuses: number[] = [];
    for (let count = 1; count <= 12; count += 1) statuses.push((await attempt()).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  });
});

test("a key sent to both nodes at once makes one thing, and both answer the same", async () => {
  const who = await person(both, "Rita Repeat");
  const body = { title: "Once", question: "Which?", template: "wilson-hine" };
  for (let count = 1; count <= 20; count += 1) {
    const headers = { "idempotency-key": `key-of-two-nodes-${count}`, authorization: `Bearer ${who.token}` };
    const answers = await Promise.all(
      nodes.map((node) => callApi(node, { method: "POST", path: "/panels", body, headers })),
    );
    expect(answers.map(({ status, text }) => ({ status, text }))).toEqual(
      Array(2).fill({ status: 201, text: answers[0]?.text }),
    );
  }
  expect(done(await who.call("GET", "/panels"), 200).panels).toHaveLength(20);
});

test("of two writes of the same version on two nodes one is kept, and the other sees it", async () => {
  const panel = await aPanel(both, { reviewers: 1 });
  const path = `/panels/${panel.panelId}/scores/P1/I1`;
  const headers = { authorization: `Bearer ${reviewerOf(panel, 0).token}` };
  for (let version = 0; version < 20; version += 1) {
    const answers = await Promise.all(
      nodes.map((node, value) =>
        callApi(node, { method: "PUT", path, body: { value, rationale: "Mine.", version }, headers }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const kept = answers.findIndex(({ status }) => status === 200);
    expect(answers.find(({ status }) => status === 409)?.body.current).toMatchObject({
      value: kept,
      version: version + 1,
    });
  }
});

test("the live channel reaches through to a node", async () => {
  const panel = await aPanel(both, { reviewers: 1 });
  const ear = await listen({ url: balancer.url }, { auth: { token: reviewerOf(panel, 0).token } });
  expect(await ear.join(panel.panelId)).toMatchObject({ ok: true });
  ear.close();
});

test("a submission on one node is heard on the other, and its figures are there for both", async () => {
  const panel = await aPanel(both, { reviewers: 3 });
  await both.app.aggregation.drain();
  const ears = await Promise.all(
    nodes.map(async (node) => {
      const ear = await listen(node, { auth: { token: panel.facilitator.token } });
      await ear.join(panel.panelId);
      return ear;
    }),
  );
  const { version } = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/version`), 200);
  for (const reviewer of panel.reviewers) await submit(panel, reviewer, 1);
  await Promise.all(ears.map((ear) => ear.until(({ payload }) => payload.version === version + 3)));
  const headers = { authorization: `Bearer ${panel.facilitator.token}` };
  const boards = await Promise.all(
    nodes.map((node) => callApi(node, { method: "GET", path: `/panels/${panel.panelId}/board`, headers })),
  );
  expect(boards[0]?.body.cells.map(({ n }: { n: number }) => n)).toEqual([3, 3]);
  expect(boards[1]?.body).toEqual(boards[0]?.body);
  for (const ear of ears) ear.close();
});

describe("what is taken from somebody on one node", () => {
  const ways: readonly [string, (panel: TestPanel, who: PanelPerson) => Promise<unknown>, Ending][] = [
    ["the session, ended", (_panel, who) => who.call("DELETE", "/session"), "disconnect"],
    [
      "the session, without a word",
      (_panel, who) => both.app.database.pool.execute(sql`delete from session where user_id = ${who.userId}`),
      "disconnect",
    ],
    [
      "the account, disabled",
      (_panel, who) =>
        both.app.database.pool.execute(sql`update app_user set disabled_at = now() where user_id = ${who.userId}`),
      "disconnect",
    ],
    [
      "the membership, removed",
      (panel, who) => panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${who.memberId}`),
      "panel:gone",
    ],
  ];
  type Ending = "disconnect" | "panel:gone";

  test.each(ways)(
    "%s: gone on both nodes within two seconds, in each of ten trials",
    { timeout: 60_000 },
    async (_name, take, ending) => {
      const panel = await aPanel(both, { reviewers: 10 });
      await both.app.aggregation.drain();
      const trials = panel.reviewers.map(async (who) => {
        const ears = await Promise.all(nodes.map((node) => listen(node, { auth: { token: who.token } })));
        for (const ear of ears) expect(await ear.join(panel.panelId)).toMatchObject({ ok: true });
        return { who, ears };
      });
      const slowest: number[] = [];
      for (const { who, ears } of await Promise.all(trials)) {
        const began = performance.now();
        await take(panel, who);
        const refused = await Promise.all(nodes.map((node) => statusAt(node, who, `/panels/${panel.panelId}`)));
        expect(refused).toEqual(ending === "disconnect" ? [401, 401] : [404, 404]);
        await Promise.all(ears.map((ear) => ear.until(({ event }) => event === ending)));
        slowest.push(performance.now() - began);
        expect(await Promise.all(ears.map((ear) => isLetIn(ear, panel.panelId)))).toEqual([false, false]);
        for (const ear of ears) ear.close();
      }
      expect(Math.max(...slowest)).toBeLessThan(2_000);
    },
  );

  async function isLetIn(ear: Ear, panelId: string): Promise<boolean> {
    if (!ear.socket.connected) return false;
    return JSON.stringify(await ear.join(panelId)) !== '{"ok":false,"error":"not_found"}';
  }
});

test("a draft is the same from both nodes", async () => {
  const panel = await aPanel(both, { reviewers: 1 });
  const who = reviewerOf(panel, 0);
  await give(panel, who, { policyId: "P1", criterionId: "I1", value: 2, rationale: "Across." });
  const headers = { authorization: `Bearer ${who.token}` };
  for (const node of nodes) {
    const sheet = await callApi(node, { method: "GET", path: `/panels/${panel.panelId}/scores`, headers });
    expect(done(sheet, 200).scores).toMatchObject([{ criterionId: "I1", value: 2, rationale: "Across.", version: 1 }]);
  }
});

test("one node after the other is killed while people write: nothing is lost, and all are in step again in ten seconds", {
  timeout: 180_000,
}, async () => {
  const database = await freshDatabase();
  const front = await startFront();
  const load = { kills: 3, writers: 6, writesBetween: 60 };
  const report = await killInTurn({ databaseUrl: database.url, balancer: front, ...load });
  expect(report.syncMs).toHaveLength(3);
  expect(Math.max(...report.syncMs)).toBeLessThan(10_000);
  expect(report.acknowledged).toBeGreaterThanOrEqual(180);
  expect({ lost: report.lost, wrong: report.wrong, differences: report.differences }).toEqual({
    lost: 0,
    wrong: [],
    differences: 0,
  });
  await front.stop();
  await database.drop();
});
