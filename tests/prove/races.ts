import { parseArgs } from "node:util";
import { type RaceReport, raceReveals } from "#tests/support/reveal-races.ts";
import { startServer } from "#tests/support/server.ts";
import { cloneDatabase, startCluster } from "#tests/support/test-cluster.ts";
import { say } from "./panel.ts";

const options = { reveals: { type: "string", default: "1000" } } as const;
const mostOfOnePanel = 50;

/**
 * `npm run prove -- races [--reveals N]`: reveals, each against fifty submissions and saves at once. Fails where a reveal
 * lacks what was acknowledged, something is accepted after it, or one takes two seconds.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const reveals = Number(parseArgs({ args: [...words], options }).values.reveals);
  const cluster = await startCluster();
  const reports: RaceReport[] = [];
  for (let done = 0; done < reveals; done += mostOfOnePanel) {
    const database = await cloneDatabase(cluster, cluster.templateName);
    const server = await startServer({ databaseUrl: database.url });
    reports.push(await raceReveals(server, Math.min(mostOfOnePanel, reveals - done)));
    await server.stop();
    await database.drop();
  }
  await cluster.stop();
  const wrong = reports.flatMap((report) => report.wrong);
  const slowestRevealMs = Math.round(Math.max(...reports.map((report) => report.slowestRevealMs)));
  const sum = (of: (report: RaceReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  const requests = sum((report) => report.requests);
  const acknowledged = sum((report) => report.acknowledged);
  say({ reveals, requests, acknowledged, wrong: wrong.length, slowestRevealMs, first: wrong.slice(0, 5) });
  return wrong.length === 0 && slowestRevealMs < 2_000;
}
