import { hasHead, readChainEnd } from "#db/audit.ts";
import { type FormerPanel, restoreBackup as restoreTables, type Settling } from "#db/backup/restore-backup.ts";
import type { Db } from "#db/open.ts";
import { shutOpenDoors } from "#db/open-doors.ts";
import { listPanels, raiseAllVersions } from "#db/panels.ts";
import type { BackupEnd, BackupHeader } from "#rubric/backup.ts";
import { type Difference, rebuildConsensus } from "../aggregation/rebuild.ts";
import { makeAggregation } from "../aggregation/service.ts";
import { recordEvent, sealEvents } from "../audit.ts";
import { makeLog } from "../log.ts";
import { verifyPanel } from "../reports/verify-panel.ts";

/** What became of a panel that was put back. */
export interface RestoredPanel {
  readonly panelId: string;
  readonly title: string;
  /** Where its chain ended in the backup. */
  readonly lines: number;
  readonly head: string;
  /** What of it does not hold, as `verify` and `rebuild` say it. */
  readonly faults: readonly string[];
}

export interface Restored {
  readonly backup: BackupHeader & BackupEnd;
  readonly panels: readonly RestoredPanel[];
  /** Panels of the replaced database whose last head the backup does not hold: what came after it is gone. */
  readonly behind: readonly FormerPanel[];
  /** Invitations that were still open and have to be sent anew. */
  readonly invitations: number;
}

/** Higher than any version that a page opened before the restore can have seen. */
const versionStep = 1_000_000_000;

/**
 * Puts a backup in the place of what a database holds. Everything in it is verified; whatever does not hold is told and
 * not hidden, since a faithful copy of a broken record is what was asked for. Sessions, tokens and open invitations end,
 * and each panel's chain says from here on that it was put back.
 *
 * @throws Error with one sentence for a person; then nothing has happened
 */
export async function restoreBackup(from: { url: string; file: string; replace: boolean }): Promise<Restored> {
  const { backup, report } = await restoreTables({ ...from, settle });
  return { backup, ...report };
}

async function settle({ database, backup, former }: Settling): Promise<Omit<Restored, "backup">> {
  const { pool } = database;
  const app = { database, aggregation: makeAggregation(database, makeLog("silent")), clock: () => new Date() };
  const invitations = await shutOpenDoors(pool);
  const { differences } = await rebuildConsensus(app, null);
  await raiseAllVersions(pool, versionStep);
  const panels: RestoredPanel[] = [];
  for (const { panelId, title } of await listPanels(pool)) {
    const { seq, head } = await readChainEnd(pool, panelId);
    const line = { act: "restored", backedUpAt: backup.createdAt, seq, head } as const;
    await recordEvent(pool, { panelId, by: "the operator" }, line);
    await sealEvents(pool, panelId);
    const mended = differences.filter((one) => one.panelId === panelId).map(mendedSentence);
    panels.push({ panelId, title, lines: seq, head, faults: [...mended, ...(await verifyPanel(app, panelId))] });
  }
  const behind = await Promise.all(former.map(async (one) => ((await isCovered(pool, one)) ? [] : [one])));
  return { panels, invitations, behind: behind.flat() };
}

function mendedSentence({ round, cell }: Difference): string {
  return `round ${round}, ${cell}: what was stored differed from what the scores come to, and was mended`;
}

/** Whether the restored chain goes at least as far as this panel had come. */
async function isCovered(db: Db, { panelId, head }: FormerPanel): Promise<boolean> {
  return head === "" || (await hasHead(db, panelId, head));
}
