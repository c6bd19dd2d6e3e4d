import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { CellId } from "#rubric/rubric.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { preparePanel } from "#server/cli/bench/panel.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import type { Balancer } from "./balancer.ts";
import { freePort } from "./free-port.ts";
import { type ServerProcess, startProcess } from "./server-process.ts";

const cells: readonly CellId[] = ["I1", "I2", "I3"].map((criterionId) => ({ policyId: "P1", criterionId }));

export interface KillPlan {
  /** Of a migrated database. */
  readonly databaseUrl: string;
  /** What stands before the nodes; it is left running. */
  readonly balancer: Balancer;
  readonly kills: number;
  /** Reviewers who save score after score; each has a socket open, too. */
  readonly writers: number;
  /** Acknowledged writes between two kills. */
  readonly writesBetween: number;
}

export interface KillReport {
  readonly acknowledged: number;
  /** Acknowledged scores that are not there in the end, or not as acknowledged. */
  readonly lost: number;
  /** Answers that no client should get: a conflict with oneself, a refusal, a failure that is none of the network. */
  readonly wrong: readonly string[];
  /** For each kill: how long until every client knew of what was submitted right after it. */
  readonly syncMs: readonly number[];
  /** What the stored consensus has otherwise than the scores say. */
  readonly differences: number;
}

/**
 * Two nodes on one database behind a balancer; one of them is killed without warning, in turn, while reviewers write. They
 * do what the page does: repeat a request under its key until it is answered, connect again, and look where things stand.
 */
export async function killInTurn(plan: KillPlan): Promise<KillReport> {
  const { url } = plan.balancer;
  const ground = await prepare(plan);
  const crew = ground.tokens.slice(0, plan.writers).map((token) => aWriter({ ...ground, url, token }));
  const ports = [await freePort(), await freePort()];
  const nodes = await Promise.all(ports.map((port) => aNode(plan, port)));
  try {
    await plan.balancer.open(nodes.map((node) => node.url));
    await Promise.all(crew.map((writer) => writer.knows(0)));
    const work = crew.map((writer) => writer.work());
    const syncMs: number[] = [];
    for (const [turn, token] of ground.tokens.slice(plan.writers).entries()) {
      const soFar = acknowledgedBy(crew);
      await until(
        () => acknowledgedBy(crew) >= soFar + plan.writesBetween || crew.some(({ wrong }) => wrong.length > 0),
      );
      await kill(nodes[turn % 2]);
      const killedAt = performance.now();
      const version = await submitOnce({ ...ground, url, token });
      await Promise.all(crew.map((writer) => writer.knows(version)));
      syncMs.push(performance.now() - killedAt);
      nodes[turn % 2] = await aNode(plan, ports[turn % 2] ?? 0);
    }
    for (const writer of crew) writer.stop();
    await Promise.all(work);
    const lost = await Promise.all(crew.map((writer) => writer.countLost()));
    return {
      acknowledged: acknowledgedBy(crew),
      lost: lost.reduce((sum, count) => sum + count, 0),
      wrong: crew.flatMap((writer) => writer.wrong),
      syncMs,
      differences: await differencesOf(plan.databaseUrl, ground.panelId),
    };
  } finally {
    for (const writer of crew) writer.stop();
    await Promise.all(nodes.map((node) => kill(node)));
  }
}

const config = readConfig({ LOG_LEVEL: "silent" });

/** Somebody for each kill, who submits right after it, and the writers. */
async function prepare({ databaseUrl, kills, writers }: KillPlan): Promise<{ panelId: string; tokens: string[] }> {
  const app = createApplication({ config, databaseUrl });
  const panel = await preparePanel(app, { reviewers: writers + kills, cells });
  await app.close();
  return { panelId: panel.panelId, tokens: panel.reviewers.map(({ token }) => token) };
}

async function differencesOf(databaseUrl: string, panelId: string): Promise<number> {
  const app = createApplication({ config, databaseUrl });
  await app.aggregation.drain();
  const { differences } = await rebuildConsensus(app, panelId);
  await app.close();
  return differences.length;
}

/** What it says of itself is where people reach it, so its own port is chosen here. */
async function aNode({ databaseUrl, balancer }: KillPlan, port: number): Promise<ServerProcess> {
  const started = await startProcess({
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: balancer.url,
    PORT: String(port),
    LOG_LEVEL: "silent",
    CONCORD_DEMO: "0",
    DATA_DIR: tmpdir(),
  });
  return { ...started, url: `http://127.0.0.1:${port}` };
}

