import { drizzle, type PgRemoteDatabase } from "drizzle-orm/pg-proxy";
import postgres from "postgres";
import { type Connection, openConnection, type Parameter, type Row } from "./connection.ts";
import { makeConnections } from "./connections.ts";
import { makeTogether, type Together } from "./together.ts";
import { DiskFull } from "./unavailable.ts";

/**
 * What a noun's functions take: Drizzle over either the pool or one transaction. Its statements are prepared, and
 * inside a transaction sent together when they are started together.
 */
export interface Db extends PgRemoteDatabase {
  /**
   * A statement written out, for the few that are on the path of every request: its text is put together once, not each
   * time. The values become parameters.
   */
  run<Found extends object>(text: TemplateStringsArray, ...values: readonly Parameter[]): Promise<Found[]>;
}

export interface Database {
  /** Each statement by itself, on any connection. */
  readonly pool: Db;
  /** The same question of several at the same time, in one statement by itself. */
  readonly together: Together;
  /** The same of a statement that writes. */
  readonly writeTogether: Together;
  /** One `READ COMMITTED` transaction: all or nothing. */
  write<Result>(work: (db: Db) => Promise<Result>): Promise<Result>;
  /** One `REPEATABLE READ READ ONLY` transaction: everything read belongs to one moment. */
  read<Result>(work: (db: Db) => Promise<Result>): Promise<Result>;
  /** Calls `heard` for each announcement; `listening` each time the ear is (re)connected. */
  listen(channel: string, heard: (payload: string) => void, listening: () => void): Promise<{ stop(): Promise<void> }>;
  close(): Promise<void>;
}

type Statements = Pick<Connection, "rows" | "values">;

export interface DatabaseOptions {
  readonly connections?: number;
  /** Asked before each write; a write that may not be done fails as on a full disk. */
  readonly mayWrite?: () => boolean;
}

/** Opens a pool on a PostgreSQL. Nothing is read or written before the first statement. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const connections = makeConnections(() => openConnection(url), options.connections ?? 20);
  const ear = postgres(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "concord" },
  });
  const anyOf: Statements = {
    rows: (text, parameters) => connections.use((connection) => connection.rows(text, parameters)),
    values: (text, parameters) => connections.use((connection) => connection.values(text, parameters)),
  };
  const pool = overDrizzle(anyOf);
  const together = makeTogether(pool);
  function requireRoom(): void {
    if (options.mayWrite?.() === false) throw new DiskFull();
  }
  return {
    pool,
    together,
    async writeTogether(askAll, asked, group) {
      requireRoom();
      return together(askAll, asked, group);
    },
    async write(work) {
      requireRoom();
      return connections.use((connection) => transact(connection, "begin", work));
    },
    read: (work) =>
      connections.use((connection) => transact(connection, "begin isolation level repeatable read read only", work)),
    async listen(channel, heard, listening) {
      const { unlisten } = await ear.listen(channel, heard, listening);
      return { stop: unlisten };
    },
    async close() {
      await Promise.all([connections.close(), ear.end({ timeout: 5 })]);
    },
  };
}

/** One transaction on this connection, begun as told: all or nothing. */
export async function transact<Result>(
  connection: Connection,
  begin: string,
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  const transaction = guard(connection);
  const begun = transaction.rows(begin);
  try {
    const [result] = await Promise.all([work(overDrizzle(transaction)), begun]);
    // PostgreSQL would answer a failed transaction's commit with a silent rollback.
    if (transaction.failure !== null) throw transaction.failure;
    transaction.isOver = true;
    await connection.rows("commit");
    return result;
  } catch (error) {
    if (!transaction.isOver) await connection.rows("rollback").catch(connection.discard);
    transaction.isOver = true;
    throw error;
  }
}

interface Transaction extends Statements {
  isOver: boolean;
  failure: Error | null;
}

/** A transaction's statements: none gets through once it is over, since the session then belongs to somebody else. */
function guard(connection: Connection): Transaction {
  const transaction: Transaction = {
    isOver: false,
    failure: null,
    rows: (text, parameters) => within(() => connection.rows(text, parameters)),
    values: (text, parameters) => within(() => connection.values(text, parameters)),
  };
  async function within<Found>(send: () => Promise<Found>): Promise<Found> {
    if (transaction.isOver) throw new Error("A statement was started after its transaction had ended.");
    try {
      return await send();
    } catch (error) {
      transaction.failure ??= error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
  return transaction;
}

function overDrizzle(statements: Statements): Db {
  const db = drizzle(async (text, parameters, method) => {
    const rows =
      method === "execute" ? await statements.rows(text, parameters) : await statements.values(text, parameters);
    return { rows };
  });
  return Object.assign(db, {
    run: async <Found extends object>(text: TemplateStringsArray, ...values: readonly Parameter[]) =>
      asFound<Found>(await statements.rows(textOf(text), values)),
  });
}

/** The statement says what its rows are. */
function asFound<Found extends object>(rows: Row[]): Found[] {
  return rows as Found[];
}

const texts = new WeakMap<TemplateStringsArray, string>();

function textOf(parts: TemplateStringsArray): string {
  const known = texts.get(parts);
  if (known !== undefined) return known;
  const text = parts.reduce((whole, part, index) => `${whole}$${index}${part}`);
  texts.set(parts, text);
  return text;
}
