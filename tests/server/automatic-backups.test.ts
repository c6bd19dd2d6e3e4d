import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkBackup } from "#db/backup/read-backup.ts";
import { findPerson } from "#db/users.ts";
import { type AutomaticBackups, automaticBackups } from "#server/backups/automatic-backups.ts";
import { forgettable } from "#server/backups/retention.ts";
import { readShelf } from "#server/backups/shelf.ts";
import { makeLog } from "#server/log.ts";
import { readBackups } from "#server/queries/read-backups.ts";
import { runCommand } from "#tests/support/command.ts";
import { aPanel, give, move, submit, type TestPanel } from "#tests/support/panels.ts";
import { person } from "#tests/support/people.ts";
import { bareDatabase, freshDatabase, wordyDatabase } from "#tests/support/postgres.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { startProcess } from "#tests/support/server-process.ts";
import { onDatabase } from "#tests/support/tables.ts";

let home: string;
let folder: string;
let server: TestServer;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "concord-automatic-"));
  server = await startServer({ config: { dataDir: home } });
});
afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  folder = join(home, "backups");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function careFor(url = server.databaseUrl): AutomaticBackups {
  return automaticBackups({ url, folder, log: makeLog("silent") });
}

async function kept(): Promise<string[]> {
  return (await readShelf(folder)).kept.map(({ name }) => name);
}

describe("backups that are made by themselves", { timeout: 60_000 }, () => {
  let panel: TestPanel;
  beforeEach(async () => {
    panel = await aPanel(server, { reviewers: 3, cells: [{ policyId: "P1", criterionId: "I1" }] });
  });

  /** Nothing of the tests before is at work any more. */
  async function closeAll(): Promise<void> {
    await onDatabase(server.databaseUrl, (sql) => sql`delete from pending_act`);
    await onDatabase(server.databaseUrl, async (sql) => {
      const open = await sql<
        { id: string }[]
      >`select panel_id as id from panel where phase = 'scoring' and panel_id <> ${panel.panelId}`;
      for (const { id } of open) await sql`update panel set phase = 'draft', round = null where panel_id = ${id}`;
    });
  }

  test("are made at the start, each quarter of an hour when something changed in an open round, and at the stop", async () => {
    await closeAll();
    const care = careFor();
    const [first, second, third] = panel.reviewers;
    care.start();
    await care.quarter();
    expect(await kept()).toHaveLength(1);
    await care.quarter();
    expect(await kept(), "nothing has changed").toHaveLength(1);

    await give(panel, first!, { policyId: "P1", criterionId: "I1", value: 1 });
    await care.quarter();
    expect(await kept()).toHaveLength(2);
    for (const reviewer of [second!, third!]) await submit(panel, reviewer, 0, [{ policyId: "P1", criterionId: "I1" }]);
    await move(panel, "discussion", { reason: "Enough." });
    await move(panel, "closed", { reason: "Enough." });
    await care.quarter();
    expect(await kept(), "no round is open").toHaveLength(2);
    await care.stop();
    expect(await kept()).toHaveLength(3);
  });

  test("stand in files that only their owner reads, and leave nothing half-made behind", async () => {
    const care = careFor();
    await care.stop();
    const [name = ""] = await kept();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, "unfinished.old"), "half");
    writeFileSync(join(folder, "unfinished.new"), "half");
    utimesSync(join(folder, "unfinished.old"), new Date(0), new Date(0));
    await give(panel, panel.reviewers[0]!, { policyId: "P1", criterionId: "I1", value: 1 });
    await care.stop();
    expect(readdirSync(folder).filter((one) => !one.startsWith("concord-"))).toEqual(["unfinished.new"]);
    expect((await checkBackup(join(folder, name))).tables.length).toBeGreaterThan(10);
  });

  test("are not made of an installation that nobody uses yet", async () => {
    const empty = await freshDatabase();
    const bare = await bareDatabase();
    for (const { url } of [empty, bare]) await careFor(url).stop();
    expect(await kept()).toEqual([]);
    await Promise.all([empty.drop(), bare.drop()]);
  });

  test("that fail are said to, to administrators and to the doctor, until one succeeds", async () => {
    const administrator = await person(server, "Ada Administrator", { isAdministrator: true });
    const user = await findPerson(server.app.database.pool, administrator.email);
    const shown = async () => (await readBackups(server.app, user!)).backups;
    const doctor = async () => (await runCommand(["doctor"], { DATA_DIR: home })).stdout;
    await careFor("postgres://127.0.0.1:1/none").stop();
    expect(await shown()).toMatchObject({ days: [], failure: { sentence: expect.stringContaining("ECONNREFUSED") } });
    expect(readFileSync(join(folder, "failed.json"), "utf8")).toContain("ECONNREFUSED");

    await careFor().stop();
    expect(await shown()).toEqual({ days: [new Date().toISOString().slice(0, 10)], failure: null });
    chmodSync(home, 0o711);
    expect(await doctor()).toMatch(/^ok +backups: 1 in .*, the newest of 20/m);
    writeFileSync(
      join(folder, "failed.json"),
      JSON.stringify({ at: "2026-11-23T10:00:00.000Z", sentence: "The disk is full." }),
    );
    expect(await doctor()).toMatch(
      /^warning +backups: the last attempt, at 2026-11-23T10:00:00.000Z, failed: The disk is full\.$/m,
    );
  });

  test("tell an administrator who still drafts nothing of what others write", async () => {
    const drafting = await findPerson(server.app.database.pool, panel.reviewers[0]!.email);
    const shown = () => readBackups(server.app, { ...drafting!, isAdministrator: true });
    await careFor().quarter();
    const before = await shown();
    const [first] = await kept();
    const cell = { policyId: "P1", criterionId: "I1" };
    for (const other of panel.reviewers.slice(1))
      await give(panel, other, { ...cell, value: 2, rationale: "A heron stands behind the boathouse. ".repeat(40) });
    await careFor().quarter();

    expect(await kept()).toHaveLength(2);
    expect(first).toBeDefined();
    expect(await shown()).toEqual(before);
  });

  test("are for administrators alone, and an own PostgreSQL has none", async () => {
    const reviewer = await findPerson(server.app.database.pool, panel.reviewers[0]!.email);
    await expect(readBackups(server.app, reviewer!)).rejects.toMatchObject({ status: 404 });
    const own = { config: { ...server.app.config, databaseUrl: server.databaseUrl } };
    expect(await readBackups(own, { ...reviewer!, isAdministrator: true })).toEqual({ backups: null });
    const { stdout } = await runCommand(["doctor"], { DATABASE_URL: server.databaseUrl });
    expect(stdout).toMatch(/^ok +backups: your own PostgreSQL is backed up as you see fit/m);
  });
});

