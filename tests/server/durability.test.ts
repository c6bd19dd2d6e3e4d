import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrate } from "#db/migrate.ts";
import type { CellId } from "#rubric/rubric.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { preparePanel } from "#server/cli/bench/panel.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { aPlayground, killServer, type Playground } from "#tests/support/embedded.ts";
import { type ServerProcess, startProcess } from "#tests/support/server-process.ts";

const reviewers = 24;
const writers = 8;
const cells: readonly CellId[] = ["I1", "I2", "I3"].map((criterionId) => ({ policyId: "P1", criterionId }));
const config = readConfig({ LOG_LEVEL: "silent" });

/** One cell of one reviewer: what was acknowledged last. */
interface Kept {
  readonly token: string;
  readonly cell: CellId;
  version: number;
  value: number | null;
}

interface Ground {
  readonly panelId: string;
  readonly tokens: readonly string[];
}

let playground: Playground;
let running: ServerProcess | null = null;
beforeEach(() => {
  playground = aPlayground();
});
afterEach(async () => {
  running?.child.kill("SIGKILL");
  running = null;
  await playground.clear();
});

async function prepare(databaseUrl: string): Promise<Ground> {
  await migrate(databaseUrl);
  const app = createApplication({ config, databaseUrl });
  const panel = await preparePanel(app, { reviewers, cells });
  await app.close();
  return { panelId: panel.panelId, tokens: panel.reviewers.map(({ token }) => token) };
}

async function serve(databaseUrl: string): Promise<ServerProcess> {
  const settings = {
    DATABASE_URL: databaseUrl,
    PORT: "0",
    LOG_LEVEL: "silent",
    CONCORD_DEMO: "0",
    DATA_DIR: playground.folder,
  };
  running = await startProcess(settings);
  return running;
}

async function kill(server: ServerProcess): Promise<void> {
  server.child.kill("SIGKILL");
  await once(server.child, "close");
}

async function call(server: ServerProcess, token: string, request: { method: string; path: string; body?: unknown }) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  const answer = await fetch(`${server.url}/api/v1${request.path}`, { method: request.method, headers, ...body });
  return { status: answer.status, body: await answer.json() };
}

/**
 * Reviewers save score after score until the server no longer answers; each fourth of them submits in between. What was
 * acknowledged is written down, what was not may have happened or not.
 */
async function write(
  server: ServerProcess,
  ground: Ground,
  sheets: Kept[][],
): Promise<{ submitted: Set<string>; stop: () => Promise<void> }> {
  const submitted = new Set<string>();
  let isOver = false;
  async function writeOn(first: number): Promise<void> {
    while (!isOver) {
      for (let index = first; index < sheets.length && !isOver; index += writers) {
        const sheet = sheets[index] ?? [];
        for (const kept of sheet) await save(server, ground, kept);
        const [one] = sheet;
        if (index % 4 === 0 && one && (await submits(server, ground, one.token))) submitted.add(one.token);
      }
    }
  }
  const writing = Array.from({ length: writers }, (_, first) => writeOn(first).catch(() => {}));
  return {
    submitted,
    async stop() {
      isOver = true;
      await Promise.all(writing);
    },
  };
}

const acknowledged = (sheets: Kept[][]) => sheets.flat().reduce((sum, kept) => sum + kept.version, 0);

/** Until so many more saves have been acknowledged: a moment in the middle of the work. */
async function acknowledgedMore(sheets: Kept[][], more: number): Promise<void> {
  const enough = acknowledged(sheets) + more;
  await expect.poll(() => acknowledged(sheets), { timeout: 30_000, interval: 5 }).toBeGreaterThan(enough);
}

async function save(server: ServerProcess, { panelId }: Ground, kept: Kept): Promise<void> {
  const value = Math.floor(Math.random() * 5) - 2;
  const path = `/panels/${panelId}/scores/${kept.cell.policyId}/${kept.cell.criterionId}`;
  const body = { value, rationale: "Because.", version: kept.version };
  const answer = await call(server, kept.token, { method: "PUT", path, body });
  if (answer.status !== 200) return;
  kept.version = answer.body.version;
  kept.value = value;
}

