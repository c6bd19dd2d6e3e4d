import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { projectRoot } from "#db/project-root.ts";
import { aPlayground, dataOf, killServer, type Playground } from "#tests/support/embedded.ts";
import { sessionsOf } from "#tests/support/postgres-processes.ts";
import { fromSources, type ServerProcess, spawnServer, startProcess } from "#tests/support/server-process.ts";
import { startWriters, type Writers } from "#tests/support/writers.ts";
import { chanceFrom } from "./chance.ts";
import { isClean, judged, preparedPanel, provenCells, say, told } from "./panel.ts";

/** The built product where there is one: it starts in a fraction of the time. */
const built = join(projectRoot(), "build/node/main.js");
const program = existsSync(built) ? [built] : fromSources;

/** What is killed with -9, and when. */
const kills = ["server", "postgres", "both", "server while it starts", "one session of postgres"] as const;
type Kill = (typeof kills)[number];

/**
 * `npm run prove -- durability --writes 50000 --seed 7`: the server on the embedded database, and the database, are killed again
 * and again while eight writers save scores, until so many writes have been acknowledged. Every one of them must be there,
 * once. `--every` is how many are acknowledged between two kills, on average.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      writes: { type: "string", default: "2000" },
      every: { type: "string", default: "250" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });
  const playground = aPlayground();
  const began = performance.now();
  try {
    const storm = await rage({
      playground,
      seed: Number(values.seed),
      writes: Number(values.writes),
      every: Number(values.every),
    });
    const { url } = await playground.start();
    const found = await judged(url, storm.panelId, storm.writers);
    const seconds = Math.round((performance.now() - began) / 1000);
    say({ seed: values.seed, seconds, kills: sum(storm.killed), killed: storm.killed, ...found });
    return isClean(found);
  } finally {
    await playground.clear();
  }
}

interface Weather {
  readonly playground: Playground;
  readonly seed: number;
  readonly writes: number;
  readonly every: number;
}

interface Storm {
  readonly panelId: string;
  readonly writers: Writers;
  readonly killed: Record<Kill, number>;
}

async function rage({ playground, seed, writes, every }: Weather): Promise<Storm> {
  // Of its own, so that the kills of a seed are the same however quick the writers are.
  const chance = chanceFrom(seed);
  const database = await playground.start();
  const { panelId, tokens } = await preparedPanel(database.url);
  await database.stop();
  const killed: Record<Kill, number> = {
    server: 0,
    postgres: 0,
    both: 0,
    "server while it starts": 0,
    "one session of postgres": 0,
  };
  let server = await serve(playground);
  const at = { url: () => server.url, panelId, tokens, cells: provenCells, writers: 8, chance: chanceFrom(seed + 1) };
  const writers = startWriters(at);
  while (writers.acknowledged.size < writes && writers.fault === null) {
    await moreAcknowledged(writers, Math.ceil(2 * every * chance()));
    const kill = kills[Math.floor(chance() * kills.length)] ?? "server";
    killed[kill] += 1;
    await strike(kill, { server, playground, chance });
    // PostgreSQL ends every other session itself and starts anew; the server stays, and has to find it again.
    if (kill !== "one session of postgres") server = await serve(playground);
    told(`${writers.acknowledged.size} acknowledged, ${sum(killed)} kills`);
  }
  await writers.stop();
  await kill9(server.child);
  return { panelId, writers, killed };
}

function settings({ folder }: Playground): Record<string, string> {
  return { DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent", CONCORD_DEMO: "0" };
}

function serve(playground: Playground): Promise<ServerProcess> {
  return startProcess(settings(playground), program);
}

async function strike(
  kill: Kill,
  on: { server: ServerProcess; playground: Playground; chance: () => number },
): Promise<void> {
  const { server, playground, chance } = on;
  if (kill === "one session of postgres") return killSession(playground.folder, chance);
  if (kill === "postgres" || kill === "both") await killServer(playground.folder);
  // The server lives on without its database; the next one brings that back.
  if (kill === "postgres") await pause(500);
  await kill9(server.child);
  if (kill !== "server while it starts") return;
  const { child } = spawnServer(settings(playground), program);
  await pause(3_000 * chance());
  await kill9(child);
}

function killSession(folder: string, chance: () => number): void {
  const sessions = sessionsOf(dataOf(folder));
  const pid = sessions[Math.floor(chance() * sessions.length)];
  if (pid !== undefined) process.kill(pid, "SIGKILL");
}

async function kill9(child: ServerProcess["child"]): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
}

async function moreAcknowledged(writers: Writers, more: number): Promise<void> {
  const enough = writers.acknowledged.size + more;
  while (writers.acknowledged.size < enough && writers.fault === null) await pause(5);
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
