import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { projectRoot } from "./project-root.ts";

const OLDEST_SERVER = 15;
/** Whoever changes the tables holds it. */
export const MIGRATION_LOCK = 4_201_501;

export interface Migration {
  name: string;
  text: string;
  sha256: string;
}

export interface AppliedMigration {
  name: string;
  sha256: string;
}

/**
 * Brings the database forward to this code, one file of migrations/ at a time, in the order of their names.
 * Safe to call from many processes at once: one works, the others wait and find nothing left to do.
 */
export async function migrate(url: string, folder = join(projectRoot(), "migrations")): Promise<{ applied: string[] }> {
  const known = knownMigrations(folder);
  return onOneSession(url, async (session) => {
    await session`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const pending = pendingMigrations(known, await readApplied(session));
    for (const migration of pending) await apply(session, migration);
    return { applied: pending.map((migration) => migration.name) };
  });
}

/** A lost connection fails the work instead of letting it go on, without the lock, on a fresh one. */
async function onOneSession<T>(url: string, work: (session: postgres.ReservedSql) => Promise<T>): Promise<T> {
  // The driver's own question for array types hangs if the server dies under it. Without that question, though, the
  // driver never hands over a connection that was opened in order to be reserved: so the first statement opens it.
  const pool = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    const [server] = await pool<{ number: number; version: string }[]>`
      select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
    refuseOldServer(server);
    const session = await pool.reserve();
    return await work(session).finally(() => session.release());
  } finally {
    await pool.end({ timeout: 1 });
  }
}

/** The migrations of this code, in the order of their names. */
export function knownMigrations(folder = join(projectRoot(), "migrations")): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      // A checkout may rewrite line endings; that is not a change of the migration.
      const text = readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
      return { name, text, sha256: createHash("sha256").update(text).digest("hex") };
    });
}

/** @throws Error for a PostgreSQL that is too old */
export function refuseOldServer(server: { number: number; version: string } | undefined): void {
  if (server && server.number < OLDEST_SERVER * 10_000)
    throw new Error(`Concord needs PostgreSQL ${OLDEST_SERVER} or newer; this server is ${server.version}.`);
}

/** Where a database keeps which migrations it has had. */
export const LEDGER = `
create table if not exists schema_migration (
  name text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`;

async function readApplied(session: postgres.ReservedSql): Promise<AppliedMigration[]> {
  await session.unsafe(LEDGER);
  return session<AppliedMigration[]>`
    select name, sha256 from schema_migration order by name collate "C"`;
}

/**
 * The migrations that are still to be applied where these have been.
 * @throws Error where one of these is unknown here, was another, or would have come after a pending one
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
  holder = "database",
): Migration[] {
  for (const { name, sha256 } of applied) {
    const migration = known.find((candidate) => candidate.name === name);
    if (!migration)
      throw new Error(
        `The ${holder} is newer than this Concord: it holds migration ${name}, which is unknown here. Start the newer version.`,
      );
    if (migration.sha256 !== sha256)
      throw new Error(
        `Migration ${name} was changed after it had been applied. Restore the file and write a new migration instead.`,
      );
  }
  const newest = applied.at(-1)?.name ?? "";
  const pending = known.filter(({ name }) => !applied.some((done) => done.name === name));
  const late = pending.find(({ name }) => name < newest);
  if (late)
    throw new Error(`Migration ${late.name} comes before ${newest}, which is already applied. Give it a later name.`);
  return pending;
}

async function apply(session: postgres.ReservedSql, migration: Migration): Promise<void> {
  const { name, text, sha256 } = migration;
  try {
    await session`begin`;
    await session.unsafe(text).simple();
    await session`insert into schema_migration (name, sha256) values (${name}, ${sha256})`;
    await session`commit`;
  } catch (cause) {
    await session`rollback`.catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Migration ${name} failed, and nothing of it was kept: ${reason}`, { cause });
  }
}
