import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");
const format = "concord-backup/1";

/** The first line of every backup of this format. */
export const backupMark = `-- ${format}`;

/**
 * What a backup says of itself before its tables, as a comment of SQL; each table follows as `copy ... from stdin` with its
 * rows, in PostgreSQL's own text.
 */
export const backupHeaderSchema = z.strictObject({
  format: z.literal(format),
  /** The moment whose state it holds. */
  createdAt: z.iso.datetime({ precision: 3 }),
  /** The PostgreSQL it was taken from, such as "18.4". */
  server: z.string(),
  /** The migrations that made its tables, in their order. */
  migrations: z.array(z.strictObject({ name: z.string(), sha256 })).min(1),
});

/** The last line of a backup; a file without it was cut. */
export const backupEndSchema = z.strictObject({
  tables: z.array(z.strictObject({ name: z.string(), rows: z.int().min(0) })),
  /** Of the tables alone: two backups with the same content differ in nothing but their moment. */
  content: sha256,
  /** Of every byte before this line. */
  sha256,
});

export type BackupHeader = z.infer<typeof backupHeaderSchema>;
export type BackupEnd = z.infer<typeof backupEndSchema>;

/** How many rows of a table a backup holds. */
export function rowsOf({ tables }: Pick<BackupEnd, "tables">, table: string): number {
  return tables.find(({ name }) => name === table)?.rows ?? 0;
}
