import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { bePresent, type Presence } from "../presence.ts";

const MEMBERS_LOCK = 4_201_500;
/** As long as a start may take, for it does the same work. */
const RECOVERY_SECONDS = 120;
const GLANCE_MS = 100;

export interface Membership {
  sql: postgres.Sql;
  /** True if nobody else was left. */
  leave(): Promise<boolean>;
}

/** Every process that uses the cluster is present in its maintenance database; whoever could have its lock alone is alone. */
export async function joinCluster(maintenanceUrl: string): Promise<Membership> {
  const { sql, leave } = await presentOnceRecovered(maintenanceUrl);
  return {
    sql,
    async leave() {
      const wasLast = await isAlone(sql);
      await leave();
      return wasLast;
    },
  };
}

/** A server that has lost one of its processes lives on, and takes nobody until it has recovered. */
async function presentOnceRecovered(url: string): Promise<Presence> {
  const deadline = Date.now() + RECOVERY_SECONDS * 1000;
  for (;;) {
    try {
      return await bePresent(url, { lock: MEMBERS_LOCK, name: "concord membership" });
    } catch (error) {
      if (!isRecovering(error) || Date.now() > deadline) throw error;
      await pause(GLANCE_MS);
    }
  }
}

/** In PostgreSQL's words: a crash ends all sessions, and none can be begun now. */
function isRecovering(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "57P02" || error.code === "57P03");
}

/** Not alone, as far as anybody can tell, when the server does not answer: then there is nothing to stop either. */
async function isAlone(sql: postgres.Sql): Promise<boolean> {
  try {
    await sql`select pg_advisory_unlock_shared(${MEMBERS_LOCK})`;
    const [answer] = await sql<{ alone: boolean }[]>`
      select pg_try_advisory_lock(${MEMBERS_LOCK}) as alone`;
    return answer?.alone === true;
  } catch {
    return false;
  }
}
