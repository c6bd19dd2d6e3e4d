import { readFileSync } from "node:fs";
import { errorCode } from "./errors.ts";

export interface ProcessIdentity {
  pid: number;
  /** Distinguishes two processes that were given the same pid; "0" where the system does not tell. */
  birth: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, birth: birthOf(process.pid) ?? "0" };
}

/** Is this very process still running? A zombie is not, nor is a stranger who got the same pid later. */
export function isLiving({ pid, birth }: ProcessIdentity): boolean {
  if (!isPidTaken(pid)) return false;
  return process.platform !== "linux" || birthOf(pid) === birth;
}

export function isPidTaken(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** Clock ticks between boot and the start of the process; undefined when it is gone or a zombie. */
function birthOf(pid: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may itself hold blanks and parentheses: count from the last one.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}
