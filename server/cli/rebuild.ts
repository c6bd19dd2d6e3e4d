import type { Command } from "commander";
import { findPanel } from "#db/panels.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import type { Application } from "#server/application.ts";
import { isId } from "#server/membership.ts";
import { CheckedFalse, type Shell } from "./shell.ts";
import { withApplication } from "./with-application.ts";

export function addRebuild(concord: Command, shell: Shell): void {
  concord
    .command("rebuild")
    .description("recompute the stored consensus from the scores, and mend it; exit 1 and a list if anything differed")
    .argument("[panel]", "a panel's id; all panels without it")
    .action((panelId) => rebuild(shell, panelId));
}

async function rebuild(shell: Shell, panelId: string | undefined): Promise<void> {
  const { cells, differences } = await withApplication(shell, async (app) => {
    if (panelId !== undefined) await requirePanel(app, panelId);
    return rebuildConsensus(app, panelId ?? null);
  });
  for (const one of differences)
    shell.out(`panel ${one.panelId}, round ${one.round}, cell ${one.cell}: differed, now mended\n`);
  if (differences.length > 0)
    throw new CheckedFalse(`${differences.length} of ${cells} cells differed from what their scores say.`);
  shell.out(`${cells} cells recomputed; all were as stored.\n`);
}

async function requirePanel(app: Application, panelId: string): Promise<void> {
  const panel = isId(panelId) ? await findPanel(app.database.pool, panelId) : null;
  if (!panel) throw new Error(`No panel ${panelId} was found.`);
}
