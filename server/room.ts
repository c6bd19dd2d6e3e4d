import { statfsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import type { Logger } from "pino";

/** Whether the disk under an embedded database has room for what is written next. */
export interface Room {
  isLeft(): boolean;
  stop(): void;
}

export interface RoomOptions {
  readonly folder: string;
  /**
   * Below this nothing more is written: PostgreSQL, which still has to write its log in pieces of 16 MB, would otherwise
   * stop, and then nothing could be read either.
   */
  readonly leastFreeBytes?: number;
}

/** Of a database that is not ours to look after. */
export const alwaysRoom: Room = { isLeft: () => true, stop: () => {} };

const defaultLeast = 100 * 1024 * 1024;
const lookEveryMs = 1_000;

export function watchRoom({ folder, leastFreeBytes = defaultLeast }: RoomOptions, log: Logger): Room {
  let isLeft = enough(statfsSync(folder), leastFreeBytes);

  async function look(): Promise<void> {
    const wasLeft = isLeft;
    isLeft = enough(await statfs(folder), leastFreeBytes);
    if (wasLeft && !isLeft) log.error({ folder }, "the disk is full: nothing is written until there is room again");
    if (!wasLeft && isLeft) log.warn({ folder }, "there is room on the disk again");
  }

  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
  timer.unref();
  return { isLeft: () => isLeft, stop: () => clearInterval(timer) };
}

function enough({ bavail, bsize }: { bavail: number; bsize: number }, least: number): boolean {
  return bavail * bsize >= least;
}
