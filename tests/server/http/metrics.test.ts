import { afterAll, beforeAll, expect, test } from "vitest";
import { type LiveServer, listenAs, startLiveServer } from "#tests/support/live.ts";
import { aPanel, submit } from "#tests/support/panels.ts";
import { startServer } from "#tests/support/server.ts";

const metricsToken = "a token of at least sixteen";
const authorization = `Bearer ${metricsToken}`;

let server: LiveServer;
beforeAll(async () => {
  server = await startLiveServer({ config: { metricsToken } });
});
afterAll(() => server.stop());

const read = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers });

test("metrics count requests, sockets, lag and the event loop's delay, and nothing of what was scored", async () => {
  const panel = await aPanel(server);
  await submit(panel, panel.reviewers[0]!, 2);
  const ear = await listenAs(server, panel.reviewers[0]!);
  const answer = await read({ authorization });
  const text = await answer.text();
  ear.close();

  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const names = [...text.matchAll(/^# TYPE (\S+) (?:counter|gauge)$/gm)].map(([, name]) => name);
  expect(names).toEqual([
    "concord_requests_total",
    "concord_request_seconds_total",
    "concord_sockets",
    "concord_aggregation_lag_seconds",
    "concord_event_loop_delay_seconds",
    "concord_memory_bytes",
  ]);
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  for (const line of samples) expect(line).toMatch(/^concord_[a-z_]+(\{[a-z]+="[\w.]+"(,[a-z]+="\w+")*\})? [\d.e-]+$/);
  expect(samples).toContain("concord_sockets 1");
  expect(text).toMatch(/concord_requests_total\{kind="write",status="2xx"\} \d+/);
  expect(text).toMatch(/concord_aggregation_lag_seconds [\d.]+/);
  expect(text).toMatch(/concord_event_loop_delay_seconds\{quantile="0.99"\} [\d.]+/);
  expect(text).not.toContain(panel.panelId);
});

test.each([
  ["no token", {}],
  ["another token", { authorization: "Bearer a token of at least seventeen" }],
  ["the token without its scheme", { authorization: metricsToken }],
])("%s opens nothing", async (_what, headers) => {
  const answer = await read(headers);
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  expect(await answer.text()).not.toContain("concord_");
});

test("a person's own token opens nothing either", async () => {
  const { facilitator } = await aPanel(server);
  expect((await read({ authorization: `Bearer ${facilitator.token}`, cookie: facilitator.cookie })).status).toBe(401);
});

test("without the setting there is nothing at the address", async () => {
  const plain = await startServer();
  expect((await fetch(`${plain.url}/metrics`, { headers: { authorization: "Bearer null" } })).status).toBe(404);
  await plain.stop();
});

test("metrics are still told while the database does not answer", async () => {
  const cut = await startServer({ config: { metricsToken }, databaseUrl: "postgres://nobody@127.0.0.1:1/nothing" });
  const text = await (await fetch(`${cut.url}/metrics`, { headers: { authorization } })).text();
  expect(text).toContain("# TYPE concord_aggregation_lag_seconds gauge\n# HELP");
  await cut.stop();
});
