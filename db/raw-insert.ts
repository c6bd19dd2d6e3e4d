import postgres from "postgres";

/** The least that keeps one text: one row, one commit, nothing asked before and nothing counted after. */
export interface RawInserts {
  insert(text: string): Promise<void>;
  close(): Promise<void>;
}

/** The limit of this machine and database, for a benchmark to compare with: the driver, and nothing of ours. */
export async function openRawInserts(url: string, connections: number): Promise<RawInserts> {
  const sql = postgres(url, { max: connections, onnotice: () => undefined });
  await sql`create table if not exists raw_insert (id bigint generated always as identity primary key, text text not null)`;
  return {
    async insert(text) {
      await sql`insert into raw_insert (text) values (${text})`;
    },
    close: () => sql.end({ timeout: 5 }),
  };
}
