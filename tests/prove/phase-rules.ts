import { randomInt } from "node:crypto";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { play } from "#tests/support/model/play.ts";
import { skewedClock } from "#tests/support/model/skewed-clock.ts";
import { inLines, makeTally, untried } from "#tests/support/model/tally.ts";
import { presetNames } from "#tests/support/model/terms.ts";
import { startServer } from "#tests/support/server.ts";
import { cloneDatabase, startCluster } from "#tests/support/test-cluster.ts";

const options = {
  runs: { type: "string", default: "300" },
  commands: { type: "string", default: "50" },
  seed: { type: "string" },
  preset: { type: "string" },
  path: { type: "string" },
  replay: { type: "string" },
} as const;

/** Scripts between two lines that say how far it is. */
const portion = 50;

/**
 * `npm run prove -- phase-rules --runs 5000 [--commands 50] [--seed S] [--preset NAME]`: random scripts by a facilitator,
 * reviewers, an observer and outsiders on real panels have to end in what the rules say. A disagreement says with which
 * `--path` and `--replay` it is seen again.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options });
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  const tally = makeTally();
  const chosen = presetNames.filter((name) => values.preset === undefined || values.preset === name);
  const runs = Math.ceil(Number(values.runs) / chosen.length);
  const again = values.path === undefined ? {} : { path: values.path, replayPath: values.replay ?? "" };
  say(`seed ${seed}, ${runs} scripts of at most ${values.commands} wishes on each of ${chosen.join(", ")}`);
  const cluster = await startCluster();
  const database = await cloneDatabase(cluster, cluster.templateName);
  const server = await startServer({ databaseUrl: database.url, clock: skewedClock(seed) });
  const disagreements: string[] = [];
  for (const [index, preset] of chosen.entries()) {
    const asked = { server, preset, commands: Number(values.commands), tally };
    const course = values.path === undefined ? { runs, seed: seed + index * runs } : { runs: 1, seed };
    const found = await playAll(asked, { ...course, again });
    if (found !== null) disagreements.push(`${preset}: ${found}`);
  }
  await server.stop();
  await database.drop();
  await cluster.stop();
  for (const line of [...disagreements, ...inLines(tally)]) say(line);
  const gaps = values.path === undefined ? untried(tally) : [];
  for (const gap of gaps) say(gap);
  say(`seed ${seed}: ${tally.deeds()} deeds, ${tally.looks()} looks, ${disagreements.length} disagreements`);
  return disagreements.length === 0 && gaps.length === 0;
}

interface Course {
  readonly runs: number;
  readonly seed: number;
  readonly again: { readonly path?: string; readonly replayPath?: string };
}

/** In portions with seeds of their own, each told when it is done. */
async function playAll(
  asked: Pick<Parameters<typeof play>[0], "server" | "preset" | "commands" | "tally">,
  { runs, seed, again }: Course,
): Promise<string | null> {
  for (let first = 0; first < runs; first += portion) {
    const found = await play({ ...asked, ...again, runs: Math.min(portion, runs - first), seed: seed + first });
    if (found !== null) return found;
    say(`${asked.preset}: ${Math.min(runs, first + portion)} scripts, ${asked.tally.deeds()} deeds so far in all`);
  }
  return null;
}

function say(line: string): void {
  stdout.write(`${line}\n`);
}
