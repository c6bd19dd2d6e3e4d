import postgres from "postgres";

export interface DatabaseClock {
  /** From now on it is this moment, for every statement of this database. */
  set(at: Date): Promise<void>;
  close(): Promise<void>;
}

/**
 * Gives a database a clock that stands still until it is set: `now()` of sessions opened from here on, and of the columns'
 * defaults, is ours.
 */
export async function stopClock(databaseUrl: string, at: Date): Promise<DatabaseClock> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const name = new URL(databaseUrl).pathname.slice(1);
  await sql`create schema clock`;
  await sql`create table clock.moment (at timestamptz not null)`;
  await sql`insert into clock.moment (at) values (${at})`;
  await sql`create function clock.now() returns timestamptz language sql stable as 'select at from clock.moment'`;
  await sql`alter database ${sql(name)} set search_path = public, clock, pg_catalog`;
  const columns = await sql<{ table: string; column: string }[]>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and column_default like 'now()%'`;
  for (const { table, column } of columns)
    await sql`alter table ${sql(table)} alter column ${sql(column)} set default clock.now()`;
  return {
    async set(moment) {
      await sql`update clock.moment set at = ${moment}`;
    },
    close: () => sql.end({ timeout: 1 }),
  };
}
