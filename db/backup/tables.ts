import type { Db } from "../open.ts";

/** What migrations make, by name. */
export interface Made {
  readonly tables: readonly string[];
  readonly views: readonly string[];
  readonly functions: readonly string[];
}

/** A table as the database describes it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isIdentity: boolean }[];
  /** Its primary key, which gives its rows an order. */
  readonly key: readonly string[];
  /** The other tables that its rows lean on. */
  readonly refersTo: readonly string[];
}

/**
 * Open doors, not memories: whoever restores a backup ends them, so it does not hold them. Mail is links to such doors; of
 * devices and attempts only the rates of signing in know.
 */
const leftOut = [
  "session",
  "personal_token",
  "sign_in_step",
  "password_reset",
  "known_device",
  "attempt",
  "outbox_mail",
];

/** What the texts of migrations make, read from the texts: a database may also hold what is not Concord's. */
export function madeBy(texts: readonly string[]): Made {
  const text = texts.join("\n").replaceAll(/--.*$/gm, "");
  const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
  return {
    tables: named(/^\s*(?:create table (?:if not exists )?|alter table \w+ rename to )(\w+)/gim),
    views: named(/^\s*create (?:or replace )?view (\w+)/gim),
    functions: named(/^\s*create (?:or replace )?function (\w+)/gim),
  };
}

/** The tables that a backup holds. */
export async function listKept(db: Db, names: readonly string[]): Promise<Table[]> {
  return (await listTables(db, names)).filter(({ name }) => !leftOut.includes(name));
}

/** Those of these tables that there are, each behind the ones it leans on. */
export async function listTables(db: Db, names: readonly string[]): Promise<Table[]> {
  const tables = await db.run<Table>`
    select c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'isIdentity', a.attidentity <> '') order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select coalesce(json_agg(a.attname order by k.place), '[]')
        from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as key,
      (select coalesce(json_agg(distinct f.relname), '[]')
        from pg_constraint r join pg_class f on f.oid = r.confrelid
        where r.conrelid = c.oid and r.contype = 'f' and f.oid <> c.oid) as "refersTo"
    from pg_class c
    where c.relname = any(${`{${names.join(",")}}`}::text[]) and c.relkind in ('r', 'p') and pg_table_is_visible(c.oid)
    order by c.relname`;
  return inOrder(tables);
}

/** @throws Error where two tables lean on each other: their rows could not be loaded one table after the other */
function inOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  const waiting = [...tables];
  const isFree = ({ refersTo }: Table) =>
    refersTo.every((name) => !waiting.some((other) => other.name === name && !ordered.includes(other)));
  while (ordered.length < tables.length) {
    const next = waiting.find((table) => !ordered.includes(table) && isFree(table));
    if (!next) throw new Error("Some tables lean on each other in a circle and cannot be backed up one by one.");
    ordered.push(next);
  }
  return ordered;
}

/** A name as SQL takes it, whatever word it is. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A list of texts as PostgreSQL reads an array. */
export function arrayText(values: readonly (string | null)[]): string {
  const items = values.map((value) => (value === null ? "NULL" : `"${value.replaceAll(/[\\"]/g, "\\$&")}"`));
  return `{${items.join(",")}}`;
}
