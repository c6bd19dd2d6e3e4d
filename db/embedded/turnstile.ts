import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isLiving, thisProcess } from "./living-process.ts";

const PATIENCE_MS = 120_000;
const TICKET = /^turn\.(\d+)\.(\d+)\.[0-9a-f]+$/;

/**
 * Runs `work` while no other process runs its own on the same folder.
 *
 * Everyone lays down a ticket of his own and then looks around; whoever sees another living ticket takes his own away
 * and tries again. As tickets are never shared or reused, a dead process's ticket can be removed by anybody without a
 * race: the flaw of the usual single lock file.
 */
export async function oneAtATime<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const ticket = await takeTurn(folder);
  try {
    return await work();
  } finally {
    rmSync(join(folder, ticket), { force: true });
  }
}

async function takeTurn(folder: string): Promise<string> {
  const { pid, birth } = thisProcess();
  const ticket = `turn.${pid}.${birth}.${randomBytes(6).toString("hex")}`;
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (othersInside(folder, ticket).length === 0) {
      writeFileSync(join(folder, ticket), "", { flag: "wx" });
      if (othersInside(folder, ticket).length === 0) return ticket;
      rmSync(join(folder, ticket));
    }
    if (Date.now() > deadline)
      throw new Error(
        `Another process has been starting or stopping the database in ${folder} for two minutes. If none is running, delete the files turn.* there.`,
      );
    // By chance, so that two who met do not meet again for ever.
    await pause(10 + Math.random() * 30);
  }
}

function othersInside(folder: string, own: string): string[] {
  return readdirSync(folder).filter((name) => {
    const [, pid, birth] = TICKET.exec(name) ?? [];
    if (pid === undefined || birth === undefined || name === own) return false;
    if (isLiving({ pid: Number(pid), birth })) return true;
    rmSync(join(folder, name), { force: true });
    return false;
  });
}
