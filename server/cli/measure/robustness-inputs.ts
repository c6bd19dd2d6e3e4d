import { z } from "zod";
import { scoresAreOnScale } from "./inputs.ts";
import { type Tell, tellFirst } from "./told-faults.ts";

type Input = Readonly<Record<string, unknown>>;
type FaultOf = (entry: unknown) => string | null;

/** Layers x rows x columns, every layer and row like the first. The type is the caller's word for what `faultOf` passes. */
export function cube<Entry>(faultOf: FaultOf) {
  return z
    .custom<readonly (readonly (readonly Entry[])[])[]>(() => true)
    .superRefine((value, context) => {
      if (!Array.isArray(value)) return context.addIssue("must be a list of tables");
      const [first = []]: readonly unknown[] = value;
      tellFirst(context, (tell) => {
        for (const [layer, rows] of value.entries()) checkRows({ rows, like: first, path: [layer] }, faultOf, tell);
      });
    });
}

/** `weights` has one entry for each column of `field`, or a table of weights as many columns. */
export function asWideAs(weights: string, field: string): (input: Input, tell: Tell) => void {
  return (input, tell) => {
    const [got, columns] = [widthOf(input[weights]), widthOf(input[field])];
    // A table without rows or columns fits any weights.
    if (got === null || columns === null || got === columns) return;
    tell(
      [weights],
      `has ${got} entries${isTable(input[weights]) ? " in a row" : ""}, but ${field} has ${columns} criteria`,
    );
  };
}

/** Each score in `ratings3d` is on `scale`. */
export function scoresOf3dAreOnScale({ scale, ratings3d }: Input, tell: Tell): void {
  if (scale === undefined) return;
  for (const [layer, ratings] of listOf(ratings3d).entries()) {
    scoresAreOnScale({ scale, ratings }, ([, ...path], message) => tell(["ratings3d", layer, ...path], message));
  }
}

/** No rank is beyond the number of criteria. */
export function ranksAreInRange({ ranks }: Input, tell: Tell): void {
  const list = listOf(ranks);
  for (const [index, rank] of list.entries()) {
    if (typeof rank === "number" && rank > list.length)
      tell(["ranks", index], `${rank} is no rank among ${list.length}`);
  }
}

export function faultOfNumber(entry: unknown): string | null {
  return Number.isFinite(entry) ? null : "must be a number";
}

export function faultOfScore(entry: unknown): string | null {
  return entry === null || Number.isFinite(entry) ? null : "must be a number or null";
}

export function faultOfPoints(entry: unknown): string | null {
  if (entry === null || (typeof entry === "number" && entry >= 0 && entry <= 1e12)) return null;
  return "must be null or a number of points from 0 up";
}

export function faultOfWeight(entry: unknown): string | null {
  return typeof entry === "number" && entry >= 0 && entry <= 1e12 ? null : "must be a number from 0 up";
}

interface Rows {
  readonly rows: unknown;
  readonly like: unknown;
  readonly path: readonly number[];
}

function checkRows({ rows, like, path }: Rows, faultOf: FaultOf, tell: Tell): void {
  if (!Array.isArray(rows)) {
    tell(path, "must be a table: a list of rows");
    return;
  }
  const [height, width] = [listOf(like).length, listOf(listOf(like)[0]).length];
  if (rows.length !== height) tell(path, `has ${rows.length} rows instead of ${height}`);
  for (const [index, row] of rows.entries()) {
    for (const [place, message] of faultsOfRow(row, width, faultOf)) tell([...path, index, ...place], message);
  }
}

function faultsOfRow(row: unknown, width: number, faultOf: FaultOf): [number[], string][] {
  if (!Array.isArray(row)) return [[[], "must be a row: a list"]];
  const faults: [number[], string][] = [];
  if (row.length !== width) faults.push([[], `has ${row.length} entries instead of ${width}`]);
  for (const [column, entry] of row.entries()) {
    const message = faultOf(entry);
    if (message !== null) faults.push([[column], message]);
  }
  return faults;
}

/** Entries of the first innermost list; `null` if there are none. */
function widthOf(value: unknown): number | null {
  if (isTable(value)) return widthOf(listOf(value)[0]);
  return listOf(value).length || null;
}

function isTable(value: unknown): boolean {
  return Array.isArray(value) && Array.isArray(value[0]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
