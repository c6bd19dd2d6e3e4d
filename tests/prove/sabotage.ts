import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stdout } from "node:process";
import { changesOf, type Fault, weaken } from "./fault.ts";
import { faults } from "./faults.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Breaks the product on purpose, one fault at a time, in a copy, and runs the tests that are there to notice. A fault that
 * no test notices is a promise without teeth.
 *
 * @param wanted words that a fault's name must hold; all faults without any
 * @returns whether every fault was caught
 */
export async function prove(wanted: readonly string[]): Promise<boolean> {
  const chosen = faults.filter(({ name }) => wanted.every((word) => name.includes(word)));
  const folder = mkdtempSync(join(tmpdir(), "concord-sabotage-"));
  try {
    copyTree(folder);
    let caught = 0;
    for (const fault of chosen) if (await isCaught(folder, fault)) caught += 1;
    stdout.write(`${caught} of ${chosen.length} faults were caught.\n`);
    return caught === chosen.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyTree(folder: string): void {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of files.toString("utf8").split("\0").filter(Boolean)) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  copyBuild(folder);
}

function copyBuild(folder: string): void {
  rmSync(join(folder, "build"), { recursive: true, force: true });
  cpSync(join(root, "build"), join(folder, "build"), { recursive: true });
}

async function isCaught(folder: string, fault: Fault): Promise<boolean> {
  const sound = new Map(changesOf(fault).map(({ file }) => [file, readFileSync(join(folder, file), "utf8")]));
  for (const change of changesOf(fault)) {
    const path = join(folder, change.file);
    writeFileSync(path, weaken(readFileSync(path, "utf8"), change));
  }
  const began = performance.now();
  if (fault.isInPages) execFileSync("npm", ["run", "build", "--silent"], { cwd: folder, stdio: "pipe" });
  const notice = await (fault.tests === "lint" ? noticeOfLint(folder, fault) : noticeOfTests(folder, fault.tests));
  const seconds = Math.round((performance.now() - began) / 1000);
  for (const [file, text] of sound) writeFileSync(join(folder, file), text);
  if (fault.isInPages) copyBuild(folder);
  stdout.write(`${notice === null ? "MISSED  " : "caught  "}${fault.name} (${seconds} s)\n`);
  if (notice !== null) stdout.write(`${notice.replaceAll(/^/gm, "          ")}\n`);
  return notice !== null;
}

/** The test that failed, and why; `null` if none did. A file that fails before its tests says nothing about the fault. */
async function noticeOfTests(folder: string, tests: readonly string[]): Promise<string | null> {
  const options = ["--config", "tests/vitest.config.ts", "run", "--bail=1"];
  const { code, told, complained } = await run(folder, ["node_modules/vitest/vitest.mjs", ...options, ...tests]);
  if (code === 0 || !/^\s*Tests\s+\d+ failed/m.test(told)) return null;
  const [test = ""] = /(?:FAIL|×).*$/m.exec(complained + told) ?? [];
  const [reason = ""] = /^\w*Error: .*$/m.exec(complained) ?? [];
  return `by ${test}\n${reason.slice(0, 200)}`.trimEnd();
}

/** The linter's own words; `null` if it has none. */
async function noticeOfLint(folder: string, { file }: Fault): Promise<string | null> {
  const { code, told, complained } = await run(folder, ["node_modules/@biomejs/biome/bin/biome", "lint", file]);
  const [rule = ""] = new RegExp(`^${file}.*$`, "m").exec(told + complained) ?? [];
  return code === 0 || rule === "" ? null : `by lint: ${rule}`;
}

/** In a group of its own, so that what a test that failed has left running ends with it. */
async function run(folder: string, args: readonly string[]) {
  const child = spawn(process.execPath, args, { cwd: folder, env: colourless(), detached: true });
  const said = { told: "", complained: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.told += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.complained += text;
  });
  const closed = once(child, "close");
  const [code] = await once(child, "exit");
  endGroup(child.pid);
  await closed;
  return { code, ...said };
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

/** What is told is searched for words. */
function colourless(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: "1" };
}
