import { drizzle, type PgRemoteDatabase } from "drizzle-orm/pg-proxy";
import postgres, { type Sql, type TransactionSql } from "postgres";

/**
 * What a noun's functions take: Drizzle over either the pool or one transaction. Its statements are prepared and, inside
 * a transaction, pipelined when they are started together.
 */
export type Db = PgRemoteDatabase;

export interface Database {
  /** Each statement by itself, on any connection. */
  readonly pool: Db;
  /** One `READ COMMITTED` transaction: all or nothing. */
  write<Result>(work: (db: Db) => Promise<Result>): Promise<Result>;
  /** One `REPEATABLE READ READ ONLY` transaction: everything read belongs to one moment. */
  read<Result>(work: (db: Db) => Promise<Result>): Promise<Result>;
  /** Calls `heard` for each announcement; `listening` each time the ear is (re)connected. */
  listen(channel: string, heard: (payload: string) => void, listening: () => void): Promise<{ stop(): Promise<void> }>;
  close(): Promise<void>;
}

/** Opens a pool on a PostgreSQL. Nothing is read or written before the first statement. */
export function openDatabase(url: string, options: { connections?: number } = {}): Database {
  const sql = postgres(url, {
    max: options.connections ?? 20,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    types: { time: isoTime, json: jsonText, bigint: wholeNumber },
    connection: {
      application_name: "concord",
      statement_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
      lock_timeout: 10_000,
    },
  });
  return {
    pool: overDrizzle(sql),
    write: (work) => settle(sql.begin((tx) => work(overDrizzle(tx)))),
    read: (work) => settle(sql.begin("isolation level repeatable read read only", (tx) => work(overDrizzle(tx)))),
    async listen(channel, heard, listening) {
      const { unlisten } = await sql.listen(channel, heard, listening);
      return { stop: unlisten };
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

function overDrizzle(sql: Sql | TransactionSql): Db {
  return drizzle(async (text, parameters, method) => {
    const query = sql.unsafe(text, parameters, { prepare: true });
    return { rows: method === "execute" ? await query : await query.values() };
  });
}

/** postgres.js unwraps arrays of promises in its result type; our work functions never answer those. */
async function settle<Result>(result: Promise<unknown>): Promise<Result> {
  return (await result) as Result;
}

const isoTime = {
  to: 1184,
  from: [1184],
  serialize: (text: string) => text,
  parse: (text: string) => new Date(text).toISOString(),
};
/** Drizzle hands over JSON columns as text already. */
const jsonText = {
  to: 3802,
  from: [114, 3802],
  serialize: (text: string) => text,
  parse: (text: string): unknown => JSON.parse(text),
};
const wholeNumber = { to: 20, from: [20], serialize: (value: number) => String(value), parse: Number };
