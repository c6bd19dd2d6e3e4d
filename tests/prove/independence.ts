import { randomBytes } from "node:crypto";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { startCluster } from "#tests/support/test-cluster.ts";
import { builtPages } from "#tests/support/worlds/pages.ts";
import { type PairOutcome, playPairs } from "#tests/support/worlds/pairs.ts";

const options = {
  pairs: { type: "string", default: "100" },
  seed: { type: "string", default: randomBytes(4).toString("hex") },
  first: { type: "string", default: "1" },
  percent: { type: "string", default: "15" },
} as const;

/**
 * `npm run prove -- independence --pairs 20000 [--seed S] [--first N] [--percent P]`: pairs of worlds that differ in
 * nothing their viewer may see have to look the same. A pair is seen again with its seed, its number as `--first`, and
 * `--pairs 1`.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options });
  const { seed } = values;
  say(`seed ${seed}`);
  const build = await builtPages();
  const cluster = await startCluster();
  const total = { pairs: 0, differences: 0, unwitnessed: 0, compared: 0 };
  const wish = { cluster, build, seed, pairs: Number(values.pairs), first: Number(values.first) };
  await playPairs({
    ...wish,
    percent: Number(values.percent),
    told(outcome) {
      total.pairs += 1;
      total.compared += outcome.compared;
      if (outcome.leak) total.differences += 1;
      if (outcome.witnesses.length === 0) total.unwitnessed += 1;
      if (outcome.leak || outcome.witnesses.length === 0) report(outcome, seed);
      if (total.pairs % 100 === 0) say(inWords(total));
    },
  }).finally(cluster.stop);
  say(`seed ${seed}: ${inWords(total)}`);
  return total.differences === 0 && total.unwitnessed === 0;
}

function inWords(total: { pairs: number; differences: number; unwitnessed: number; compared: number }): string {
  return `${total.pairs} pairs, ${total.compared} answers compared, ${total.differences} differences, ${total.unwitnessed} pairs that nobody could tell apart`;
}

function report({ number, story, between, leak }: PairOutcome, seed: string): void {
  say(`pair ${number} (--seed ${seed} --first ${number} --pairs 1): ${story}; they differ in ${between.join(", ")}`);
  say(
    leak === null ? "  nobody saw that they differ" : `  ${leak.label}\n  here:  ${leak.here}\n  there: ${leak.there}`,
  );
}

function say(line: string): void {
  stdout.write(`${line}\n`);
}
