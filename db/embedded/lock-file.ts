import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./errors.ts";
import { isPidTaken } from "./living-process.ts";

export type Postmaster =
  | { state: "absent" }
  | { state: "stale" }
  | { state: "alive"; pid: number; port: number; phase: string };

/** What `postmaster.pid` says about the server of this data folder, checked against the processes that really run. */
export function inspectPostmaster(data: string): Postmaster {
  const lines = readLockFile(data);
  if (!lines) return { state: "absent" };
  const pid = Math.abs(Number(lines[0]));
  if (!isPidTaken(pid) || !isPostmasterOf(pid, data)) return { state: "stale" };
  return { state: "alive", pid, port: Number(lines[3]), phase: (lines[7] ?? "starting").trim() };
}

function readLockFile(data: string): string[] | undefined {
  try {
    return readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function isPostmasterOf(pid: number, data: string): boolean {
  switch (process.platform) {
    case "linux":
      return worksIn(pid, data);
    case "win32":
      return outputOf("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV"]).includes("postgres");
    default:
      return !isZombie(pid) && outputOf("ps", ["-o", "command=", "-p", `${pid}`]).includes(data);
  }
}

/** A postmaster's working directory is its data folder; a zombie has none, and a stranger's is elsewhere. */
function worksIn(pid: number, data: string): boolean {
  try {
    const [theirs, ours] = [statSync(`/proc/${pid}/cwd`), statSync(data)];
    return theirs.ino === ours.ino && theirs.dev === ours.dev;
  } catch (error) {
    // Containers often deny root this look at another user's process; its command line stays readable.
    return ["EACCES", "EPERM"].includes(errorCode(error)) && commandLine(pid).includes(data);
  }
}

/** Empty for a zombie. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function isZombie(pid: number): boolean {
  return outputOf("ps", ["-o", "stat=", "-p", `${pid}`])
    .trim()
    .startsWith("Z");
}

function outputOf(program: string, args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}
