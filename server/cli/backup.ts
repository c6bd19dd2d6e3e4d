import { statSync } from "node:fs";
import type { Command } from "commander";
import { writeBackup } from "#db/backup/write-backup.ts";
import { rowsOf } from "#rubric/backup.ts";
import { readConfig } from "#server/config.ts";
import { openGround } from "#server/open-store.ts";
import type { Shell } from "./shell.ts";

export function addBackup(concord: Command, shell: Shell): void {
  concord
    .command("backup")
    .description(
      "write everything this installation remembers, as of one moment, to one file; servers may go on. The file is not encrypted: keep it safe",
    )
    .argument("<file>", "the file to write; only you may read it")
    .action((file) => backup(shell, file));
}

async function backup(shell: Shell, file: string): Promise<void> {
  const ground = await openGround(readConfig(shell.environment));
  const written = await writeBackup(ground.url, file).finally(() => ground.stop());
  const count = (table: string) => rowsOf(written, table).toLocaleString("en-GB");
  shell.out(
    `Wrote ${file}: ${count("panel")} panels, ${count("app_user")} people, ${count("score")} scores as of ${written.createdAt}; ${statSync(file).size.toLocaleString("en-GB")} bytes.\n`,
  );
  shell.out(`content ${written.content}\n`);
}
