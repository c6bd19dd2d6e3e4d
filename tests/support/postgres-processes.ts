import { readdirSync, readFileSync } from "node:fs";
import { inspectPostmaster } from "#db/embedded/lock-file.ts";

/** PostgreSQL's own process and each of its children, on Linux: the number and what it calls itself. */
export function processesOf(data: string): { readonly pid: number; readonly title: string }[] {
  const server = inspectPostmaster(data);
  if (server.state !== "alive") throw new Error("PostgreSQL does not run.");
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === server.pid);
  return [server.pid, ...children.map(Number)].map((pid) => ({ pid, title: read(`/proc/${pid}/cmdline`) }));
}

/** Those that serve somebody in Concord's database. */
export function sessionsOf(data: string): number[] {
  return processesOf(data).flatMap(({ pid, title }) => (title.startsWith("postgres: concord concord ") ? [pid] : []));
}

function parentOf(pid: string): number {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** Nothing of a process that has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
