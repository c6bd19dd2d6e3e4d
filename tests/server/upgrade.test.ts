import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadBackup } from "#db/backup/load-backup.ts";
import { checkBackup } from "#db/backup/read-backup.ts";
import { listTables, madeBy } from "#db/backup/tables.ts";
import { openConnection } from "#db/connection.ts";
import { startEmbedded } from "#db/embedded/start.ts";
import { knownMigrations, migrate } from "#db/migrate.ts";
import { openDatabase, transact } from "#db/open.ts";
import { projectRoot } from "#db/project-root.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { readShelf } from "#server/backups/shelf.ts";
import { findFacilitator } from "#server/membership.ts";
import { openStore } from "#server/open-store.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { verifyBundle } from "#server/reports/verify-bundle.ts";
import { runCommand } from "#tests/support/command.ts";
import { bareDatabase } from "#tests/support/postgres.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";
import { startServer } from "#tests/support/server.ts";

/** Where its chains ended when each of these was written: they end there for ever. */
const earlier = [
  {
    file: "at-0002.sql.gz",
    newest: "0002_demonstration_panels.sql",
    heads: [
      "6f4375749c68e79438e9b244579b8ea8a863e69595e8b4e19f23ffd41b3e9e07",
      "ca144f70768ed57f8c2c45039f56a93303580890da6c40d47817f255bc6b3c90",
    ],
    panels: ["24ee5a91-cdd6-459d-adcf-e496f9e63ce8", "a5733ed6-3235-4e4e-abb5-6d41cca14c86"],
  },
] as const;

/** The rounds of the first panel were revealed before there were commitments. */
const beforeCommitments = [1, 2].flatMap((round) => [
  `not checkable: round ${round}, sealed answers`,
  `not checkable: round ${round}, commitments`,
]);

const root = projectRoot();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "concord-upgrade-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(earlier)("what was written at $newest", { timeout: 120_000 }, ({ file, newest, heads, panels }) => {
  const path = join(root, "tests/support/backups", file);

  /** Every panel as its facilitator takes it home, each check of it, and what rebuilding finds. */
  async function expectSound(databaseUrl: string): Promise<void> {
    const server = await startServer({ databaseUrl });
    for (const [index, panelId] of panels.entries()) {
      const facilitator = await findFacilitator(server.app, panelId);
      const bundle = await readBundle(server.app, facilitator!);
      const checks = verifyBundle(bundle).filter(({ outcome }) => outcome !== "holds");
      expect(checks.map(({ outcome, name }) => `${outcome}: ${name}`)).toEqual(index === 0 ? beforeCommitments : []);
      expect(bundle.audit.batches.map(({ head }) => head)).toContain(heads[index]);
      expect(bundle.snapshots).toHaveLength(index === 0 ? 2 : 0);
    }
    expect((await rebuildConsensus(server.app, null)).differences).toEqual([]);
    await server.stop();
  }

  test("names the migrations it was written under", async () => {
    const { migrations } = await checkBackup(path);
    expect(migrations.at(-1)?.name).toBe(newest);
  });

  test("is restored from its backup, brought forward, and holds", async () => {
    const database = await bareDatabase();
    const { code, stdout, stderr } = await runCommand(["restore", path], { DATABASE_URL: database.url });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const head of heads) expect(stdout).toMatch(new RegExp(`^holds .* head ${head}$`, "m"));
    expect(await runCommand(["migrate"], { DATABASE_URL: database.url })).toMatchObject({
      stdout: "The database is up to date.\n",
    });
    await expectSound(database.url);
    await database.drop();
  });

  test("in a data folder is kept as it was, brought forward when it is opened, and holds", async () => {
    const dataDir = quickFolder("concord-earlier-");
    const before = await startEmbedded(dataDir);
    await writeAsThen(before.url);
    await before.stop();

    const store = await openStore({ databaseUrl: null, dataDir });
    expect(store.applied).toEqual(knownMigrations().flatMap(({ name }) => (name > newest ? [name] : [])));
    await expectSound(store.url);
    await store.stop();
    const { kept } = await readShelf(join(dataDir, "backups"));
    expect(kept).toHaveLength(1);
    const { migrations, content } = await checkBackup(join(dataDir, "backups", kept[0]?.name ?? ""));
    expect(migrations.at(-1)?.name).toBe(newest);
    expect(content).toBe((await checkBackup(path)).content);
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The database as the Concord of that day left it: its migrations, and what it had written. */
  async function writeAsThen(url: string): Promise<void> {
    const then = join(folder, newest);
    mkdirSync(then);
    for (const name of readdirSync(join(root, "migrations")))
      if (name <= newest) cpSync(join(root, "migrations", name), join(then, name));
    await migrate(url, then);
    const connection = openConnection(url);
    await transact(connection, "begin", async (db) => {
      const { tables } = madeBy(knownMigrations(then).map(({ text }) => text));
      await loadBackup({ db, connection }, path, await listTables(db, tables));
    });
    await connection.end();
  }
});

test("what migrations make is read from their texts: nothing is forgotten in a backup or left by a restore", async () => {
  const database = await bareDatabase();
  await migrate(database.url);
  const opened = openDatabase(database.url, { connections: 1 });
  const found = await opened.pool.run<{ kind: string; name: string }>`
    select case relkind when 'v' then 'view' else 'table' end as kind, relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
    union all select 'function', proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'type', typname from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd', 'r')
    order by 1, 2`;
  await opened.close();
  await database.drop();
  const made = madeBy(knownMigrations().map(({ text }) => text));
  const named = [
    ...made.functions.map((name) => ({ kind: "function", name })),
    ...[...made.tables, "schema_migration"].map((name) => ({ kind: "table", name })),
    ...made.views.map((name) => ({ kind: "view", name })),
  ];
  const key = ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`;
  expect(found.map(key).sort()).toEqual(named.map(key).sort());
});