describe("what is kept", () => {
  const now = new Date("2026-11-23T12:00:00.000Z");
  const hoursAgo = (hours: number) => ({ at: new Date(now.getTime() - hours * 3_600_000).toISOString() });

  test("is everything of the last 24 hours, the last of each day before, for 30 days", () => {
    const day = Array.from({ length: 96 }, (_, quarter) => hoursAgo(quarter / 4));
    const month = Array.from({ length: 40 * 4 }, (_, quarter) => hoursAgo(25 + quarter * 6));
    const gone = new Set(forgettable([...month, ...day], now));
    expect(day.filter((one) => gone.has(one))).toEqual([]);
    const left = month.filter((one) => !gone.has(one)).map(({ at }) => at);
    expect(new Set(left.map((at) => at.slice(0, 10))).size).toBe(left.length);
    expect(left).toHaveLength(30);
    expect(left[0]).toBe("2026-11-22T11:00:00.000Z");
    expect(left[1]).toBe("2026-11-21T23:00:00.000Z");
    expect(left.at(-1)?.slice(0, 10)).toBe("2026-10-24");
  });

  test("is the newest, however old it is", () => {
    expect(forgettable([hoursAgo(9000), hoursAgo(9500)], now)).toEqual([hoursAgo(9500)]);
    expect(forgettable([], now)).toEqual([]);
  });
});

test("a server on the embedded database leaves its last state behind, which moves to an own PostgreSQL", {
  timeout: 120_000,
}, async () => {
  const data = quickFolder("concord-moving-");
  const running = await startProcess({ DATA_DIR: data, PORT: "0", LOG_LEVEL: "silent" });
  expect(await running.end()).toBe(0);
  const { kept: backups } = await readShelf(join(data, "backups"));
  expect(backups.length).toBeGreaterThan(0);

  const own = await wordyDatabase();
  const newest = join(data, "backups", backups[0]?.name ?? "");
  const { code, stdout } = await runCommand(["restore", newest], { DATABASE_URL: own.url });
  expect(code).toBe(0);
  const { content } = await checkBackup(newest);
  expect(stdout).toContain(`content ${content}: read again, row for row what the backup holds`);
  expect(stdout.match(/^holds {4}panel .*\(demonstration\)/gm)).toHaveLength(2);
  const back = join(data, "back.sql.gz");
  expect((await runCommand(["backup", back], { DATABASE_URL: own.url })).code).toBe(0);
  const again = await runCommand(["restore", back, "--replace"], { DATA_DIR: data });
  expect(again).toMatchObject({ code: 0, stderr: "" });
  expect(again.stdout.match(/^lost: /gm)).toBeNull();
  await own.drop();
  rmSync(data, { recursive: true, force: true });
});
