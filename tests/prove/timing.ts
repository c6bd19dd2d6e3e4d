import { randomInt } from "node:crypto";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { account } from "#tests/support/accounts.ts";
import { builtPages } from "#tests/support/built-pages.ts";
import { aClock } from "#tests/support/clock.ts";
import { aPanel, give, type TestPanel, twoCells } from "#tests/support/panels.ts";
import { person } from "#tests/support/people.ts";
import { type RawRequest, rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { cloneDatabase, startCluster } from "#tests/support/test-cluster.ts";
import { welch } from "#tests/support/welch.ts";

const options = {
  samples: { type: "string", default: "10000" },
  only: { type: "string", default: "" },
} as const;

const noticeable = 4.5;

/** Two requests whose answers nobody may tell apart, by what they say or by how long they take. */
interface Question {
  readonly name: string;
  readonly ask: readonly [RawRequest, RawRequest];
  /** What is counted against an address is asked hours apart. */
  readonly isCounted?: boolean;
}

/**
 * `npm run prove -- timing [--samples N] [--only WORDS]`: how long answers take that may not differ, N of each kind in an
 * order drawn by lot. Fails where Welch's t reaches 4.5. Only a quiet machine tells anything.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options });
  const cluster = await startCluster();
  const database = await cloneDatabase(cluster, cluster.templateName);
  const clock = aClock();
  const build = await builtPages();
  const config = { trustProxy: "loopback" };
  const server = await startServer({
    databaseUrl: database.url,
    clock: clock.now,
    config,
    build: async () => build,
  });
  let isEven = true;
  for (const question of (await questionsTo(server)).filter(({ name }) => name.includes(values.only))) {
    const settled = async () => {
      await server.app.mail.settle();
      if (question.isCounted) clock.forward({ hours: 2 });
    };
    const { t, difference } = welch(...(await timesOf(server, question, { samples: Number(values.samples), settled })));
    stdout.write(`${question.name}: t ${t.toFixed(2)}, ${(difference * 1000).toFixed(1)} µs apart\n`);
    if (Math.abs(t) >= noticeable) isEven = false;
  }
  await server.stop();
  await database.drop();
  await cluster.stop();
  return isEven;
}

async function timesOf(
  { url }: TestServer,
  { ask }: Question,
  { samples, settled }: { samples: number; settled: () => Promise<void> },
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  const statuses = new Set<number>();
  // The first answers of a kind are slower, whatever they are.
  for (let left = 2 * samples + 100; left > 0; left -= 1) {
    const which = randomInt(2);
    const request = ask[which] ?? ask[0];
    const headers = { ...request.headers, "x-forwarded-for": anywhere() };
    await settled();
    const began = performance.now();
    const { status } = await rawRequest(url, { ...request, headers });
    const ms = performance.now() - began;
    statuses.add(status);
    if (left <= 2 * samples) times[which]?.push(ms);
  }
  if (statuses.size !== 1) throw new Error(`It answers ${[...statuses].join(" and ")}.`);
  return times;
}

/** The questions that let hours pass come last: sessions do not outlive them. */
async function questionsTo(server: TestServer): Promise<Question[]> {
  const { email: known, userId } = await account(server, "Kim Known");
  const unknown = `kim.other.${userId.slice(0, 8)}@example.org`;
  const { token } = await person(server, "Olly Outsider");
  const [quiet, busy] = [await aPanel(server, { reviewers: 9 }), await aPanel(server, { reviewers: 9 })];
  await draftBesides(busy);
  const both = (path: string): Question["ask"] => [ownOf(quiet, path), ownOf(busy, path)];
  return [
    {
      name: "somebody else's panel, and none",
      ask: [as(token, `/panels/${quiet.panelId}`), as(token, `/panels/${crypto.randomUUID()}`)],
    },
    { name: "the panel, others having drafted or not", ask: both("") },
    { name: "the own sheet, others having drafted or not", ask: both("/scores") },
    { name: "the sealed board, others having drafted or not", ask: both("/board") },
    { name: "a forgotten password", ask: [forgotten(server, known), forgotten(server, unknown)], isCounted: true },
    { name: "a wrong password", ask: [signIn(known), signIn(unknown)], isCounted: true },
  ];
}

/** All but the first save everything many times, and submit nothing. */
async function draftBesides(panel: TestPanel): Promise<void> {
  for (const who of panel.reviewers.slice(1))
    for (const cell of twoCells)
      await give(panel, who, { ...cell, value: 2, rationale: "A long reason. ".repeat(100) });
}

function as(token: string, path: string): RawRequest {
  return { path: `/api/v1${path}`, headers: { authorization: `Bearer ${token}` } };
}

function ownOf({ panelId, reviewers: [me] }: TestPanel, path: string): RawRequest {
  return as(me?.token ?? "", `/panels/${panelId}${path}`);
}

function signIn(email: string): RawRequest {
  const body = JSON.stringify({ email, password: "not the right one at all" });
  return { method: "POST", path: "/api/v1/session", headers: { "content-type": "application/json" }, body };
}

function forgotten({ url }: TestServer, email: string): RawRequest {
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: url };
  return { method: "POST", path: "/reset", headers, body: new URLSearchParams({ email }).toString() };
}

/** A neighbourhood that nothing was counted against before. */
function anywhere(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.1`;
}
