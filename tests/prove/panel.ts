import { migrate } from "#db/migrate.ts";
import type { CellId } from "#rubric/rubric.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { preparePanel } from "#server/cli/bench/panel.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { verifyPanel } from "#server/reports/verify-panel.ts";
import { lostAndDoubled, type Writers } from "#tests/support/writers.ts";

const config = readConfig({ LOG_LEVEL: "silent" });

export const provenCells: readonly CellId[] = ["I1", "I2", "I3", "G1"].map((criterionId) => ({
  policyId: "P1",
  criterionId,
}));

/** Forty reviewers with a session each, and a round that is open. */
export async function preparedPanel(databaseUrl: string): Promise<{ panelId: string; tokens: string[] }> {
  await migrate(databaseUrl);
  const app = createApplication({ config, databaseUrl });
  const panel = await preparePanel(app, { reviewers: 40, cells: provenCells });
  await app.close();
  return { panelId: panel.panelId, tokens: panel.reviewers.map(({ token }) => token) };
}

/** What must be none after whatever happened, and what was answered meanwhile. */
export async function judged(databaseUrl: string, panelId: string, writers: Writers) {
  const { lost, doubled } = await lostAndDoubled(databaseUrl, panelId, writers.acknowledged);
  const app = createApplication({ config, databaseUrl });
  const { differences } = await rebuildConsensus(app, null);
  const faults = await verifyPanel(app, panelId);
  await app.close();
  for (const fault of faults) told(fault);
  return {
    acknowledged: writers.acknowledged.size,
    statuses: Object.fromEntries(writers.statuses),
    fault: writers.fault,
    mustBeNone: {
      lost: lost.length,
      doubled: doubled.length,
      differencesFromRebuilt: differences.length,
      faultsOfTheRecord: faults.length,
      unavailableWithoutRetryAfter: writers.withoutRetryAfter,
      serverErrors: writers.statuses.get(500) ?? 0,
    },
  };
}

export function isClean({ mustBeNone, fault }: Awaited<ReturnType<typeof judged>>): boolean {
  return fault === null && Object.values(mustBeNone).every((count) => count === 0);
}

export function say(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

export function told(progress: string): void {
  process.stderr.write(`${progress}\n`);
}
