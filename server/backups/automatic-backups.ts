import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { readOccasion } from "#db/backup/occasion.ts";
import { writeBackup } from "#db/backup/write-backup.ts";
import type { Config } from "../config.ts";
import { forgettable } from "./retention.ts";
import { forgetFailure, nameOf, noteFailure, prepareShelf, readShelf } from "./shelf.ts";

/** What takes care that an embedded database can be had back. */
export interface AutomaticBackups {
  start(): void;
  /** Makes a last one. */
  stop(): Promise<void>;
  /** What the clock does every quarter of an hour: a backup if a round is open and something has changed. */
  quarter(): Promise<void>;
}

const quarterMs = 15 * 60 * 1000;

/** Where the backups of an embedded database stand; `null` for the customer's own, who backs it up as they see fit. */
export function backupFolder({ databaseUrl, dataDir }: Pick<Config, "databaseUrl" | "dataDir">): string | null {
  return databaseUrl === null ? join(dataDir, "backups") : null;
}

export function automaticBackups(on: { url: string; folder: string; log: Logger }): AutomaticBackups {
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  /** One at a time. A failure is told where administrators look, and the next quarter tries again. */
  function unlessFailing(work: () => Promise<void>): Promise<void> {
    last = last.then(work).catch(async (error: unknown) => {
      on.log.error({ err: error }, "a backup failed and will be tried again");
      const failure = {
        at: new Date().toISOString(),
        sentence: error instanceof Error ? error.message : String(error),
      };
      await noteFailure(on.folder, failure).catch(() => {});
    });
    return last;
  }

  const now = () => unlessFailing(() => backUpIfChanged(on));
  const quarter = () =>
    unlessFailing(async () => {
      if ((await readOccasion(on.url)).isRoundOpen) await backUpIfChanged(on);
    });
  return {
    start() {
      timer = setInterval(quarter, quarterMs);
      void now();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await now();
    },
    quarter,
  };
}

/** Keeps the state of this moment, unless the newest backup holds the same, and lets go of what need not be kept. */
export async function backUpIfChanged({ url, folder }: { url: string; folder: string }): Promise<void> {
  if (!(await readOccasion(url)).isInUse) return;
  const unfinished = await prepareShelf(folder);
  const backup = await writeBackup(url, unfinished);
  const [newest] = (await readShelf(folder)).kept;
  if (newest && backup.content.startsWith(newest.content)) await rm(unfinished);
  else await rename(unfinished, join(folder, nameOf(backup)));
  await forgetFailure(folder);
  for (const { name } of forgettable((await readShelf(folder)).kept, new Date())) await rm(join(folder, name));
}
