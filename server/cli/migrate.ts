import type { Command } from "commander";
import { readConfig } from "#server/config.ts";
import { openStore } from "#server/open-store.ts";
import type { Shell } from "./shell.ts";

export function addMigrate(concord: Command, shell: Shell): void {
  concord
    .command("migrate")
    .description("apply the migrations that the database lacks")
    .action(() => migrate(shell));
}

async function migrate(shell: Shell): Promise<void> {
  const store = await openStore(readConfig(shell.environment));
  await store.stop();
  for (const name of store.applied) shell.out(`applied ${name}\n`);
  shell.out("The database is up to date.\n");
}
