import { randomInt } from "node:crypto";
import { rmSync } from "node:fs";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { startEmbedded } from "#db/embedded/start.ts";
import { migrate } from "#db/migrate.ts";
import { fuzz } from "#tests/support/fuzz/run.ts";
import { type FuzzReport, inWords, megabytes } from "#tests/support/fuzz/tally.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

const options = {
  cases: { type: "string", default: "100000" },
  seed: { type: "string" },
  only: { type: "string" },
  first: { type: "string", default: "1" },
  each: { type: "string" },
} as const;

const mostCpuMs = 500;
const mostGrowthMb = 64;
const roughlyKinds = 75;

/**
 * `npm run prove -- fuzz [--cases N] [--seed S] [--only KIND] [--first N] [--each N]`: every way into the server, with
 * cases made from its own schemas and forms and then spoilt. A failure is seen again with its seed, its kind, its number
 * as `--first`, and `--each 1`.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options });
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  const casesOfEach = Number(values.each ?? Math.ceil(Number(values.cases) / roughlyKinds));
  say(`seed ${seed}, ${casesOfEach} cases of each kind`);
  const folder = quickFolder("concord-fuzz-");
  const database = await startEmbedded(folder, { settings: { fsync: "off", synchronous_commit: "off" } });
  try {
    await migrate(database.url);
    const only = values.only === undefined ? {} : { only: values.only };
    const first = Number(values.first);
    return told(await fuzz({ databaseUrl: database.url, seed, casesOfEach, first, ...only, told: say }), seed);
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function told(report: FuzzReport, seed: number): boolean {
  for (const { kind, number, what, sent } of report.failures.slice(0, 20)) {
    say(`${kind}, case ${number} (--seed ${seed} --only "${kind}" --first ${number} --each 1): ${what}`);
    say(`  ${JSON.stringify(sent).slice(0, 2_000)}`);
  }
  for (const [kind, counts] of report.byKind) say(`  ${kind}: ${inWords(counts)}`);
  for (const fault of report.faults.slice(0, 20)) say(fault);
  const growth = megabytes(report.heapAfter - report.heapBefore);
  say(`seed ${seed}: ${report.cases} cases of ${report.kinds} kinds; answers ${inWords(report.statuses)}`);
  say(`${report.failures.length} failures, ${report.faults.length} rejections, exceptions and warnings`);
  say(
    `heap ${megabytes(report.heapBefore)} MB before, ${megabytes(report.heapAfter)} MB after; resident ${megabytes(report.rssAfter)} MB`,
  );
  say(`dearest request ${Math.round(report.slowest.cpuMs)} ms of CPU: ${report.slowest.what}`);
  say(`longest block of the event loop ${Math.round(report.longestBlockMs)} ms`);
  const isSound = report.failures.length === 0 && report.faults.length === 0;
  return isSound && report.slowest.cpuMs < mostCpuMs && growth < mostGrowthMb;
}

function say(line: string): void {
  stdout.write(`${line}\n`);
}
