import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Backups that are made by themselves stand in one folder; what is known of them is in their names. */

interface KeptBackup {
  readonly name: string;
  /** The moment whose state it holds. */
  readonly at: string;
  readonly bytes: number;
  /** The beginning of the hash of what it holds. */
  readonly content: string;
}

const failureSchema = z.strictObject({ at: z.string(), sentence: z.string() });
export type BackupFailure = z.infer<typeof failureSchema>;

export interface Shelf {
  /** The newest first. */
  readonly kept: readonly KeptBackup[];
  /** The last attempt, if it failed. */
  readonly failure: BackupFailure | null;
}

const namePattern = /^concord-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([0-9a-f]{12})\.sql\.gz$/;
const failureName = "failed.json";
const unfinishedPrefix = "unfinished.";
/** Nobody writes one backup for so long. */
const leftBehindMs = 60 * 60 * 1000;

export function nameOf({ createdAt, content }: { createdAt: string; content: string }): string {
  const moment = `${createdAt.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  return `concord-${moment}-${content.slice(0, 12)}.sql.gz`;
}

export async function readShelf(folder: string): Promise<Shelf> {
  const names = await readdir(folder).catch(() => []);
  const kept = await Promise.all(names.map((name) => keptAt(folder, name)));
  return { kept: kept.flat().sort((left, right) => (left.at < right.at ? 1 : -1)), failure: await readFailure(folder) };
}

async function keptAt(folder: string, name: string): Promise<KeptBackup[]> {
  const [, year, month, day, hour, minute, second, content] = namePattern.exec(name) ?? [];
  const found = content === undefined ? null : await stat(join(folder, name)).catch(() => null);
  if (!found || content === undefined) return [];
  return [{ name, at: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`, bytes: found.size, content }];
}

async function readFailure(folder: string): Promise<BackupFailure | null> {
  const text = await readFile(join(folder, failureName), "utf8").catch(() => "null");
  try {
    return failureSchema.nullable().parse(JSON.parse(text));
  } catch {
    return { at: new Date().toISOString(), sentence: `${failureName} cannot be read.` };
  }
}

/** Makes the folder, removes what a killed process left in it, and answers where to write the next backup. */
export async function prepareShelf(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = name.startsWith(unfinishedPrefix) ? await stat(path).catch(() => null) : null;
    if (found && Date.now() - found.mtimeMs > leftBehindMs) await rm(path, { force: true });
  }
  return join(folder, `${unfinishedPrefix}${randomBytes(4).toString("hex")}`);
}

export async function noteFailure(folder: string, failure: BackupFailure): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, failureName), `${JSON.stringify(failure)}\n`, { mode: 0o600 });
}

export async function forgetFailure(folder: string): Promise<void> {
  await rm(join(folder, failureName), { force: true });
}
