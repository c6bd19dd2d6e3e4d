import type postgres from "postgres";
import { bePresent } from "../presence.ts";

const MEMBERS_LOCK = 4_201_500;

export interface Membership {
  sql: postgres.Sql;
  /** True if nobody else was left. */
  leave(): Promise<boolean>;
}

/** Every process that uses the cluster is present in its maintenance database; whoever could have its lock alone is alone. */
export async function joinCluster(maintenanceUrl: string): Promise<Membership> {
  const { sql, leave } = await bePresent(maintenanceUrl, { lock: MEMBERS_LOCK, name: "concord membership" });
  return {
    sql,
    async leave() {
      const wasLast = await isAlone(sql);
      await leave();
      return wasLast;
    },
  };
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
