import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { inspectPostmaster } from "#db/embedded/lock-file.ts";
import { type Embedded, type EmbeddedOptions, startEmbedded } from "#db/embedded/start.ts";
import { until } from "#db/embedded/until.ts";
import { quickFolder } from "./quick-folder.ts";

const installed = process.env.CONCORD_TEST_PG_BIN;
const holderScript = fileURLToPath(new URL("./hold-database.ts", import.meta.url));

interface Holder {
  url: string;
  adopted: boolean;
  leave(): Promise<void>;
  kill(): Promise<void>;
}

/** A folder, and everything a test starts in it: here and in processes of their own. */
export interface Playground {
  folder: string;
  start(options?: EmbeddedOptions & { folder?: string }): Promise<Embedded>;
  /** Another process that uses the database of the folder. */
  hold(): Promise<Holder>;
  /** The same, not waited for. */
  spawnHolder(): ChildProcess;
  clear(): Promise<void>;
}

export function aPlayground(): Playground {
  const folder = quickFolder("concord-embedded-");
  const started: Embedded[] = [];
  const holders: ChildProcess[] = [];

  function spawnHolder(): ChildProcess {
    const args = ["--import", "tsx", holderScript, folder, ...(installed ? [installed] : [])];
    const holder = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    holders.push(holder);
    return holder;
  }

  return {
    folder,
    spawnHolder,
    hold: () => whenReady(spawnHolder()),
    async start({ folder: at = folder, ...options } = {}) {
      const database = await startEmbedded(at, { ...(installed ? { binaries: installed } : {}), ...options });
      started.push(database);
      return database;
    },
    async clear() {
      await Promise.all(holders.filter((holder) => holder.exitCode === null).map(kill));
      await Promise.all(started.map((database) => database.stop()));
      await killServer(folder, "SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function dataOf(home: string): string {
  return join(home, "cluster", "data");
}

/** Returns when the server is gone, or at once if none runs. */
export async function killServer(home: string, signal: "SIGKILL" | "SIGQUIT" = "SIGKILL"): Promise<void> {
  const server = inspectPostmaster(dataOf(home));
  if (server.state !== "alive") return;
  process.kill(server.pid, signal);
  const isGone = () => inspectPostmaster(dataOf(home)).state !== "alive" || undefined;
  await until(isGone, { seconds: 20, sentence: `The server survived ${signal}.` });
}

export async function canConnect(url: string): Promise<boolean> {
  const answer = await ask(url, "select 1 as one").catch(() => []);
  return answer.length === 1;
}

export async function writeNote(url: string, text: string): Promise<void> {
  await ask(url, "create table note (text text not null)");
  await ask(url, "insert into note (text) values ($1)", [text]);
}

export function readNotes(url: string): Promise<postgres.Row[]> {
  return ask(url, "select text from note order by text");
}

/** One statement on a connection of its own. */
export async function ask(url: string, statement: string, values: string[] = []): Promise<postgres.Row[]> {
  // Without the driver's own question for array types: nobody catches its failure when a test kills the server under it.
  const sql = postgres(url, { max: 1, connect_timeout: 5, fetch_types: false });
  try {
    return [...(await sql.unsafe(statement, values))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function whenReady(holder: ChildProcess): Promise<Holder> {
  if (!holder.stdout) throw new Error("The holder has no output.");
  const [line] = await once(createInterface(holder.stdout), "line");
  const { url, adopted }: { url: string; adopted: boolean } = JSON.parse(String(line));
  return {
    url,
    adopted,
    async leave() {
      holder.stdin?.end();
      await once(holder, "exit");
    },
    kill: () => kill(holder),
  };
}

async function kill(holder: ChildProcess): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return;
  holder.kill("SIGKILL");
  await once(holder, "exit");
}
