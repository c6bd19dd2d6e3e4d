import type { Connection } from "../connection.ts";
import type { Db } from "../open.ts";
import { readBackup } from "./read-backup.ts";
import { arrayText, quoted, type Table } from "./tables.ts";

const mostRows = 2_000;
const mostCharacters = 1_000_000;

/**
 * Fills these tables, which are of the same shape as those the file was written from, with what the file holds. What was in
 * them before is gone. Numbers that the database gives by itself go on behind the highest.
 */
export async function loadBackup(target: { db: Db; connection: Connection }, file: string, tables: readonly Table[]) {
  const { db, connection } = target;
  await connection.script(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")} cascade`);
  let batch: Batch | null = null;
  for await (const part of readBackup(file)) {
    if (part.kind === "table") batch = makeBatch(connection, tableOf(part, { tables, file }));
    if (part.kind === "row") await batch?.add(part.values);
    if (part.kind === "table-end") await batch?.flush();
  }
  for (const table of tables) await continueNumbers(db, connection, table);
}

/** @throws Error where the file's table is not the one that the migrations of its header make */
function tableOf(
  part: { readonly table: string; readonly columns: readonly string[] },
  { tables, file }: { tables: readonly Table[]; file: string },
): Table {
  const table = tables.find(({ name }) => name === part.table);
  const columns = part.columns.flatMap((name) => table?.columns.find((column) => column.name === name) ?? []);
  if (!table || columns.length !== part.columns.length || columns.length !== table.columns.length)
    throw new Error(`${file} holds a table ${part.table} that is not the one its own migrations make.`);
  return { ...table, columns };
}

interface Batch {
  add(values: readonly (string | null)[]): Promise<void>;
  flush(): Promise<void>;
}

function makeBatch(connection: Connection, { name, columns }: Table): Batch {
  const list = columns.map((column) => quoted(column.name)).join(", ");
  const casts = columns.map(({ type }, index) => `c${index}::${type}`).join(", ");
  const places = columns.map((_column, index) => `$${index + 1}::text[]`).join(", ");
  const names = columns.map((_column, index) => `c${index}`).join(", ");
  const text = `insert into ${quoted(name)} (${list}) overriding system value select ${casts} from unnest(${places}) as rows (${names})`;
  let rows: (readonly (string | null)[])[] = [];
  let characters = 0;

  async function flush(): Promise<void> {
    if (rows.length === 0) return;
    const full = rows;
    rows = [];
    characters = 0;
    const parameters = columns.map((_column, index) => arrayText(full.map((values) => values[index] ?? null)));
    await connection.rows(text, parameters);
  }

  return {
    async add(values) {
      if (values.length !== columns.length) throw new Error(`A row of ${name} has ${values.length} values.`);
      rows.push(values);
      characters += values.reduce((sum, value) => sum + (value?.length ?? 0), 0);
      if (rows.length >= mostRows || characters >= mostCharacters) await flush();
    },
    flush,
  };
}

async function continueNumbers(db: Db, connection: Connection, { name, columns }: Table): Promise<void> {
  for (const column of columns.filter(({ isIdentity }) => isIdentity)) {
    const [sequence] = await db.run<{
      name: string;
    }>`select pg_get_serial_sequence(${quoted(name)}, ${column.name}) as name`;
    const highest = `select setval($1::regclass, max(${quoted(column.name)})) from ${quoted(name)} having count(*) > 0`;
    await connection.rows(highest, [sequence?.name ?? ""]);
  }
}
