import type { Command } from "commander";
import { chainHead, receiptPlace, verifyBundle } from "#server/reports/verify-bundle.ts";
import type { Check } from "#server/reports/verify-check.ts";
import { type Held, isCheckpoint, isReceipt } from "#server/reports/verify-held.ts";
import { parsed, readBundleFile, textIn } from "./read-bundle-file.ts";
import { CheckedFalse, type Shell } from "./shell.ts";

interface VerifyOptions {
  readonly receipt?: string;
  readonly checkpoint?: string;
}

export function addVerify(concord: Command, shell: Shell): void {
  concord
    .command("verify")
    .description(
      "recompute an exported bundle offline: its hashes, its audit chain and every figure; exit 1 names the first thing that differs",
    )
    .argument("<bundle>", "a file made by `export --format json` or `export --format zip`")
    .option("--receipt <file>", "also hold it against a receipt that its reviewer kept")
    .option("--checkpoint <file>", "also hold it against a checkpoint that somebody kept")
    .action((file, options) => verify(shell, file, options));
}

async function verify(shell: Shell, file: string, options: VerifyOptions): Promise<void> {
  const bundle = await readBundleFile(file);
  const held = await readHeld(options);
  const checks = verifyBundle(bundle, held);
  for (const one of checks) shell.out(lineOf(one));
  const wrong = checks.find(({ outcome }) => outcome === "differs");
  if (wrong) throw new CheckedFalse(`${file} does not hold: ${wrong.name}: ${wrong.detail}.`);
  shell.out(`Everything in the file agrees. The last head of its audit chain is ${chainHead(bundle)}.\n`);
  const place = receiptPlace(bundle, held.receipt);
  if (place) shell.out(`The receipt's commitments stand in line ${place.seq}, batch ${place.batch}.\n`);
  // A whole chain made anew would agree with itself: only what somebody else has kept tells it apart.
  if (held.checkpoint === undefined && held.receipt === undefined)
    shell.out("Whether the chain was made anew as a whole, only a checkpoint or receipt kept elsewhere can tell.\n");
}

async function readHeld({ receipt, checkpoint }: VerifyOptions): Promise<Held> {
  const kept = receipt === undefined ? undefined : parsed(await textIn(receipt));
  if (receipt !== undefined && !isReceipt(kept))
    throw new Error(`${receipt} is not a receipt: it must be a JSON file whose format is concord-receipt/1.`);
  const text = checkpoint === undefined ? undefined : await textIn(checkpoint);
  if (text !== undefined && !isCheckpoint(text))
    throw new Error(`${checkpoint} is not a checkpoint: it must begin with concord/ and a panel's id.`);
  return { receipt: kept, checkpoint: text };
}

function lineOf({ name, outcome, detail }: Check): string {
  return `${outcome.padEnd(13)}  ${detail === null ? name : `${name}: ${detail}`}\n`;
}
