import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { type BackupEnd, type BackupHeader, backupEndSchema, backupHeaderSchema, backupMark } from "#rubric/backup.ts";
import { endOfCopy, valuesOf } from "./copy-text.ts";
import { linesOf } from "./lines.ts";

/** What a backup holds, in the order of the file. */
export type BackupPart =
  | { readonly kind: "header"; readonly header: BackupHeader }
  | { readonly kind: "table"; readonly table: string; readonly columns: readonly string[] }
  /** Of the table that came last before: its columns' values as text. */
  | { readonly kind: "row"; readonly values: readonly (string | null)[] }
  | { readonly kind: "table-end" }
  | { readonly kind: "end"; readonly end: BackupEnd };

/**
 * Reads a backup from its beginning to its end, and checks it on the way: whoever gets its end knows that it is whole.
 * @throws Error with one sentence for a person when it is no backup, of a newer kind, damaged or cut
 */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const reading = makeReading();
  try {
    const text = pipeline(createReadStream(file), createGunzip(), () => {});
    for await (const lines of linesOf(text)) for (const line of lines) yield* reading.next(line);
    reading.finish();
  } catch (error) {
    throw new Error(faultOf(error, { file, isBackup: reading.hasBegun() }), { cause: error });
  }
}

interface Reading {
  /** The part that this line is, if it is one. */
  next(line: Buffer): readonly BackupPart[];
  /** @throws Error before the end */
  finish(): void;
  /** Whether the file has begun as a backup does. */
  hasBegun(): boolean;
}

function makeReading(): Reading {
  const whole = createHash("sha256");
  let state: State = "mark";
  return {
    next(line) {
      const part = partOf(line, state);
      state = after[part.kind];
      if (part.kind === "end" && part.end.sha256 !== whole.digest("hex")) throw new Error("another SHA-256");
      if (part.kind !== "end") whole.update(line).update("\n");
      return part.kind === "mark" ? [] : [part];
    },
    finish() {
      if (state !== "over") throw new Error("no end");
    },
    hasBegun: () => state !== "mark",
  };
}

/** What a backup that is whole says of itself. */
export async function checkBackup(file: string): Promise<BackupHeader & BackupEnd> {
  let header: BackupHeader | null = null;
  let end: BackupEnd | null = null;
  for await (const part of readBackup(file)) {
    if (part.kind === "header") header = part.header;
    if (part.kind === "end") end = part.end;
  }
  if (header === null || end === null) throw new Error(`${file} is empty.`);
  return { ...header, ...end };
}

type Part = BackupPart | { readonly kind: "mark" };
/** What the next line has to be. */
type State = "mark" | "header" | "table or end" | "row" | "over";

const after: Readonly<Record<Part["kind"], State>> = {
  mark: "header",
  header: "table or end",
  table: "row",
  row: "row",
  "table-end": "table or end",
  end: "over",
};

function partOf(line: Buffer, state: State): Part {
  const text = line.toString("utf8");
  switch (state) {
    case "mark":
      if (text !== backupMark) throw new Error("another beginning");
      return { kind: "mark" };
    case "header":
      return { kind: "header", header: backupHeaderSchema.parse(JSON.parse(text.slice(3))) };
    case "table or end":
      return tablePart(text) ?? { kind: "end", end: backupEndSchema.parse(JSON.parse(text.slice(3))) };
    case "row":
      return text === endOfCopy ? { kind: "table-end" } : { kind: "row", values: valuesOf(text) };
    case "over":
      throw new Error("lines behind the end");
  }
}

function tablePart(text: string): Part | null {
  const [, table, list] = /^copy "([^"]+)" \((.*)\) from stdin;$/.exec(text) ?? [];
  if (table === undefined || list === undefined) return null;
  return { kind: "table", table, columns: list.split(", ").map((name) => name.slice(1, -1)) };
}

function faultOf(error: unknown, { file, isBackup }: { file: string; isBackup: boolean }): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return `${file} does not exist.`;
  if (code === "EACCES" || code === "EISDIR") return `${file} cannot be read.`;
  return isBackup
    ? `${file} is damaged or was cut: it is not as it was written. Nothing was restored from it.`
    : `${file} is not a backup that this Concord can read.`;
}
