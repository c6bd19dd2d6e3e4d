import type { Command } from "commander";
import { chainHead, verifyBundle } from "#server/reports/verify-bundle.ts";
import type { Check } from "#server/reports/verify-check.ts";
import { readBundleFile } from "./read-bundle-file.ts";
import { CheckedFalse, type Shell } from "./shell.ts";

export function addVerify(concord: Command, shell: Shell): void {
  concord
    .command("verify")
    .description(
      "recompute an exported bundle offline: its hashes, its audit chain and every figure; exit 1 names the first thing that differs",
    )
    .argument("<bundle>", "a file made by `export --format json`")
    .action((file) => verify(shell, file));
}

async function verify(shell: Shell, file: string): Promise<void> {
  const bundle = await readBundleFile(file);
  const checks = verifyBundle(bundle);
  for (const one of checks) shell.out(lineOf(one));
  const wrong = checks.find(({ outcome }) => outcome === "differs");
  if (wrong) throw new CheckedFalse(`${file} does not hold: ${wrong.name}: ${wrong.detail}.`);
  // A whole chain made anew would agree with itself: only a head that somebody else has kept tells it apart.
  shell.out(`Everything in the file agrees. The last head of its audit chain is ${chainHead(bundle)}.\n`);
}

function lineOf({ name, outcome, detail }: Check): string {
  return `${outcome.padEnd(13)}  ${detail === null ? name : `${name}: ${detail}`}\n`;
}
