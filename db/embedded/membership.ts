import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";

const MEMBERS_LOCK = 4_201_500;
const REJOIN_MS = 500;

export interface Membership {
  sql: postgres.Sql;
  /** True if nobody else was left. */
  leave(): Promise<boolean>;
}

/**
 * Every process that uses the cluster holds one shared advisory lock in the maintenance database. The server itself
 * drops it when the process dies, however it dies, so it can never be left behind; whoever can have it exclusively is
 * alone.
 */
export async function joinCluster(maintenanceUrl: string): Promise<Membership> {
  let isMember = true;
  let isRejoining = false;

  async function rejoin(): Promise<void> {
    if (isRejoining) return;
    isRejoining = true;
    while (isMember) {
      await pause(REJOIN_MS, undefined, { ref: false });
      if (isMember && (await hold(sql))) break;
    }
    isRejoining = false;
  }

  const sql = postgres(maintenanceUrl, {
    max: 1,
    max_lifetime: null,
    // The driver's own question for array types hangs, and its failure is caught by nobody, if the server dies under it.
    fetch_types: false,
    connect_timeout: 10,
    connection: { application_name: "concord membership" },
    onnotice: () => undefined,
    onclose: () => void (isMember && rejoin()),
  });
  await share(sql);
  return {
    sql,
    async leave() {
      isMember = false;
      const wasLast = await isAlone(sql);
      await sql.end({ timeout: 1 });
      return wasLast;
    },
  };
}

async function share(sql: postgres.Sql): Promise<void> {
  await sql`select pg_advisory_lock_shared(${MEMBERS_LOCK})`;
}

async function hold(sql: postgres.Sql): Promise<boolean> {
  return share(sql).then(
    () => true,
    () => false,
  );
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
