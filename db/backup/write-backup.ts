import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type BackupEnd, type BackupHeader, backupMark } from "#rubric/backup.ts";
import { type Connection, openConnection } from "../connection.ts";
import { type AppliedMigration, knownMigrations } from "../migrate.ts";
import { type Db, transact } from "../open.ts";
import { endOfCopy, lineOf } from "./copy-text.ts";
import { withoutLimits } from "./limits.ts";
import { listKept, madeBy, quoted, type Table } from "./tables.ts";

export type Backup = BackupHeader & BackupEnd;

/**
 * Writes everything a database remembers into one file that only its owner may read. All of it is of one moment, however
 * much is written meanwhile, and nobody waits for it. The file gets its name when it is whole.
 *
 * @throws Error where there is no Concord in the database, or a newer one
 */
export async function writeBackup(url: string, file: string): Promise<Backup> {
  const connection = openConnection(url, { isPatient: true });
  const unfinished = `${file}.unfinished.${randomBytes(4).toString("hex")}`;
  try {
    const backup = await transact(connection, "begin isolation level repeatable read read only", (db) =>
      writeFrom({ db, connection }, unfinished),
    );
    await rename(unfinished, file);
    return backup;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await connection.end();
  }
}

interface Source {
  readonly db: Db;
  readonly connection: Connection;
}

async function writeFrom(source: Source, file: string): Promise<Backup> {
  const { db } = source;
  await withoutLimits(db);
  const header = await readHeader(db);
  const tables = await listKept(db, madeBy(knownMigrations().map(({ text }) => text)).tables);
  const written: { end: BackupEnd | null } = { end: null };
  const out = createWriteStream(file, { mode: 0o600, flags: "wx", flush: true });
  await pipeline(Readable.from(textOf(source, { header, tables, written })), createGzip(), out);
  if (written.end === null) throw new Error(`${file} has no end.`);
  return { ...header, ...written.end };
}

async function readHeader(db: Db): Promise<BackupHeader> {
  const [there] = await db.run<{ isConcord: boolean; now: string; server: string }>`
    select to_regclass('schema_migration') is not null as "isConcord", now()::timestamptz(3) as now,
      current_setting('server_version') as server`;
  if (!there?.isConcord) throw new Error("There is no Concord in this database yet, so there is nothing to back up.");
  const migrations = await db.run<AppliedMigration>`
    select name, sha256 from schema_migration order by name collate "C"`;
  const known = new Set(knownMigrations().map(({ name }) => name));
  const newer = migrations.find(({ name }) => !known.has(name));
  if (newer)
    throw new Error(
      `The database is newer than this Concord: it holds migration ${newer.name}. Back it up with the newer version.`,
    );
  return { format: "concord-backup/1", createdAt: there.now, server: there.server, migrations };
}

interface Contents {
  readonly header: BackupHeader;
  readonly tables: readonly Table[];
  /** Gets the end as soon as it is written. */
  readonly written: { end: BackupEnd | null };
}

/** The lines of the file, some at a time. */
async function* textOf({ connection }: Source, { header, tables, written }: Contents): AsyncGenerator<Buffer> {
  const whole = createHash("sha256");
  const content = createHash("sha256");
  const counted: { name: string; rows: number }[] = [];
  const beginning = Buffer.from(`${backupMark}\n-- ${JSON.stringify(header)}\n`);
  whole.update(beginning);
  yield beginning;
  for (const table of tables) {
    const count = { name: table.name, rows: 0 };
    counted.push(count);
    for await (const piece of sectionOf(connection, table, count)) {
      whole.update(piece);
      content.update(piece);
      yield piece;
    }
  }
  const end = { tables: counted, content: content.digest("hex"), sha256: whole.digest("hex") };
  written.end = end;
  yield Buffer.from(`-- ${JSON.stringify(end)}\n`);
}

/**
 * SHA-256 of everything these tables hold, as a backup of them would have it: the same for the same rows, wherever they are.
 * To be asked inside a transaction.
 */
export async function contentOf(connection: Connection, tables: readonly Table[]): Promise<string> {
  const content = createHash("sha256");
  for (const table of tables)
    for await (const piece of sectionOf(connection, table, { rows: 0 })) content.update(piece);
  return content.digest("hex");
}

async function* sectionOf(connection: Connection, table: Table, count: { rows: number }): AsyncGenerator<Buffer> {
  const columns = table.columns.map(({ name }) => quoted(name));
  yield Buffer.from(`copy ${quoted(table.name)} (${columns.join(", ")}) from stdin;\n`);
  for await (const rows of rowsOf(connection, table)) {
    count.rows += rows.length;
    yield Buffer.from(rows.map((values) => `${lineOf(values)}\n`).join(""));
  }
  yield Buffer.from(`${endOfCopy}\n`);
}

const firstRows = 50;
const mostRows = 2_000;
/** About so many characters are fetched at once: rows differ in size a thousandfold. */
const goodSize = 500_000;

async function* rowsOf(connection: Connection, { name, columns, key }: Table): AsyncGenerator<(string | null)[][]> {
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(", ");
  const order = key.length === 0 ? "" : ` order by ${key.map((one) => sortedBy(one, columns)).join(", ")}`;
  // A name of its own: the driver keeps what it learnt of a statement, and so of its columns, by the statement's text.
  const cursor = quoted(`rows of ${name}`);
  await connection.script(`declare ${cursor} no scroll cursor for select ${values} from ${quoted(name)}${order}`);
  for (let most = firstRows; ; ) {
    const rows = (await connection.values(`fetch ${most} from ${cursor}`)).map((row) => row.map(asText));
    if (rows.length > 0) yield rows;
    if (rows.length < most) break;
    const size = rows.reduce((sum, row) => sum + sizeOf(row), 0);
    most = Math.min(mostRows, Math.max(1, Math.floor((goodSize * rows.length) / size)));
  }
  await connection.script(`close ${cursor}`);
}

/** Texts in the order of their bytes: that of a language is another one on another machine. */
function sortedBy(name: string, columns: Table["columns"]): string {
  const isText = columns.find((column) => column.name === name)?.type === "text";
  return isText ? `${quoted(name)} collate "C"` : quoted(name);
}

function sizeOf(row: readonly (string | null)[]): number {
  return row.reduce((sum, value) => sum + (value?.length ?? 0) + 1, 0);
}

function asText(value: unknown): string | null {
  return value === null ? null : String(value);
}
