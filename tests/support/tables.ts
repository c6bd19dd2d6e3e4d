import postgres from "postgres";

/** Statements of a test's own on a database. */
export async function onDatabase<Result>(url: string, work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Every row of these tables, as texts in an order of their own. */
export function rowsOf(url: string, tables: readonly string[]): Promise<Record<string, string[]>> {
  return onDatabase(url, async (sql) => {
    const found: Record<string, string[]> = {};
    for (const table of tables) {
      const rows = await sql<{ text: string }[]>`select t::text collate "C" as text from ${sql(table)} t order by 1`;
      found[table] = rows.map(({ text }) => text);
    }
    return found;
  });
}

/** Waits until this many sessions wait for a lock in this database. */
export async function untilWaiting(sql: postgres.Sql, sessions: number): Promise<void> {
  for (let found = -1; found < sessions; ) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
      where not l.granted and a.datname = current_database()`;
    found = row?.n ?? 0;
  }
}

/** Waits until PostgreSQL has noticed that everybody else in this database is gone. */
export async function untilAlone(sql: postgres.Sql): Promise<void> {
  for (let others = -1; others !== 0; ) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    others = row?.n ?? 0;
  }
}
