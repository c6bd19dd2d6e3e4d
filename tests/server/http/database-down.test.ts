import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aDoorTo, type Door } from "#tests/support/door.ts";
import { aPanel, done, type TestPanel } from "#tests/support/panels.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/postgres.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let database: FreshDatabase;
let door: Door;
let server: TestServer;
let panel: TestPanel;
beforeAll(async () => {
  database = await freshDatabase();
  door = await aDoorTo(database.url);
  server = await startServer({ databaseUrl: door.url });
  panel = await aPanel(server);
});
afterAll(async () => {
  await door.open();
  await server.stop();
  await door.shut();
  await database.drop();
});

const score = { value: 1, rationale: "Kept.", version: 0 };
const scorePath = () => `/panels/${panel.panelId}/scores/P1/I1`;

test("a database that is down is said so, within three seconds, and nothing that was acknowledged is lost", async () => {
  const [writer] = panel.reviewers;
  done(await writer!.call("PUT", scorePath(), score), 200);
  await door.shut();

  const began = performance.now();
  const [write, read, ready, health] = await Promise.all([
    writer!.call("PUT", scorePath(), { ...score, value: 2, version: 1 }),
    writer!.call("GET", "/panels"),
    fetch(`${server.url}/readyz`),
    fetch(`${server.url}/healthz`),
  ]);
  expect(performance.now() - began).toBeLessThan(3_000);
  for (const answer of [write, read]) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(answer.body).toMatchObject({ title: "Service Unavailable", detail: expect.stringContaining("database") });
  }
  expect({ ready: ready.status, health: health.status }).toEqual({ ready: 503, health: 200 });

  await door.open();
  const sheet = await vi.waitFor(async () => done(await writer!.call("GET", `/panels/${panel.panelId}/scores`), 200), {
    timeout: 5_000,
  });
  expect(sheet.scores).toMatchObject([{ value: 1, rationale: "Kept.", version: 1 }]);
  expect((await writer!.call("PUT", scorePath(), { ...score, value: 2, version: 1 })).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test("a database that no longer says anything keeps nobody waiting for ever", { timeout: 40_000 }, async () => {
  door.jam();
  const began = performance.now();
  const list = panel.facilitator.call("GET", "/panels");
  const ready = await fetch(`${server.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(performance.now() - began).toBeLessThan(4_000);
  const { status, headers } = await list;
  expect({ status, retryAfter: headers.get("retry-after") }).toEqual({ status: 503, retryAfter: "2" });
  expect(performance.now() - began).toBeLessThan(16_000);
  await door.shut();
  await door.open();
  await vi.waitFor(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(200), { timeout: 8_000 });
});
