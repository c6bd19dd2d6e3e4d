import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { aDoorTo, type Door } from "#tests/support/door.ts";
import { aPlayground, dataOf } from "#tests/support/embedded.ts";
import { processesOf } from "#tests/support/postgres-processes.ts";
import { startProcess } from "#tests/support/server-process.ts";
import { startWriters, type Writers } from "#tests/support/writers.ts";
import { isClean, judged, preparedPanel, provenCells, say, told } from "./panel.ts";

/** How a database can be away. */
const ways = ["refuses", "is silent", "stands still"] as const;
type Way = (typeof ways)[number];

const backWithinMs = 5_000;

/**
 * `npm run prove -- outage --seconds 30`: under eight writers the database refuses connections, falls silent behind a network
 * that swallows everything, and stands still (every process of PostgreSQL stopped), for so long each. Nothing acknowledged may be
 * lost, nothing answered 500, and five seconds after its return the first write is acknowledged.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options: { seconds: { type: "string", default: "30" } } });
  const playground = aPlayground();
  const database = await playground.start();
  const door = await aDoorTo(database.url);
  const { panelId, tokens } = await preparedPanel(database.url);
  const settings = { DATABASE_URL: door.url, DATA_DIR: playground.folder, PORT: "0", LOG_LEVEL: "silent" };
  const server = await startProcess({ ...settings, CONCORD_DEMO: "0" });
  const at = { url: () => server.url, panelId, tokens, cells: provenCells, writers: 8, chance: Math.random };
  const writers = startWriters(at);
  try {
    const outages: Record<string, Outage> = {};
    for (const way of ways) {
      await acknowledgedBeyond(writers, writers.acknowledged.size + 200);
      const place = { door, data: dataOf(database.home), url: server.url, token: tokens[0] ?? "" };
      outages[way] = await away(way, { ...place, writers, seconds: Number(values.seconds) });
      told(`${way}: ${JSON.stringify(outages[way])}`);
    }
    await writers.stop();
    const found = await judged(database.url, panelId, writers);
    say({ seconds: values.seconds, outages, ...found });
    return isClean(found) && Object.values(outages).every(isBounded);
  } finally {
    await writers.stop();
    await server.end();
    await door.shut();
    await playground.clear();
  }
}

interface Outage {
  /** Until the server said itself that it is not ready. */
  readonly seenAfterMs: number;
  /** From the return of the database to the next acknowledged write. */
  readonly backAfterMs: number;
  /** Of a read asked in the middle. */
  readonly read: { readonly status: number; readonly ms: number };
}

function isBounded({ seenAfterMs, backAfterMs, read }: Outage): boolean {
  return seenAfterMs < 3_500 && backAfterMs < backWithinMs && read.status === 503 && read.ms < 15_500;
}

interface Place {
  readonly door: Door;
  readonly data: string;
  readonly url: string;
  readonly token: string;
  readonly writers: Writers;
  readonly seconds: number;
}

async function away(way: Way, { door, data, url, token, writers, seconds }: Place): Promise<Outage> {
  const until = performance.now() + seconds * 1000;
  await leave(way, door, data);
  const seenAfterMs = await timed(() => untilStatus(`${url}/readyz`, 503));
  let read = { status: 0, ms: 0 };
  const ms = await timed(async () => {
    const headers = { authorization: `Bearer ${token}` };
    read = { ...read, status: (await fetch(`${url}/api/v1/panels`, { headers })).status };
  });
  await pause(Math.max(0, until - performance.now()));
  await comeBack(way, door, data);
  const before = writers.acknowledged.size;
  const backAfterMs = await timed(() => acknowledgedBeyond(writers, before));
  await untilStatus(`${url}/readyz`, 200);
  return { seenAfterMs, backAfterMs, read: { ...read, ms } };
}

async function leave(way: Way, door: Door, data: string): Promise<void> {
  if (way === "refuses") await door.shut();
  if (way === "is silent") door.jam();
  if (way === "stands still") signalPostgres(data, "SIGSTOP");
}

async function comeBack(way: Way, door: Door, data: string): Promise<void> {
  if (way === "stands still") signalPostgres(data, "SIGCONT");
  // A broken network drops its connections in the end.
  if (way === "is silent") await door.shut();
  if (way !== "stands still") await door.open();
}

/** Each of them leads a group of its own. */
function signalPostgres(data: string, signal: "SIGSTOP" | "SIGCONT"): void {
  for (const { pid } of processesOf(data)) process.kill(pid, signal);
}

async function untilStatus(url: string, wanted: number): Promise<void> {
  while ((await fetch(url)).status !== wanted) await pause(20);
}

async function acknowledgedBeyond(writers: Writers, size: number): Promise<void> {
  while (writers.acknowledged.size <= size && writers.fault === null) await pause(5);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
}
