import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "./set-up-step.mjs";

/**
 * Two processes started at once on a fresh clone would install and build into each other's files: the second waits.
 * @template Result
 * @param {string} token a file that exists while somebody works
 * @param {() => Promise<Result>} work
 */
export async function takingTurns(token, work) {
  if (!take(token)) {
    say(`Waiting for process ${holderOf(token)}, which is setting up this folder (if it is not, delete ${token}) ...`);
    while (!take(token)) await wait(100);
  }
  const giveBack = () => rmSync(token, { force: true });
  process.once("exit", giveBack);
  const result = await work();
  process.off("exit", giveBack);
  giveBack();
  return result;
}

/** @param {string} token */
function take(token) {
  try {
    writeFileSync(token, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    if (!isAlive(holderOf(token))) rmSync(token, { force: true });
    return false;
  }
}

/** @param {string} token */
function holderOf(token) {
  try {
    return Number(readFileSync(token, "utf8"));
  } catch {
    return Number.NaN;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Someone else's process is alive too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