async function submits(server: ServerProcess, { panelId }: Ground, token: string): Promise<boolean> {
  const answer = await call(server, token, { method: "POST", path: `/panels/${panelId}/submission`, body: {} });
  return answer.status === 200;
}

function emptySheets({ tokens }: Ground): Kept[][] {
  return tokens.map((token) => cells.map((cell) => ({ token, cell, version: 0, value: null })));
}

/** Acknowledged scores that are not there: older than acknowledged, or of the same version with another value. */
async function lost(server: ServerProcess, { panelId }: Ground, sheets: Kept[][]): Promise<Kept[]> {
  const missing: Kept[] = [];
  for (const sheet of sheets) {
    const { body } = await call(server, sheet[0]?.token ?? "", { method: "GET", path: `/panels/${panelId}/scores` });
    const stored = new Map<string, { version: number; value: number | null }>(
      body.scores.map((score: { criterionId: string; version: number; value: number | null }) => [
        score.criterionId,
        score,
      ]),
    );
    for (const kept of sheet) {
      const found = stored.get(kept.cell.criterionId) ?? { version: 0, value: null };
      const isThere = found.version > kept.version || (found.version === kept.version && found.value === kept.value);
      if (!isThere) missing.push(kept);
    }
  }
  return missing;
}

/** Waits until the server has caught up by itself, then compares the stored consensus with its scores. */
async function differences(server: ServerProcess, databaseUrl: string): Promise<unknown> {
  await expect.poll(() => fetch(`${server.url}/readyz`).then((answer) => answer.status), { timeout: 20_000 }).toBe(200);
  const app = createApplication({ config, databaseUrl });
  await app.aggregation.stop();
  await expect.poll(() => app.aggregation.lagSeconds(), { timeout: 20_000 }).toBe(0);
  const rebuilt = await rebuildConsensus(app, null);
  await app.close();
  return rebuilt.differences;
}

describe("kill -9 of the server while scores are written", () => {
  test("loses no acknowledged score or submission, and the consensus catches up by itself", async () => {
    const { url } = await playground.start();
    const ground = await prepare(url);
    const sheets = emptySheets(ground);
    const submitted = new Set<string>();
    for (let kills = 1; kills <= 3; kills += 1) {
      const server = await serve(url);
      const writing = await write(server, ground, sheets);
      await acknowledgedMore(sheets, 20 + Math.floor(Math.random() * 60));
      await kill(server);
      await writing.stop();
      for (const token of writing.submitted) submitted.add(token);
    }

    const server = await serve(url);
    expect(submitted.size).toBeGreaterThan(0);
    expect(await lost(server, ground, sheets)).toEqual([]);
    expect(await differences(server, url)).toEqual([]);
    const panel = await call(server, ground.tokens[1] ?? "", { method: "GET", path: `/panels/${ground.panelId}` });
    expect(panel.body.progress.submitted).toBeGreaterThanOrEqual(submitted.size);
  }, 120_000);
});

describe("kill -9 of PostgreSQL while scores are written", () => {
  test("loses no acknowledged score, and the server lives on and says that it is not ready", async () => {
    const database = await playground.start();
    const ground = await prepare(database.url);
    const sheets = emptySheets(ground);
    const server = await serve(database.url);
    const writing = await write(server, ground, sheets);
    await acknowledgedMore(sheets, 60);
    await killServer(database.home);
    await expect.poll(() => fetch(`${server.url}/readyz`).then((answer) => answer.status)).toBe(503);
    const alive = await fetch(`${server.url}/healthz`);
    const refused = await call(server, ground.tokens[0] ?? "", { method: "GET", path: `/panels/${ground.panelId}` });
    await writing.stop();
    await kill(server);

    const again = await playground.start();
    const next = await serve(again.url);
    expect([alive.status, refused.status]).toEqual([200, 503]);
    expect(await lost(next, ground, sheets)).toEqual([]);
    expect(await differences(next, again.url)).toEqual([]);
  }, 120_000);
});
