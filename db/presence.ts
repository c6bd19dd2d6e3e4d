import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";

/** Whoever works on a database of Concord's shares it; whoever replaces everything in it must have it alone. */
export const PRESENCE_LOCK = 4_201_502;
const REJOIN_MS = 500;

export interface Presence {
  /** The session that holds the lock. */
  readonly sql: postgres.Sql;
  leave(): Promise<void>;
}

/**
 * Holds one advisory lock, shared with everybody who is present, on a session of its own. The server itself drops it when
 * the process dies, however it dies, so it can never be left behind; a lost session takes it again.
 */
export async function bePresent(
  url: string,
  { lock, name } = { lock: PRESENCE_LOCK, name: "concord presence" },
): Promise<Presence> {
  let isPresent = true;
  let isRejoining = false;

  async function rejoin(): Promise<void> {
    if (isRejoining) return;
    isRejoining = true;
    while (isPresent) {
      await pause(REJOIN_MS, undefined, { ref: false });
      if (isPresent && (await hold(sql, lock))) break;
    }
    isRejoining = false;
  }

  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    // The driver's own question for array types hangs, and its failure is caught by nobody, if the server dies under it.
    fetch_types: false,
    connect_timeout: 10,
    connection: { application_name: name },
    onnotice: () => undefined,
    onclose: () => void (isPresent && rejoin()),
  });
  async function leave(): Promise<void> {
    isPresent = false;
    await sql.end({ timeout: 1 });
  }

  await share(sql, lock).catch(async (error: unknown) => {
    await leave();
    throw error;
  });
  return { sql, leave };
}

async function share(sql: postgres.Sql, lock: number): Promise<void> {
  await sql`select pg_advisory_lock_shared(${lock})`;
}

async function hold(sql: postgres.Sql, lock: number): Promise<boolean> {
  return share(sql, lock).then(
    () => true,
    () => false,
  );
}
