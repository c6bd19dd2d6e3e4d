import type { Command } from "commander";
import { rowsOf } from "#rubric/backup.ts";
import { type Restored, type RestoredPanel, restoreBackup } from "#server/commands/restore-backup.ts";
import { readConfig } from "#server/config.ts";
import { openGround } from "#server/open-store.ts";
import { CheckedFalse, type Shell } from "./shell.ts";

export function addRestore(concord: Command, shell: Shell): void {
  concord
    .command("restore")
    .description(
      "put a backup into an empty database, verify everything in it, and end all sessions, tokens and open invitations; exit 1 if something in it does not hold",
    )
    .argument("<file>", "a file made by `backup`")
    .option("--replace", "put it in the place of everything the database holds")
    .action((file, options) => restore(shell, file, options.replace === true));
}

async function restore(shell: Shell, file: string, replace: boolean): Promise<void> {
  const ground = await openGround(readConfig(shell.environment));
  const restored = await restoreBackup({ url: ground.url, file, replace }).finally(() => ground.stop());
  for (const line of linesOf(restored)) shell.out(`${line}\n`);
  const broken = restored.panels.filter(({ faults }) => faults.length > 0).length;
  if (broken > 0)
    throw new CheckedFalse(
      `The backup is restored as it was, and ${broken} of its ${restored.panels.length} panels ${broken === 1 ? "does" : "do"} not hold.`,
    );
}

function linesOf({ backup, panels, behind, invitations }: Restored): string[] {
  return [
    `Restored the state of ${backup.createdAt}: ${panels.length} panels, ${rowsOf(backup, "app_user")} people, ${rowsOf(backup, "score")} scores.`,
    `equal    content ${backup.content}: read again, row for row what the backup holds`,
    ...panels.flatMap(panelLines),
    ...behind.map(
      ({ panelId, title, lines, head }) =>
        `lost: panel ${panelId} (${title}) had come to ${lines} audit lines with head ${head}, which the backup does not hold; what happened between is gone.`,
    ),
    `All sessions and tokens have ended: everyone signs in again, with the password and second step of that moment. ${invitations} open invitations were withdrawn.`,
  ];
}

function panelLines({ panelId, title, lines, head, faults }: RestoredPanel): string[] {
  const state = faults.length === 0 ? "holds" : "differs";
  return [
    `${state.padEnd(7)}  panel ${panelId} (${title}): ${lines} audit lines, head ${head === "" ? "none" : head}`,
    ...faults.map((fault) => `         ${fault}`),
  ];
}
