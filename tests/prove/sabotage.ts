import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stdout } from "node:process";
import { type Fault, faults, weaken } from "./faults.ts";

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
    const caught = chosen.filter((fault) => isCaught(folder, fault));
    stdout.write(`${caught.length} of ${chosen.length} faults were caught.\n`);
    return caught.length === chosen.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyTree(folder: string): void {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of files.toString("utf8").split("\0").filter(Boolean)) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  // Pages are tested from a build; no fault is in one.
  cpSync(join(root, "build"), join(folder, "build"), { recursive: true });
}

function isCaught(folder: string, fault: Fault): boolean {
  const path = join(folder, fault.file);
  const sound = readFileSync(path, "utf8");
  writeFileSync(path, weaken(sound, fault));
  const [command, ...args] = [
    "node_modules/vitest/vitest.mjs",
    "--config",
    "tests/vitest.config.ts",
    "run",
    "--bail=1",
  ];
  const run = spawnSync(process.execPath, [command ?? "", ...args, ...fault.tests], { cwd: folder, encoding: "utf8" });
  writeFileSync(path, sound);
  const failed = /(?:FAIL|×).*$/m.exec(run.stdout)?.[0] ?? "";
  // A run that fails before any test says nothing about the fault.
  const isFound = run.status !== 0 && /\d+ failed/.test(run.stdout);
  stdout.write(`${isFound ? "caught  " : "MISSED  "}${fault.name}${isFound ? `\n          by ${failed}` : ""}\n`);
  return isFound;
}
