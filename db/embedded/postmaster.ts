import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { childEnvironment } from "./binaries.ts";
import type { Cluster } from "./cluster.ts";
import { choosePort } from "./free-port.ts";
import { inspectPostmaster } from "./lock-file.ts";
import { until } from "./until.ts";

const run = promisify(execFile);
/** Crash recovery replays at most about a gigabyte of log before the server says that it is ready. */
const START_SECONDS = 120;
const STOP_SECONDS = 60;
const ATTEMPTS = 6;

export type Settings = Readonly<Record<string, string>>;
export interface Running {
  port: number;
  adopted: boolean;
}

/** Adopts the living server of this cluster, or else starts one. */
export async function ensureRunning(cluster: Cluster, settings: Settings): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const adopted = await adopt(cluster);
    if (adopted !== undefined) return { port: adopted, adopted: true };
    const started = await launch(cluster, settings);
    if (started !== undefined) return { port: started, adopted: false };
    if (attempt === ATTEMPTS) throw new Error(lastWords(cluster));
    // Its port was taken meanwhile, or the last server's children still hold its memory: both pass.
    await pause(attempt * 100);
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. Returns when the server is gone. */
export async function shutDown(cluster: Cluster): Promise<void> {
  const server = inspectPostmaster(cluster.data);
  if (server.state !== "alive") return;
  if (process.platform === "win32") await run(join(cluster.bin, "pg_ctl"), ["stop", "-D", cluster.data, "-m", "fast"]);
  else process.kill(server.pid, "SIGINT");
  await gone(cluster);
}

async function adopt(cluster: Cluster): Promise<number | undefined> {
  const server = inspectPostmaster(cluster.data);
  if (server.state === "absent") return undefined;
  if (server.state === "alive" && server.phase !== "stopping") return portWhenReady(cluster);
  if (server.state === "alive") await gone(cluster);
  // Left in place it would stop PostgreSQL from starting whenever some other process has the dead server's pid.
  rmSync(join(cluster.data, "postmaster.pid"), { force: true });
  return undefined;
}

/** The port, or undefined if the server died before it was ready. */
async function portWhenReady(cluster: Cluster, child?: ChildProcess): Promise<number | undefined> {
  const answer = await until(
    () => {
      if (child && hasExited(child)) return { port: undefined };
      const server = inspectPostmaster(cluster.data);
      if (server.state === "alive" && server.phase === "ready") return { port: server.port };
      return server.state === "alive" || child ? undefined : { port: undefined };
    },
    {
      seconds: START_SECONDS,
      sentence: `PostgreSQL is not ready after ${START_SECONDS} seconds; see ${join(cluster.folder, "log")}.`,
    },
  );
  return answer.port;
}

async function launch(cluster: Cluster, settings: Settings): Promise<number | undefined> {
  const port = await choosePort(rememberedPort(cluster));
  const log = openSync(join(cluster.folder, "log"), "a", 0o600);
  // Detached: an interrupt at the terminal reaches Concord alone, which still has work to write down.
  const child = spawn(join(cluster.bin, "postgres"), serverArguments(cluster, { port, settings }), {
    ...cluster.account,
    cwd: cluster.folder,
    env: childEnvironment(),
    detached: true,
    stdio: ["ignore", log, log],
    windowsHide: true,
  });
  closeSync(log);
  child.unref();
  child.once("error", () => undefined);
  const ready = await portWhenReady(cluster, child);
  if (ready !== undefined) writeFileSync(join(cluster.folder, "port"), `${ready}\n`);
  return ready;
}

function hasExited(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function serverArguments(cluster: Cluster, { port, settings }: { port: number; settings: Settings }): string[] {
  const all = {
    listen_addresses: "127.0.0.1",
    port: `${port}`,
    unix_socket_directories: "",
    dynamic_shared_memory_type: process.platform === "win32" ? "windows" : "mmap",
    max_connections: "100",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    ...settings,
  };
  const pairs = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", cluster.data, ...pairs];
}

/** The same port again, where it is free, lets other processes find a restarted server by themselves. */
function rememberedPort(cluster: Cluster): number {
  try {
    return Number(readFileSync(join(cluster.folder, "port"), "utf8")) || 0;
  } catch {
    return 0;
  }
}

function gone(cluster: Cluster): Promise<true> {
  return until(() => (inspectPostmaster(cluster.data).state === "alive" ? undefined : true), {
    seconds: STOP_SECONDS,
    sentence: `PostgreSQL is still stopping after ${STOP_SECONDS} seconds; see ${join(cluster.folder, "log")}.`,
  });
}

function lastWords(cluster: Cluster): string {
  const log = join(cluster.folder, "log");
  const end = readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" ");
  return `PostgreSQL does not start; its log ${log} ends with: ${end}`;
}