async function kill(node: ServerProcess | undefined): Promise<void> {
  if (!node || node.child.signalCode !== null || node.child.exitCode !== null) return;
  node.child.kill("SIGKILL");
  await once(node.child, "close");
}

interface Client {
  readonly url: string;
  readonly panelId: string;
  readonly token: string;
}

interface Writer {
  readonly wrong: string[];
  acknowledged(): number;
  /** Saves one score after the other until stopped. */
  work(): Promise<void>;
  stop(): void;
  /** Once the live channel, or a look after connecting again, has told of this version. */
  knows(version: number): Promise<void>;
  countLost(): Promise<number>;
}

function aWriter(client: Client): Writer {
  const kept = cells.map((cell) => ({ cell, version: 0, value: 0 }));
  const wrong: string[] = [];
  const channel = aChannel(client);
  let acknowledged = 0;
  let isOver = false;

  async function saveOnce(sheet: (typeof kept)[number]): Promise<void> {
    const { cell, version } = sheet;
    const value = ((sheet.value + 3) % 5) - 2;
    const body = { value, rationale: `Number ${version}.`, version };
    const answer = await insist(client, { method: "PUT", path: scorePath(client, cell), body });
    if (answer.status !== 200) {
      wrong.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      isOver = true;
      return;
    }
    Object.assign(sheet, { version: answer.body.version, value });
    acknowledged += 1;
  }

  return {
    wrong,
    acknowledged: () => acknowledged,
    async work() {
      while (!isOver) for (const sheet of kept) await saveOnce(sheet);
    },
    stop() {
      isOver = true;
      channel.close();
    },
    knows: (version) => until(() => channel.version() >= version),
    async countLost() {
      const { body } = await insist(client, { method: "GET", path: `/panels/${client.panelId}/scores` });
      const rows: (CellId & { value: number; version: number })[] = body.scores;
      const isThere = ({ cell, version, value }: (typeof kept)[number]) =>
        rows.some((row) => row.criterionId === cell.criterionId && row.version === version && row.value === value);
      return kept.filter((sheet) => sheet.version > 0 && !isThere(sheet)).length;
    },
  };
}

/** The live channel as the page uses it: it joins after every connection, and is told of the version then and later. */
function aChannel({ url, panelId, token }: Client): { version(): number; close(): void } {
  let version = -1;
  const told = (next: unknown) => {
    if (typeof next === "number") version = Math.max(version, next);
  };
  const socket: Socket = io(url, {
    transports: ["websocket"],
    forceNew: true,
    auth: { token },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  socket.on("connect", () => {
    socket.emit("panel:join", { panelId }, (answer: { version?: number }) => told(answer.version));
  });
  socket.on("panel:changed", (event: { version?: number }) => told(event.version));
  return { version: () => version, close: () => void socket.close() };
}

/** Fills the sheet and submits it. @returns the panel's version once that is announced */
async function submitOnce(client: Client): Promise<number> {
  const path = `/panels/${client.panelId}`;
  const before: number = (await insist(client, { method: "GET", path: `${path}/version` })).body.version;
  for (const cell of cells) {
    const body = { value: 1, rationale: "Right after a kill.", version: 0 };
    await insist(client, { method: "PUT", path: scorePath(client, cell), body });
  }
  const submitted = await insist(client, { method: "POST", path: `${path}/submission`, body: {} });
  if (submitted.status !== 200) throw new Error(`not submitted: ${JSON.stringify(submitted.body)}`);
  return before + 1;
}

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
type Told = { readonly status: number; readonly body: any };

/** Repeats a request under one key until a node answers it. */
async function insist({ url, token }: Client, { method, path, body }: Ask): Promise<Told> {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "idempotency-key": randomUUID(),
  };
  const options = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  for (;;) {
    const answer = await fetch(`${url}/api/v1${path}`, options)
      .then(async (one) => ({ status: one.status, body: one.status === 502 ? null : await one.json() }))
      .catch(() => null);
    if (answer !== null && answer.status !== 502 && answer.status !== 503) return answer;
    await pause(100);
  }
}

function scorePath({ panelId }: Client, { policyId, criterionId }: CellId): string {
  return `/panels/${panelId}/scores/${policyId}/${criterionId}`;
}

function acknowledgedBy(crew: readonly Writer[]): number {
  return crew.reduce((sum, writer) => sum + writer.acknowledged(), 0);
}

async function until(holds: () => boolean, withinMs = 60_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error(`did not come to be in ${withinMs} ms`);
    await pause(10);
  }
}
