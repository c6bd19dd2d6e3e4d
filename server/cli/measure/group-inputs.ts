import { z } from "zod";
import { table } from "./inputs.ts";
import { faultOfNumber } from "./robustness-inputs.ts";
import type { Tell } from "./told-faults.ts";

type Input = Readonly<Record<string, unknown>>;
type Table = readonly (readonly number[])[];

/** The group of each row, from 1. */
export const labels = z.array(z.int().min(1));

export const numbers = table<Table>({ faultOf: faultOfNumber });

export const voteCounts = table<Table>({
  faultOf: (entry) => (Number.isInteger(entry) && Number(entry) >= 0 ? null : "must be a whole number from 0 up"),
});

/** `distances` has as many columns as rows, the same above and below the diagonal of noughts, and none is negative. */
export function isSquare({ distances }: Input, tell: Tell): void {
  const rows = rowsOf(distances);
  for (const [row, entries] of rows.entries()) {
    if (entries.length !== rows.length) {
      tell(["distances", row], `has ${entries.length} entries, but there are ${rows.length} rows`);
    }
    for (const [column, entry] of entries.entries()) {
      const message = faultOfDistance(entry, rows[column]?.[row], row === column);
      if (message !== null) tell(["distances", row, column], message);
    }
  }
}

/** The three tables have the same rows and columns, and nobody agreed or disagreed without having seen. */
export function votesAreSeen({ agree, disagree, seen }: Input, tell: Tell): void {
  const tables = { agree: rowsOf(agree), disagree: rowsOf(disagree), seen: rowsOf(seen) };
  tellOtherShape("agree", tables, tell);
  tellOtherShape("disagree", tables, tell);
  for (const [group, row] of tables.seen.entries()) {
    for (const [statement, count] of row.entries()) {
      const [agreed, disagreed] = [tables.agree[group]?.[statement], tables.disagree[group]?.[statement]];
      const voted = Number(agreed ?? 0) + Number(disagreed ?? 0);
      if (voted > Number(count)) tell(["seen", group, statement], `${count} saw it, but ${voted} agreed or disagreed`);
    }
  }
}

type Rows = readonly (readonly unknown[])[];

function faultOfDistance(entry: unknown, back: unknown, isToItself: boolean): string | null {
  if (isToItself) return entry === 0 ? null : "must be 0: the distance to itself";
  if (Number(entry) < 0) return `${entry} is no distance`;
  return entry === back ? null : "must be the same as the other way round";
}

function tellOtherShape(field: "agree" | "disagree", tables: Record<"agree" | "disagree" | "seen", Rows>, tell: Tell) {
  const [own, seen] = [tables[field], tables.seen];
  if (own.length !== seen.length) tell([field], `has ${own.length} rows, but seen has ${seen.length}`);
  const [got, wanted] = [own[0]?.length ?? 0, seen[0]?.length ?? 0];
  if (got !== wanted) tell([field], `has ${got} columns, but seen has ${wanted}`);
}

function rowsOf(value: unknown): Rows {
  return Array.isArray(value) ? value.map((row: unknown) => (Array.isArray(row) ? row : [])) : [];
}
