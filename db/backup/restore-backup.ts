import type { BackupEnd, BackupHeader } from "#rubric/backup.ts";
import { type Connection, openConnection } from "../connection.ts";
import {
  type AppliedMigration,
  knownMigrations,
  LEDGER,
  MIGRATION_LOCK,
  type Migration,
  pendingMigrations,
  refuseOldServer,
} from "../migrate.ts";
import { asDatabase } from "../one-transaction.ts";
import { type Database, type Db, transact } from "../open.ts";
import { PRESENCE_LOCK } from "../presence.ts";
import { withoutLimits } from "./limits.ts";
import { loadBackup } from "./load-backup.ts";
import { checkBackup } from "./read-backup.ts";
import { listTables, type Made, madeBy, quoted, type Table } from "./tables.ts";
import { contentOf } from "./write-backup.ts";

/** Where a panel of the replaced database had come to. */
export interface FormerPanel {
  readonly panelId: string;
  readonly title: string;
  readonly lines: number;
  readonly head: string;
}

export interface Restoring<Report> {
  readonly url: string;
  readonly file: string;
  /** Whether what the database holds may go. */
  readonly replace: boolean;
  /** The last work in the same transaction, on the tables as this Concord has them; if it fails nothing has happened. */
  settle(settling: Settling): Promise<Report>;
}

export interface Settling {
  readonly database: Database;
  readonly backup: BackupHeader & BackupEnd;
  readonly former: readonly FormerPanel[];
}

/**
 * Puts a backup in the place of everything a database holds, brought forward to this code. All in one transaction: it has
 * happened as a whole or not at all.
 *
 * @throws Error with one sentence for a person
 */
export async function restoreBackup<Report>({
  url,
  file,
  replace,
  settle,
}: Restoring<Report>): Promise<{ backup: BackupHeader & BackupEnd; report: Report }> {
  const backup = await checkBackup(file);
  const known = knownMigrations();
  const later = pendingMigrations(known, backup.migrations, "backup");
  const connection = openConnection(url, { isPatient: true });
  try {
    await beAlone(connection);
    const report = await transact(connection, "begin", async (db) => {
      await withoutLimits(db);
      const made = madeBy([LEDGER, ...known.map(({ text }) => text)]);
      const former = await clear(db, { connection, made, replace });
      await apply(connection, [{ name: "", sha256: "", text: LEDGER }]);
      await apply(
        connection,
        known.filter((one) => !later.includes(one)),
      );
      const names = made.tables.filter((name) => name !== ledgerTable);
      const tables = await listTables(db, names);
      await loadBackup({ db, connection }, file, tables);
      await requireSame(connection, backup, tables);
      await apply(connection, later);
      return settle({ database: asDatabase(db), backup, former });
    });
    await connection.script("analyze");
    return { backup, report };
  } catch (error) {
    throw inWords(error);
  } finally {
    await connection.end();
  }
}

/** @throws Error where the database, read again, does not hold row for row what the file does */
async function requireSame(connection: Connection, backup: BackupEnd, tables: readonly Table[]): Promise<void> {
  const held = backup.tables.flatMap(({ name }) => tables.find((table) => table.name === name) ?? []);
  if ((await contentOf(connection, held)) !== backup.content)
    throw new Error("What the database took is not what the backup holds, so nothing was restored.");
}

const ledgerTable = "schema_migration";

/** @throws Error while a server or a command of Concord's works on this database */
async function beAlone(connection: Connection): Promise<void> {
  const [server] = await connection.rows(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  );
  refuseOldServer({ number: Number(server?.number), version: String(server?.version) });
  const [locks] = await connection.rows("select pg_try_advisory_lock($1) and pg_try_advisory_lock($2) as alone", [
    PRESENCE_LOCK,
    MIGRATION_LOCK,
  ]);
  if (locks?.alone !== true)
    throw new Error("Concord is running on this database. Stop it first, on every machine; then restore.");
}

interface Clearing {
  readonly connection: Connection;
  readonly made: Made;
  readonly replace: boolean;
}

/** Removes all that is Concord's from a database, and answers where its panels had come to. */
async function clear(db: Db, { connection, made, replace }: Clearing): Promise<FormerPanel[]> {
  const found = await db.run<{ name: string }>`
    select relname as name from pg_class
    where relname = any(${`{${made.tables.join(",")}}`}::text[]) and relkind in ('r', 'p') and pg_table_is_visible(oid)`;
  if (found.length === 0) return [];
  if (!found.some(({ name }) => name === ledgerTable))
    throw new Error(
      `The database holds tables of another program (${found.map(({ name }) => name).join(", ")}): give Concord one of its own.`,
    );
  pendingMigrations(
    knownMigrations(),
    await db.run<AppliedMigration>`select name, sha256 from schema_migration order by name collate "C"`,
  );
  const [held] = await db.run<{ panels: number; people: number }>`
    select (select count(*)::int from panel) as panels, (select count(*)::int from app_user) as people`;
  if (held && held.panels + held.people > 0 && !replace)
    throw new Error(
      `The database is not empty: it holds ${held.panels} panels and ${held.people} people. Restore into an empty one, or put the backup in the place of everything it holds with --replace.`,
    );
  const former = await readFormer(db);
  await connection.script(dropping(made));
  return former;
}

function readFormer(db: Db): Promise<FormerPanel[]> {
  return db.run<FormerPanel>`
    select panel_id as "panelId", title, coalesce(sum(count), 0)::int as lines, coalesce(max(head) filter (where is_last), '') as head
    from panel left join (
      select *, batch = max(batch) over (partition by panel_id) as is_last from audit_batch
    ) batches using (panel_id)
    group by panel_id, title order by title, panel_id`;
}

/** Nothing beyond Concord's own goes with it: where something else leans on its tables, PostgreSQL refuses. */
function dropping({ views, tables, functions }: Made): string {
  const drop = (kind: string, names: readonly string[]) =>
    names.length === 0 ? "" : `drop ${kind} if exists ${names.map(quoted).join(", ")};`;
  return [drop("view", views), drop("table", tables), drop("function", functions)].join("\n");
}

async function apply(connection: Connection, migrations: readonly Migration[]): Promise<void> {
  for (const { name, text, sha256 } of migrations) {
    await connection.script(text);
    if (name !== "")
      await connection.rows("insert into schema_migration (name, sha256) values ($1, $2)", [name, sha256]);
  }
}

function inWords(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "55P03")
    return new Error(
      "Somebody else is using the tables of this database at the moment. Try again when they have finished.",
      {
        cause: error,
      },
    );
  if (error instanceof Error && code === "2BP01")
    return new Error(`Something that is not Concord's leans on its tables, so they were left: ${error.message}.`, {
      cause: error,
    });
  return error;
}
