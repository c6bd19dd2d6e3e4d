import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkBackup } from "#db/backup/read-backup.ts";
import { writeBackup } from "#db/backup/write-backup.ts";
import { openDoors } from "#db/open-doors.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { readConfig } from "#server/config.ts";
import { sha256 } from "#server/hash.ts";
import { openStore } from "#server/open-store.ts";
import { type Outcome, runCommand, spawnCommand } from "#tests/support/command.ts";
import { aPanel, done, give, move, submit, type TestPanel } from "#tests/support/panels.ts";
import { type Person, personWith } from "#tests/support/people.ts";
import { bareDatabase, type FreshDatabase, wordyDatabase } from "#tests/support/postgres.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { onDatabase, rowsOf, untilAlone, untilWaiting } from "#tests/support/tables.ts";

const strange = 'Tab\tand line\nand "quote", {brace}, \\N, \\. and \\\\, é 漢 🙂';
/** What a restore adds a line, a version, an end or a new date to; everything else stays row for row what it was. */
const goesOn = ["audit_batch", "audit_event", "audit_link", "installation", "invitation", "panel", "round_figures"];
/** What is in no backup. */
const forgotten = [
  "attempt",
  "known_device",
  "outbox_mail",
  "password_reset",
  "personal_token",
  "session",
  "sign_in_step",
];
/** Of this world nothing stands in them: what imports keep back, and what waits for the aggregation. */
const empty = ["pending_act", "pending_cell", "withheld_cell"];
const versionStep = 1_000_000_000;

let folder: string;
let source: TestServer;
let named: TestPanel;
let scoring: TestPanel;
let target: FreshDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "concord-backup-"));
  source = await startServer();
  named = await aPanel(source, { reviewers: 3, observers: 1 });
  const points = { points: { I1: 100, I2: 40 }, version: 0 };
  done(await nth(named, 0).call("PUT", `/panels/${named.panelId}/points`, points), 200);
  await hold(named, [-2, 0, 2]);
  await hold(await aPanel(source, { protocol: { preset: "rand-ucla", minScores: 3 }, reviewers: 3 }), [1, 5, 9]);
  await hold(await aPanel(source, { protocol: "delphi", reviewers: 5 }), [2, 5, 9, 9, 8]);
  scoring = await aPanel(source, { reviewers: 2 });
  await give(scoring, nth(scoring, 0), { policyId: "P1", criterionId: "I1", value: 1, rationale: strange });
  await submit(scoring, nth(scoring, 1), -1);
  await source.app.aggregation.drain();
  await leaveTraces(nth(named, 0).userId);
}, 120_000);
afterAll(async () => {
  await source.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  target = await bareDatabase();
});
afterEach(() => target.drop());

function nth(panel: TestPanel, index: number) {
  const reviewer = panel.reviewers[index];
  if (!reviewer) throw new Error(`no reviewer ${index}`);
  return reviewer;
}

/** What signing in and repeated requests leave behind, put there by hand: only whether it is kept is asked here. */
async function leaveTraces(userId: string): Promise<void> {
  const hash = (text: string) => sha256(`${text} of ${userId}`);
  await onDatabase(source.databaseUrl, async (sql) => {
    await sql`insert into second_factor values (${userId}, decode(repeat('00', 20), 'hex'), 7, now(), now())`;
    await sql`insert into recovery_code values (${userId}, ${hash("code")})`;
    await sql`insert into sign_in_step values (${hash("step")}, ${userId}, null, now() + interval '1 hour')`;
    await sql`insert into password_reset values (${hash("link")}, ${userId}, now() + interval '1 hour')`;
    await sql`insert into known_device values (${userId}, ${hash("device")}, now())`;
    // In the order of a language the small letter comes first, in that of bytes the other one.
    for (const key of ["Bee", "ant"])
      await sql`insert into idempotency values (${userId}, ${key}, ${hash("request")}, null, now())`;
    await sql`insert into personal_token values (gen_random_uuid(), ${userId}, 'old', ${hash("token")}, now(), now())`;
    await sql`insert into attempt (bucket, made_at) values (${hash("bucket")}, now())`;
  });
}

async function hold(panel: TestPanel, values: readonly number[]): Promise<void> {
  for (const [index, reviewer] of panel.reviewers.entries()) await submit(panel, reviewer, values[index] ?? 0);
  await move(panel, "discussion");
  await move(panel, "closed");
}

function concord(url: string, words: readonly string[]): Promise<Outcome> {
  return runCommand(words, { DATABASE_URL: url, DATA_DIR: join(folder, "data") });
}

