import { rmSync } from "node:fs";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { startEmbedded } from "#db/embedded/start.ts";
import { migrate } from "#db/migrate.ts";
import { startFront } from "#tests/support/front.ts";
import { killInTurn } from "#tests/support/killed-nodes.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

const options = {
  kills: { type: "string", default: "30" },
  writes: { type: "string", default: "51000" },
  writers: { type: "string", default: "16" },
  nginx: { type: "string" },
} as const;

/**
 * `npm run prove -- two-nodes [--kills N] [--writes N] [--writers N] [--nginx PATH]`: two nodes on one database behind a
 * balancer of our own, or behind the nginx at PATH, killed in turn while reviewers write. Fails where an acknowledged score
 * is lost, a client gets an answer it should not, or somebody is out of step for more than ten seconds.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options });
  const kills = Number(values.kills);
  const folder = quickFolder("concord-two-nodes-");
  const database = await startEmbedded(folder);
  const balancer = await startFront(values.nginx);
  try {
    await migrate(database.url);
    const began = performance.now();
    const { acknowledged, lost, wrong, syncMs, differences } = await killInTurn({
      databaseUrl: database.url,
      balancer,
      kills,
      writers: Number(values.writers),
      writesBetween: Math.ceil(Number(values.writes) / kills),
    });
    const slowest = Math.max(0, ...syncMs);
    stdout.write(
      `${syncMs.length} kills, ${acknowledged} acknowledged writes, ${lost} lost, ${wrong.length} wrong answers, ` +
        `${differences} differences in the consensus; everyone in step again after ${(slowest / 1000).toFixed(1)} s at most; ` +
        `${Math.round((performance.now() - began) / 1000)} s in all\n`,
    );
    for (const one of wrong.slice(0, 5)) stdout.write(`  ${one}\n`);
    return lost + wrong.length + differences === 0 && slowest < 10_000;
  } finally {
    await balancer.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
