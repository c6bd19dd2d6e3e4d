import { randomBytes } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Account, mayEnter } from "./account.ts";
import { type Binaries, versionOf } from "./binaries.ts";

/** Not below /tmp or /var/tmp: systems empty those of old files, and a database is made of old files. */
export const STAGING_ROOT = "/var/lib/concord";
const POINTER = "moved-to";

/** Where the cluster of this folder lives: here, unless an earlier start had to move it out of a private home. */
export function homeOf(folder: string): string {
  const pointer = join(folder, POINTER);
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : folder;
}

/** Finds a home that the child's user can reach. */
export function reachableHome(folder: string, account: Account, stagingRoot: string): string {
  const home = homeOf(folder);
  if (existsSync(home) && mayEnter(account, home)) return home;
  if (existsSync(join(home, "cluster")))
    throw new Error(
      `The user PostgreSQL runs as (uid ${account?.uid}) may no longer enter ${home}, where the database is: give the folders above it the mode o+x.`,
    );
  const staged = join(openFolder(stagingRoot), randomBytes(8).toString("hex"));
  openFolder(staged);
  // Written last: a pointer always leads somewhere. It sits in the folder, so deleting the folder starts afresh.
  writeFileSync(join(folder, POINTER), `${staged}\n`);
  return staged;
}

/** Binaries that the child's user can run: these, or a copy of them where he can. */
export async function reachableBinaries(
  { bin, copyable }: Binaries,
  account: Account,
  stagingRoot: string,
): Promise<{ bin: string; version: string }> {
  const version = await versionOf(bin, account);
  if (version !== null) return { bin, version };
  if (copyable === null) throw new Error(`The user PostgreSQL runs as (uid ${account?.uid}) may not run ${bin}.`);
  const copy = join(openFolder(stagingRoot), `postgresql-${packageVersion(copyable)}`);
  if (!existsSync(copy)) copyOpenly(copyable, copy);
  return reachableBinaries({ bin: join(copy, "bin"), copyable: null }, account, stagingRoot);
}

function packageVersion(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error(`No version in the package.json beside ${native}.`);
}

function openFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
  return path;
}

function copyOpenly(from: string, to: string): void {
  const unfinished = `${to}.new.${randomBytes(4).toString("hex")}`;
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  openAll(unfinished);
  try {
    renameSync(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another folder's start was quicker to copy the same version.
    if (!existsSync(to)) throw error;
  }
}

/** Root's umask may have made the installed files unreadable for everyone else. */
function openAll(path: string): void {
  chmodSync(path, statSync(path).mode | 0o755);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, entry.name);
    if (entry.isDirectory()) openAll(at);
    else if (entry.isFile()) chmodSync(at, executableAlike(statSync(at).mode));
  }
}

function executableAlike(mode: number): number {
  return mode & 0o100 ? mode | 0o555 : mode | 0o444;
}