const file = (name: string) => join(folder, name);

async function backedUp(name: string): Promise<string> {
  await writeBackup(source.databaseUrl, file(name));
  return file(name);
}

/** A server over the restored database, and people as they would come to it. */
async function serveRestored<Result>(work: (server: TestServer) => Promise<Result>): Promise<Result> {
  const server = await startServer({ databaseUrl: target.url });
  return work(server).finally(() => server.stop());
}

async function tablesIn(url: string): Promise<string[]> {
  const rows = await onDatabase(
    url,
    (sql) => sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`,
  );
  return rows.map(({ name }) => name).sort();
}

async function versionsIn(url: string): Promise<Map<string, number>> {
  const rows = await onDatabase(
    url,
    (sql) => sql<{ id: string; version: string }[]>`select panel_id as id, version from panel`,
  );
  return new Map(rows.map(({ id, version }) => [id, Number(version)]));
}

async function chainOf(url: string, panelId: string): Promise<{ lines: string[]; heads: string[] }> {
  return onDatabase(url, async (sql) => {
    const lines = await sql<{ line: string }[]>`
      select line from audit_event join audit_link l on l.panel_id = audit_event.panel_id and l.event_id = id
      where audit_event.panel_id = ${panelId} order by seq`;
    const heads = await sql<
      { head: string }[]
    >`select head from audit_batch where panel_id = ${panelId} order by batch`;
    return { lines: lines.map(({ line }) => line), heads: heads.map(({ head }) => head) };
  });
}

describe("a backup", { timeout: 90_000 }, () => {
  test("is one file for its owner's eyes only, and puts everything back into an empty database", async () => {
    const out = file("whole.sql.gz");
    const written = await concord(source.databaseUrl, ["backup", out]);
    expect(written).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^Wrote .*: 4 panels, 18 people, 25 scores as of /),
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);

    const own = await wordyDatabase();
    const restored = await concord(own.url, ["restore", out]);
    expect(restored.stderr).toBe("");
    expect(restored.code).toBe(0);
    expect(restored.stdout.match(/^holds /gm)).toHaveLength(4);
    const { tables, content } = await checkBackup(out);
    expect([written.stdout, restored.stdout]).toEqual([
      expect.stringContaining(`content ${content}`),
      expect.stringContaining(`content ${content}: read again, row for row what the backup holds`),
    ]);
    const names = tables.map(({ name }) => name);
    expect(tables.filter(({ rows }) => rows === 0).map(({ name }) => name)).toEqual(empty);
    const kept = names.filter((name) => !goesOn.includes(name));
    expect(await rowsOf(own.url, kept)).toEqual(await rowsOf(source.databaseUrl, kept));
    expect([...names, ...forgotten, "schema_migration"].sort()).toEqual(await tablesIn(source.databaseUrl));
    expect(Object.values(await rowsOf(source.databaseUrl, forgotten)).filter((rows) => rows.length === 0)).toEqual([]);
    expect(Object.values(await rowsOf(own.url, forgotten)).flat()).toEqual([]);
    const [row] = await onDatabase(own.url, (sql) => sql`select rationale from score where rationale like 'Tab%'`);
    expect(row?.rationale).toBe(strange);
    await own.drop();
  });

  test("is of one moment, whatever is written while it is being made", async () => {
    const out = file("moment.sql.gz");
    await onDatabase(source.databaseUrl, (sql) =>
      sql
        .begin(async (db) => {
          await db`lock table score_revision in access exclusive mode`;
          const backup = writeBackup(source.databaseUrl, out);
          await onDatabase(source.databaseUrl, (other) => untilWaiting(other, 1));
          // The scores have been read; an act that touches them and their revisions is committed before those are.
          await db`update score set version = version + 1 where panel_id = ${scoring.panelId}`;
          await db`
          insert into score_revision (panel_id, round, member_id, policy_id, criterion_id, version, rationale)
          select panel_id, round, member_id, policy_id, criterion_id, version, rationale from score
          where panel_id = ${scoring.panelId}`;
          return { backup };
        })
        .then(({ backup }) => backup),
    );

    expect((await concord(target.url, ["restore", out])).code).toBe(0);
    const torn = await onDatabase(
      target.url,
      (sql) => sql`
        select s.version, max(r.version) as newest from score s
        join score_revision r using (panel_id, round, member_id, policy_id, criterion_id)
        group by panel_id, round, member_id, policy_id, criterion_id, s.version having s.version <> max(r.version)`,
    );
    expect([...torn]).toEqual([]);
    const [newest] = await onDatabase(
      source.databaseUrl,
      (sql) => sql`select max(version)::int as version from score_revision`,
    );
    expect(newest?.version).toBe(2);
  });

  test("that is killed while it is being made leaves no file of that name", async () => {
    const out = file("killed.sql.gz");
    await onDatabase(source.databaseUrl, (sql) =>
      sql.begin(async (db) => {
        await db`lock table snapshot in access exclusive mode`;
        const { child } = spawnCommand(["backup", out], { DATABASE_URL: source.databaseUrl });
        await onDatabase(source.databaseUrl, (other) => untilWaiting(other, 1));
        child.kill("SIGKILL");
        await once(child, "close");
      }),
    );
    expect(readdirSync(folder).filter((name) => name === "killed.sql.gz")).toEqual([]);
    expect((await concord(source.databaseUrl, ["backup", out])).code).toBe(0);
    expect((await checkBackup(out)).tables.length).toBeGreaterThan(15);
  });

  test("holds no session and no token, and refuses a database without Concord", async () => {
    const [reviewer] = named.reviewers;
    done(await reviewer!.call("POST", "/tokens", { name: "for a script" }), 201);
    const text = gunzipSync(readFileSync(await backedUp("quiet.sql.gz"))).toString("utf8");
    expect(text).toContain(reviewer!.email);
    expect(text).not.toContain(sha256(reviewer!.token));
    expect(text).not.toContain("for a script");
    expect(await concord(target.url, ["backup", file("none.sql.gz")])).toEqual({
      code: 2,
      stdout: "",
      stderr: "There is no Concord in this database yet, so there is nothing to back up.\n",
    });
  });
});

describe("after a restore", { timeout: 90_000 }, () => {
  let out: string;
  beforeEach(async () => {
    out = await backedUp("after.sql.gz");
  });

  test("every session and token has ended, and open invitations too", async () => {
    const member = nth(named, 0);
    const { token } = done(await member.call("POST", "/tokens", { name: "script" }), 201);
    expect((await member.call("GET", "/panels")).status).toBe(200);
    expect((await personWith(source, { ...member, token }).call("GET", "/panels")).status).toBe(200);
    const invited = done(
      await named.facilitator.call("POST", `/panels/${named.panelId}/invitations`, {
        invitations: [{ email: "late@example.org", role: "observer" }],
      }),
      201,
    );
    const invitation: string = invited.invitations[0].invitationToken;
    const accept = { name: "Late Comer", password: "a long enough pass phrase" };
    await writeBackup(source.databaseUrl, out);

    const restored = await concord(target.url, ["restore", out]);
    expect(restored.stdout).toContain("1 open invitations were withdrawn.");
    await serveRestored(async (server) => {
      const statuses = [member.token, token].map(
        async (one) => (await personWith(server, { ...member, token: one }).call("GET", "/panels")).status,
      );
      expect(await Promise.all(statuses)).toEqual([401, 401]);
      const late = personWith(server, { ...member, token: "nobody" });
      expect((await late.call("POST", `/invitations/${invitation}/accept`, accept)).status).toBe(404);
    });
    const late = personWith(source, { ...member, token: "nobody" });
    expect((await late.call("POST", `/invitations/${invitation}/accept`, accept)).status).toBe(200);
  });

  test("versions are higher than any open page has seen, and an old page's step is refused", async () => {
    const before = await versionsIn(source.databaseUrl);
    await concord(target.url, ["restore", out]);
    const after = await versionsIn(target.url);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [panelId, version] of after) expect(version).toBe((before.get(panelId) ?? 0) + versionStep);
    await serveRestored(async (server) => {
      const { sessionId } = await server.app.accounts.openSession(named.facilitator.userId);
      const facilitator = personWith(server, { ...named.facilitator, token: sessionId });
      const step = { to: "next-round", expectedVersion: before.get(named.panelId) };
      expect((await facilitator.call("POST", `/panels/${named.panelId}/transitions`, step)).status).toBe(409);
    });
  });

  test("the chain goes on, and says that it was put back and from where", async () => {
    const before = await chainOf(source.databaseUrl, named.panelId);
    const { createdAt } = await checkBackup(out);
    await concord(target.url, ["restore", out]);
    const after = await chainOf(target.url, named.panelId);
    expect(after.lines.slice(0, -1)).toEqual(before.lines);
    expect(after.heads.slice(0, -1)).toEqual(before.heads);
    expect(JSON.parse(after.lines.at(-1) ?? "")).toMatchObject({
      act: "restored",
      backedUpAt: createdAt,
      by: "the operator",
      seq: before.lines.length,
      head: before.heads.at(-1),
    });
  });

  test("work goes on where it was: drafts, submissions, figures", async () => {
    await concord(target.url, ["restore", out]);
    await serveRestored(async (server) => {
      const again = async (who: Person) =>
        personWith(server, { ...who, token: (await server.app.accounts.openSession(who.userId)).sessionId });
      const writer = await again(nth(scoring, 0));
      const sheet = done(await writer.call("GET", `/panels/${scoring.panelId}/scores`), 200);
      const [{ version }] = sheet.scores;
      const score = { value: 2, rationale: "After.", version };
      done(await writer.call("PUT", `/panels/${scoring.panelId}/scores/P1/I1`, score), 200);
      done(await writer.call("PUT", `/panels/${scoring.panelId}/scores/P1/I2`, { ...score, version: 0 }), 200);
      done(await writer.call("POST", `/panels/${scoring.panelId}/submission`, {}), 200);
      await move({ panelId: scoring.panelId, facilitator: await again(scoring.facilitator) }, "discussion");
      await server.app.aggregation.drain();
      expect((await rebuildConsensus(server.app, null)).differences).toEqual([]);
    });
  });

  test("every column that opens a door has been thought of", async () => {
    const columns = await onDatabase(
      source.databaseUrl,
      (sql) => sql<{ name: string }[]>`
        select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and column_name ~ '(password|token|session|code|step|device)_hash$|(^|_)secret$' order by 1`,
    );
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(openDoors).sort());
  });
});

describe("a restore is refused, in one sentence and with nothing changed,", { timeout: 90_000 }, () => {
  let before: string;
  let held: FreshDatabase;
  beforeAll(async () => {
    held = await bareDatabase();
    await concord(held.url, ["restore", await backedUp("before.sql.gz")]);
  });
  afterAll(() => held.drop());
  beforeEach(async () => {
    before = (await writeBackup(held.url, file("state.sql.gz"))).content;
  });

  async function expectRefused(words: readonly string[], sentence: RegExp | string): Promise<void> {
    const { code, stdout, stderr } = await concord(held.url, ["restore", ...words]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: expect.stringMatching(sentence) });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect((await writeBackup(held.url, file("state.sql.gz"))).content).toBe(before);
  }

  test("over a database that is not empty", async () => {
    await expectRefused([file("before.sql.gz")], /^The database is not empty: it holds 4 panels and 1\d people\./);
  });

  test("of what is no backup, or is not there", async () => {
    writeFileSync(file("other.gz"), gzipSync("-- something else\n"));
    writeFileSync(file("other.txt"), "-- concord-backup/1\n");
    await expectRefused([file("other.gz"), "--replace"], "is not a backup that this Concord can read");
    await expectRefused([file("other.txt"), "--replace"], "is not a backup that this Concord can read");
    await expectRefused([file("nowhere.gz"), "--replace"], "does not exist");
  });

  test("of a file that was cut or damaged anywhere", async () => {
    const whole = readFileSync(file("before.sql.gz"));
    for (const part of [0.1, 0.5, 0.9, 0.999]) {
      const at = Math.floor(whole.length * part);
      writeFileSync(file("cut.gz"), whole.subarray(0, at));
      await expectRefused([file("cut.gz"), "--replace"], /is damaged or was cut|is not a backup/);
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(file("flipped.gz"), flipped);
      await expectRefused([file("flipped.gz"), "--replace"], /is damaged or was cut|is not a backup/);
    }
  });

  test("of a file whose text was changed and packed again", async () => {
    const text = gunzipSync(readFileSync(file("before.sql.gz"))).toString("utf8");
    for (const changed of [
      text.replace("Because.", "Because!"),
      text.split("\n").slice(0, -2).join("\n"),
      `${text}more\n`,
    ]) {
      writeFileSync(file("changed.gz"), gzipSync(changed));
      await expectRefused([file("changed.gz"), "--replace"], "is damaged or was cut");
    }
  });

  /** The same file with other text, whose sums are right again. */
  function forged(change: (text: string) => string): string {
    const lines = change(gunzipSync(readFileSync(file("before.sql.gz"))).toString("utf8")).split("\n");
    const end = lines.findLastIndex((line) => line.startsWith("-- {"));
    const beginning = `${lines.slice(0, end).join("\n")}\n`;
    const said = { ...JSON.parse(lines[end]?.slice(3) ?? ""), sha256: sha256(beginning) };
    writeFileSync(file("forged.gz"), gzipSync(`${beginning}-- ${JSON.stringify(said)}\n`));
    return file("forged.gz");
  }

  test("of a newer Concord's file", async () => {
    const newer = forged((text) =>
      text.replace('"migrations":[', `"migrations":[{"name":"9999_later.sql","sha256":"${"0".repeat(64)}"},`),
    );
    await expectRefused(
      [newer, "--replace"],
      "The backup is newer than this Concord: it holds migration 9999_later.sql",
    );
  });

  test("of rows that the database itself does not take", async () => {
    expect((await concord(held.url, ["restore", forged((text) => text), "--replace"])).code).toBe(0);
    before = (await writeBackup(held.url, file("state.sql.gz"))).content;
    const offScale = forged((text) => text.replace(/^(.*\tP1\tI1\t)-?\d(\t\\N\tBecause\.)/m, "$177$2"));
    await expectRefused([offScale, "--replace"], "is not a level of the scale");
    const unknown = forged((text) => text.replace('copy "idempotency"', 'copy "idempotence"'));
    await expectRefused([unknown, "--replace"], "holds a table idempotence");
  });

  test("while Concord runs on the database", async () => {
    const store = await openStore(readConfig({ DATABASE_URL: held.url, DATA_DIR: folder }));
    await expectRefused([file("before.sql.gz"), "--replace"], "Concord is running on this database. Stop it first");
    await store.stop();
    expect((await concord(held.url, ["restore", file("before.sql.gz"), "--replace"])).code).toBe(0);
  });

  test("when it is killed in the middle", async () => {
    await onDatabase(held.url, (sql) =>
      sql.begin(async (db) => {
        await db`lock table app_user in access share mode`;
        const words = ["restore", file("before.sql.gz"), "--replace"];
        const { child } = spawnCommand(words, { DATABASE_URL: held.url });
        await onDatabase(held.url, (other) => untilWaiting(other, 1));
        child.kill("SIGKILL");
        await once(child, "close");
      }),
    );
    await onDatabase(held.url, untilAlone);
    await expectRefused([file("before.sql.gz")], "The database is not empty");
  });

  test("over the tables of another program, or where somebody's own view leans on ours", async () => {
    await onDatabase(held.url, (sql) => sql`create view of_an_analyst as select * from score_view`);
    await expectRefused([file("before.sql.gz"), "--replace"], "Something that is not Concord's leans on its tables");
    await onDatabase(held.url, (sql) => sql`drop view of_an_analyst`);
    const other = await bareDatabase();
    await onDatabase(other.url, (sql) => sql`create table session (id int)`);
    const { code, stderr } = await concord(other.url, ["restore", file("before.sql.gz"), "--replace"]);
    await other.drop();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("tables of another program (session)"),
    });
  });
});

test("with --replace what was there is gone, and what the backup lacks of it is told", async () => {
  const out = await backedUp("early.sql.gz");
  const { heads } = await chainOf(source.databaseUrl, named.panelId);
  await concord(target.url, ["restore", out]);
  const later = await chainOf(target.url, named.panelId);
  const { code, stdout } = await concord(target.url, ["restore", out, "--replace"]);
  expect(code).toBe(0);
  expect(stdout.match(/^lost: /gm)).toHaveLength(4);
  expect(stdout).toContain(`had come to ${later.lines.length} audit lines with head ${later.heads.at(-1)}`);
  expect((await chainOf(target.url, named.panelId)).heads.slice(0, -1)).toEqual(heads);
  expect(
    (await onDatabase(target.url, (sql) => sql`select 1 from schema_migration where name like '0000%'`)).length,
  ).toBe(1);
});

test("a record that does not hold is restored as it was, and said not to hold", async () => {
  const broken = file("broken.sql.gz");
  await concord(target.url, ["restore", await backedUp("sound.sql.gz")]);
  await onDatabase(target.url, async (sql) => {
    await sql`alter table audit_event disable trigger append_only`;
    await sql`update audit_event set line = replace(line, 'A panel', 'Another panel') where panel_id = ${named.panelId}`;
    await sql`update consensus set n = 2 where panel_id = ${named.panelId} and criterion_id = 'I1'`;
  });
  await concord(target.url, ["backup", broken]);
  const { code, stdout, stderr } = await concord(target.url, ["restore", broken, "--replace"]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "The backup is restored as it was, and 1 of its 4 panels does not hold.\n",
  });
  expect(stdout).toMatch(new RegExp(`^differs  panel ${named.panelId}`, "m"));
  expect(stdout).toContain("audit chain: line 1 is not the text that was sealed");
  expect(stdout).toContain("round 1, P1-I1: what was stored differed from what the scores come to, and was mended");
});
