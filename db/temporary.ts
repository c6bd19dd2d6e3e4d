import { randomBytes } from "node:crypto";
import postgres from "postgres";

export interface TemporaryDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of its own beside this one, on the same server. */
export async function createTemporaryDatabase(url: string): Promise<TemporaryDatabase> {
  const name = `concord_temporary_${randomBytes(8).toString("hex")}`;
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql`create database ${sql(name)}`.catch(async (error: unknown) => {
    await sql.end({ timeout: 1 });
    throw error;
  });
  const own = new URL(url);
  own.pathname = name;
  return {
    url: own.href,
    async drop() {
      await sql`drop database if exists ${sql(name)} with (force)`;
      await sql.end({ timeout: 5 });
    },
  };
}
