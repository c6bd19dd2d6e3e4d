import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const oldestSupported = 15;

/**
 * What tests/support needs to use a PostgreSQL other than the embedded one: a server somebody runs, or else the binaries of
 * the oldest one that Concord supports here.
 * @returns {Record<string, string> | undefined}
 */
export function installedPostgres() {
  const url = process.env.DATABASE_URL;
  if (url) return { CONCORD_TEST_DATABASE_URL: url };
  const folder = serverFolders().find((candidate) => existsSync(join(candidate, "initdb")));
  return folder ? { CONCORD_TEST_PG_BIN: folder } : undefined;
}

/** Debian's, oldest first. */
function serverFolders() {
  const all = "/usr/lib/postgresql";
  if (!existsSync(all)) return [];
  const versions = readdirSync(all)
    .map(Number)
    .filter((version) => version >= oldestSupported);
  return versions.sort((a, b) => a - b).map((version) => join(all, String(version), "bin"));
}
