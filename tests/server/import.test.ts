import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { writeBackup } from "#db/backup/write-backup.ts";
import { projectRoot } from "#db/project-root.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { hashOf } from "#server/hash.ts";
import { findFacilitator } from "#server/membership.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { verifyBundle } from "#server/reports/verify-bundle.ts";
import { type Outcome, runCommand } from "#tests/support/command.ts";
import { aPanel, done, draftPanel, give, move, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import { type Person, person, personWith } from "#tests/support/people.ts";
import { bareDatabase, type FreshDatabase, freshDatabase } from "#tests/support/postgres.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { onDatabase } from "#tests/support/tables.ts";

// biome-ignore lint/suspicious/noExplicitAny: the test looks into bundles of every shape, sound or not
type Json = any;

const modes = [
  { mode: "named", protocol: "staff-team", values: [-2, 0, 2, 1] },
  { mode: "pseudonymous", protocol: { preset: "rand-ucla", minScores: 3 }, values: [2, 5, 9, 9] },
  { mode: "anonymous", protocol: "delphi", values: [2, 5, 9, 9, 8, 8] },
] as const;
type Mode = (typeof modes)[number];
const [first, second] = twoCells as [(typeof twoCells)[number], (typeof twoCells)[number]];

let folder: string;
let source: TestServer;
let target: FreshDatabase;
const panels = new Map<string, TestPanel>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "concord-import-"));
  source = await startServer();
  for (const one of modes) panels.set(one.mode, await twoRounds(one));
}, 120_000);
afterAll(async () => {
  await source.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  target = await freshDatabase();
});
afterEach(() => target.drop());

/**
 * Two closed rounds. In the first one is recused from the second cell, most abstain there, so that it has too few scores,
 * somebody answers half and never submits; one of the others leaves after it.
 */
async function twoRounds({ protocol, values }: Mode): Promise<TestPanel> {
  const panel = await aPanel(source, { protocol, reviewers: values.length + 1, observers: 1 });
  if (protocol !== "delphi") await givePoints(panel);
  await firstRound(panel, values);
  await move(panel, "discussion");
  await move(panel, "closed");
  const gone = nth(panel, values.length - 1);
  done(await panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${gone.memberId}`), 204);
  await move(panel, "next-round", { cells: twoCells });
  for (const [index, reviewer] of panel.reviewers.entries()) {
    if (index === values.length - 1) continue;
    const reason = { changeReason: { code: "new-argument", note: "Said in the meeting." } };
    await give(panel, reviewer, { ...first, value: values[0] ?? 0, rationale: `Again ${index}.`, ...reason });
    // A recusal carries into the next round by itself.
    const version = index === 0 ? 1 : 0;
    await give(panel, reviewer, {
      ...second,
      value: values[1] ?? 0,
      rationale: "So be it.",
      ...reason,
      ...{ version },
    });
    done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  }
  await move(panel, "discussion");
  await move(panel, "closed");
  return panel;
}

/** Everyone says how much each criterion matters, the one who never submits too. */
async function givePoints(panel: TestPanel): Promise<void> {
  for (const [index, reviewer] of panel.reviewers.entries()) {
    const body = { points: { I1: 100, I2: 10 * index }, version: 0 };
    done(await reviewer.call("PUT", `/panels/${panel.panelId}/points`, body), 200);
  }
}

async function firstRound(panel: TestPanel, values: readonly number[]): Promise<void> {
  for (const [index, reviewer] of panel.reviewers.entries()) {
    if (index === values.length) {
      await give(panel, reviewer, { ...first, value: values[0] ?? 0, rationale: "NEVER-SUBMITTED" });
      continue;
    }
    await give(panel, reviewer, { ...second, ...answerToSecond(panel, index, values[index] ?? 0) });
    await submit(panel, reviewer, values[index] ?? 0, [first]);
  }
}

/** Only two score it, or in the large panel as many: too few in every mode but the named one. */
function answerToSecond(panel: TestPanel, index: number, value: number) {
  if (index === 0) return { nonScore: "recused", rationale: "MY-COUSIN" };
  if (index === 1) return { nonScore: "abstain" };
  return panel.reviewers.length > 5 && index < 4 ? { nonScore: "cannot-judge" } : { value };
}

function nth(panel: TestPanel, index: number) {
  const reviewer = panel.reviewers[index];
  if (!reviewer) throw new Error(`no reviewer ${index}`);
  return reviewer;
}

function panelOf(mode: string): TestPanel {
  const panel = panels.get(mode);
  if (!panel) throw new Error(`no panel ${mode}`);
  return panel;
}

async function bundleFor(panel: TestPanel, who: Person): Promise<Json> {
  return done(await who.call("GET", `/panels/${panel.panelId}/export?format=json`), 200);
}

function file(bundle: Json): string {
  const path = join(folder, "bundle.json");
  writeFileSync(path, JSON.stringify(bundle));
  return path;
}

function importInto(url: string, bundle: Json, email: string): Promise<Outcome> {
  return runCommand(["import", file(bundle), "--facilitator", email], {
    DATABASE_URL: url,
    DATA_DIR: join(folder, "data"),
  });
}

function resealed(bundle: Json): Json {
  const { contentHash: _old, ...content } = bundle;
  return { ...content, contentHash: hashOf(content) };
}

/** All that may differ between two exports of the same panel. */
function withoutMoment({ exportedAt: _at, contentHash: _hash, ...bundle }: Json): Json {
  return bundle;
}

async function served<Result>(work: (server: TestServer) => Promise<Result>): Promise<Result> {
  const server = await startServer({ databaseUrl: target.url });
  return work(server).finally(() => server.stop());
}

/** The same person on the other installation, by the member they are in this panel. */
async function asMember(server: TestServer, panelId: string, memberId: string): Promise<Person> {
  const [row] = await onDatabase(
    target.url,
    (sql) => sql<{ user_id: string; email: string; name: string }[]>`
      select user_id, email, name from member join app_user using (user_id)
      where panel_id = ${panelId} and member_id = ${memberId}`,
  );
  const { user_id: userId, email, name } = row ?? { user_id: "", email: "", name: "" };
  const { sessionId } = await server.app.accounts.openSession(userId);
  return personWith(server, { userId, email, name, token: sessionId });
}

async function facilitatorIn(bundle: Json): Promise<string> {
  return bundle.members.find(({ role }: { role: string }) => role === "facilitator").memberId;
}

describe.each(modes)("a $mode panel with two closed rounds", { timeout: 60_000 }, ({ mode }) => {
  test("is the same panel elsewhere: its facilitator takes home the same bundle", async () => {
    const panel = panelOf(mode);
    const bundle = await bundleFor(panel, panel.facilitator);
    const { code, stdout, stderr } = await importInto(target.url, bundle, panel.facilitator.email);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`/panels/${panel.panelId}\n`);
    await served(async (server) => {
      const facilitator = await asMember(server, panel.panelId, await facilitatorIn(bundle));
      const again = await bundleFor(panel, facilitator);
      expect(withoutMoment(again)).toEqual(withoutMoment(bundle));
      expect(verifyBundle(again).filter(({ outcome }) => outcome !== "holds")).toEqual([]);
    });
    // None of what came along is equal because there was none of it.
    const { points, openings, cellKeys, checkpoints } = bundle;
    expect({ points: points.length, openings: openings.length > 0 }).toEqual(
      mode === "anonymous" ? { points: 0, openings: false } : { points: 4, openings: true },
    );
    expect([cellKeys.length, checkpoints.length]).toEqual([4, 6]);
  });

  test("shows the same figures over several cells there, second looks too", async () => {
    const panel = panelOf(mode);
    const path = `/panels/${panel.panelId}/consensus`;
    const bundle = await bundleFor(panel, panel.facilitator);
    await importInto(target.url, bundle, panel.facilitator.email);
    const wanted = done(await panel.facilitator.call("GET", path), 200);
    expect({ robustness: wanted.robustness, pending: wanted.pending }).toEqual({
      robustness: expect.any(Object),
      pending: null,
    });
    expect(wanted.secondLooks.length).toBe(mode === "anonymous" ? 0 : 4);
    const stored = await onDatabase(target.url, (sql) => sql`select round from round_figures order by 1`);
    expect(stored.map(({ round }) => round)).toEqual([1, 2]);
    await served(async (server) => {
      const facilitator = await asMember(server, panel.panelId, await facilitatorIn(bundle));
      expect(done(await facilitator.call("GET", path), 200)).toEqual(wanted);
    });
  });

  test("has the same consensus there, in both rounds, and rebuilding it finds nothing", async () => {
    const panel = panelOf(mode);
    await importInto(target.url, await bundleFor(panel, panel.facilitator), panel.facilitator.email);
    const figures = (url: string) =>
      onDatabase(
        url,
        (sql) => sql`
          select round, policy_id, criterion_id, eligible, n, cannot_judge, abstain, recused, absent, verdict, direction, rule,
            case when verdict <> 'too-few' then (counts, median, iqr, disagreement)::text end as figures
          from consensus where panel_id = ${panel.panelId} order by round, position`,
      ).then((rows) => [...rows]);
    const wanted = await figures(source.databaseUrl);
    expect(wanted.map(({ verdict }) => verdict)).toContain(mode === "named" ? "contested" : "too-few");
    expect(await figures(target.url)).toEqual(wanted);
    await served(async (server) => expect((await rebuildConsensus(server.app, null)).differences).toEqual([]));
  });

  test("goes on there: another round is opened, scored and closed", async () => {
    const panel = panelOf(mode);
    const bundle = await bundleFor(panel, panel.facilitator);
    if (bundle.protocol.maxRounds < 3) return expect(bundle.protocol.maxRounds).toBe(2);
    await importInto(target.url, bundle, panel.facilitator.email);
    return served(async (server) => {
      const facilitator = await asMember(server, panel.panelId, await facilitatorIn(bundle));
      const there = { ...panel, facilitator };
      await move(there, "next-round", { cells: [first] });
      const present = bundle.members.filter(({ role }: { role: string }) => role === "reviewer");
      for (const { memberId } of present) {
        const reviewer = await asMember(server, panel.panelId, memberId);
        await give(there, reviewer, { ...first, value: 7 });
        done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
      }
      await move(there, "discussion");
      await move(there, "closed");
      const later = await bundleFor(there, facilitator);
      expect(later.rounds).toHaveLength(3);
      expect(verifyBundle(later).filter(({ outcome }) => outcome !== "holds")).toEqual([]);
      expect((await rebuildConsensus(server.app, null)).differences).toEqual([]);
    });
  });
});

describe("who sits where", { timeout: 60_000 }, () => {
  test("an account that is here already takes the facilitator's seat, and the record keeps its names", async () => {
    const panel = panelOf("named");
    const bundle = await bundleFor(panel, panel.facilitator);
    await served(async (server) => {
      const other = await person(server, "Olive Otherwise");
      const { code, stdout } = await importInto(target.url, bundle, other.email);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining(`${other.email} has the seat of Fay`),
      });
      expect(withoutMoment(await bundleFor(panel, other))).toEqual(withoutMoment(bundle));
    });
  });

  test("known addresses keep their accounts; the others' open when an administrator sets a password", async () => {
    const panel = panelOf("named");
    const bundle = await bundleFor(panel, panel.facilitator);
    await served(async (server) => {
      const pool = server.app.database.pool;
      await pool.run`
        insert into app_user (user_id, email, name) values (${nth(panel, 1).userId}, ${nth(panel, 1).email}, 'Renamed Since')`;
      const { stdout } = await importInto(target.url, bundle, panel.facilitator.email);
      expect(stdout).toContain(nth(panel, 0).email);
      expect(stdout).not.toContain(nth(panel, 1).email);
      const known = await asMember(server, panel.panelId, nth(panel, 1).memberId);
      expect(known.name).toBe("Renamed Since");
      const facilitator = await asMember(server, panel.panelId, await facilitatorIn(bundle));
      expect(withoutMoment(await bundleFor(panel, facilitator))).toEqual(withoutMoment(bundle));
      const enter = { email: nth(panel, 0).email, password: "any password at all" };
      const nobody = personWith(server, { ...known, token: "nobody" });
      expect((await nobody.call("POST", "/session", enter)).status).toBe(401);
    });
  });

  test("a reviewer's and an observer's bundle of a named panel come back too, with people nobody can enter as", async () => {
    const panel = panelOf("named");
    for (const who of [nth(panel, 0), panel.observers[0]!]) {
      const bundle = await bundleFor(panel, who);
      expect(JSON.stringify(bundle)).not.toContain("@example.org");
      const fresh = await freshDatabase();
      expect(await importInto(fresh.url, bundle, "fay@example.org")).toMatchObject({ code: 0 });
      const people = await onDatabase(
        fresh.url,
        (sql) => sql`select email, is_placeholder from app_user order by 2, 1`,
      );
      await fresh.drop();
      expect(people.filter((row) => !row.is_placeholder).map((row) => row.email)).toEqual(["fay@example.org"]);
    }
  });

  test("an anonymous panel's scores belong to nobody, and no row of one person comes about", async () => {
    const panel = panelOf("anonymous");
    await importInto(target.url, await bundleFor(panel, nth(panel, 0)), "fay@example.org");
    const rows = await onDatabase(
      target.url,
      (sql) => sql`
        select s.round, s.member_id, m.left_at, u.is_placeholder from score s
        join member m using (panel_id, member_id) join app_user u using (user_id)`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => row.left_at === null || !row.is_placeholder)).toEqual([]);
    const listed = await onDatabase(
      target.url,
      (sql) => sql`select 1 from score s join review using (panel_id, round, member_id)
      where member_id = any(${`{${panel.reviewers.map(({ memberId }) => memberId).join(",")}}`}::uuid[])`,
    );
    expect([...listed]).toEqual([]);
  });
});

test("a zip is read for the bundle in it, by `import` and by `verify`", async () => {
  const panel = panelOf("named");
  const zip = join(folder, "panel.zip");
  const exporting = ["export", panel.panelId, "--format", "zip", "--out", zip];
  expect(await runCommand(exporting, { DATABASE_URL: source.databaseUrl })).toMatchObject({ code: 0 });
  expect(await runCommand(["verify", zip])).toMatchObject({ code: 0, stderr: "" });
  const importing = ["import", zip, "--facilitator", panel.facilitator.email];
  const { code, stdout } = await runCommand(importing, { DATABASE_URL: target.url });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining("A bundle holds no passwords, second steps, sessions, drafts, receipts"),
  });
  writeFileSync(zip, Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(40)]));
  expect(await runCommand(["verify", zip])).toMatchObject({ code: 2, stderr: expect.stringMatching(/zip/) });
});

test("a bundle from before points, commitments and checkpoints comes back as one of today", async () => {
  const before = join(projectRoot(), "tests/support/backups/at-0002.sql.gz");
  const old = await bareDatabase();
  expect((await runCommand(["restore", before], { DATABASE_URL: old.url })).code).toBe(0);
  const out = join(folder, "old.json");
  const [row] = await onDatabase(old.url, (sql) => sql`select panel_id as id from panel where phase = 'closed'`);
  await runCommand(["export", row?.id, "--format", "json", "--out", out], { DATABASE_URL: old.url });
  await old.drop();
  const { points, openings, cellKeys, checkpoints, ...bundle } = JSON.parse(readFileSync(out, "utf8"));
  expect({ points, openings, cellKeys }).toEqual({ points: [], openings: [], cellKeys: [] });
  const asThen = resealed({ ...bundle, method: { ...bundle.method, version: "1" } });
  expect(await importInto(target.url, asThen, "fay@example.org")).toMatchObject({ code: 0, stderr: "" });
  await served(async (server) => {
    const facilitator = await findFacilitator(server.app, row?.id);
    const again: Json = await readBundle(server.app, facilitator!);
    expect({ checkpoints: again.checkpoints, method: again.method.version }).toEqual({ checkpoints, method: "2" });
    expect(verifyBundle(again).filter(({ outcome }) => outcome === "differs")).toEqual([]);
  });
});

/** Numbers below 1 that look like chance and are the same each time. */
function chance(seed: number): () => number {
  let state = seed * 104_729_221;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A panel with whatever can happen in it: some score too few cells, some never submit, are recused, reopened or removed. */
async function someHistory(seed: number): Promise<TestPanel> {
  const next = chance(seed);
  const upTo = (most: number) => Math.floor(next() * most);
  const { protocol } = modes[upTo(3)] ?? modes[0];
  const panel = await aPanel(source, {
    protocol,
    reviewers: 4 + upTo(4),
    observers: 1,
    facilitatorScores: next() < 0.3,
  });
  const path = `/panels/${panel.panelId}`;
  let present = [...panel.reviewers];
  for (let round = 1; round <= 2; round += 1) {
    for (const reviewer of present) {
      if (next() < 0.2) continue;
      for (const cell of twoCells) {
        const sheet = done(await reviewer.call("GET", `${path}/scores`), 200);
        const known = sheet.scores.find((one: Json) => one.criterionId === cell.criterionId);
        const nonScore = ["recused", "abstain", "cannot-judge"][upTo(9)];
        const answer = nonScore === undefined ? { value: upTo(3) } : { nonScore };
        const body = {
          ...answer,
          rationale: `Of ${seed}.`,
          changeReason: { code: "misread" },
          version: known?.version ?? 0,
        };
        const given = protocol === "staff-team" || nonScore ? body : { ...body, value: 1 + upTo(9) };
        done(await reviewer.call("PUT", `${path}/scores/${cell.policyId}/${cell.criterionId}`, given), 200);
        if (next() < 0.1) break;
      }
      await reviewer.call("POST", `${path}/submission`, {});
    }
    await move(panel, "discussion", { reason: "Time is up." });
    await move(panel, "closed", { reason: "Time is up." });
    if (round === 2) break;
    if (next() < 0.5) {
      const [gone, ...rest] = present;
      done(await panel.facilitator.call("DELETE", `${path}/members/${gone?.memberId}`), 204);
      present = rest;
    }
    await move(panel, "next-round", { cells: twoCells });
  }
  return panel;
}

test.each([1, 2, 3, 4, 5])(
  "whatever happened in it, a panel comes back the same: history %i",
  { timeout: 90_000 },
  async (seed) => {
    const panel = await someHistory(seed);
    const bundle = await bundleFor(panel, panel.facilitator);
    expect(await importInto(target.url, bundle, panel.facilitator.email)).toMatchObject({ code: 0, stderr: "" });
    await served(async (server) => {
      const facilitator = await asMember(server, panel.panelId, await facilitatorIn(bundle));
      const again = await bundleFor(panel, facilitator);
      expect(withoutMoment(again)).toEqual(withoutMoment(bundle));
      expect(verifyBundle(again).filter(({ outcome }) => outcome === "differs")).toEqual([]);
      expect((await rebuildConsensus(server.app, null)).differences).toEqual([]);
    });
  },
);

describe("a panel that is not at its end", { timeout: 60_000 }, () => {
  test("comes back from its draft, and from the discussion of a named and an anonymous round", async () => {
    const draft = { ...(await draftPanel(source, {})), reviewers: [], observers: [] };
    const open: TestPanel[] = [draft];
    for (const { protocol, values } of [modes[0], modes[2]]) {
      const panel = await aPanel(source, { protocol, reviewers: values.length });
      for (const [index, reviewer] of panel.reviewers.entries()) await submit(panel, reviewer, values[index] ?? 0);
      await move(panel, "discussion");
      open.push(panel);
    }
    for (const panel of open) {
      const bundle = await bundleFor(panel, panel.facilitator);
      expect(await importInto(target.url, bundle, panel.facilitator.email)).toMatchObject({ code: 0, stderr: "" });
      await served(async (server) => {
        const facilitator = await asMember(server, panel.panelId, await facilitatorIn(bundle));
        expect(withoutMoment(await bundleFor(panel, facilitator))).toEqual(withoutMoment(bundle));
      });
    }
  });
});

describe("an import is refused, in one sentence and with nothing changed,", { timeout: 60_000 }, () => {
  async function expectRefused(bundle: Json, email: string, refusal: { code: number; sentence: string | RegExp }) {
    const before = (await writeBackup(target.url, join(folder, "state.gz"))).content;
    const { code, stdout, stderr } = await importInto(target.url, bundle, email);
    expect({ code, stdout, stderr }).toEqual({
      code: refusal.code,
      stdout: "",
      stderr: expect.stringMatching(refusal.sentence),
    });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect((await writeBackup(target.url, join(folder, "state.gz"))).content).toBe(before);
  }

  test("where the panel is there already", async () => {
    const panel = panelOf("named");
    const bundle = await bundleFor(panel, panel.facilitator);
    expect((await importInto(target.url, bundle, "fay@example.org")).code).toBe(0);
    await expectRefused(bundle, "fay@example.org", {
      code: 2,
      sentence: `There is a panel ${panel.panelId} here already`,
    });
  });

  test("of what `verify` refuses, and of what it does not know", async () => {
    const panel = panelOf("named");
    const bundle = await bundleFor(panel, panel.facilitator);
    const changed = structuredClone(bundle);
    changed.scores[0].value = changed.scores[0].value === 2 ? 1 : 2;
    const email = panel.facilitator.email;
    await expectRefused(changed, email, { code: 1, sentence: "does not hold, so nothing was imported: content hash" });
    await expectRefused(resealed(changed), email, { code: 1, sentence: "nothing was imported: round 1, answers" });
    await expectRefused(resealed({ ...bundle, threads: [] }), email, {
      code: 1,
      sentence: "nothing was imported: format",
    });
    await expectRefused({ format: "concord-template/1" }, email, { code: 2, sentence: "is not a bundle" });
    await expectRefused(bundle, "nobody", { code: 2, sentence: "nobody is no e-mail address" });
  });

  test("of a bundle that holds and says more than this Concord keeps", async () => {
    const panel = panelOf("named");
    const bundle = await bundleFor(panel, panel.facilitator);
    const filled = structuredClone(bundle);
    filled.ownSheet = { round: 2, memberId: nth(panel, 0).memberId, state: "submitted", scores: [] };
    await expectRefused(resealed(filled), panel.facilitator.email, {
      code: 2,
      sentence: /^This Concord cannot keep everything this bundle holds \(ownSheet\), so it was not imported\.\n$/,
    });
  });

  test("for the address of a member who is no facilitator", async () => {
    const panel = panelOf("named");
    const bundle = await bundleFor(panel, panel.facilitator);
    await expectRefused(bundle, nth(panel, 0).email, { code: 2, sentence: "a reviewer of this panel. Name somebody" });
  });

  test("from the middle of a round, or without the texts or the codes of an earlier one", async () => {
    const scoring = await aPanel(source, { reviewers: 1 });
    const open = await bundleFor(scoring, scoring.facilitator);
    await expectRefused(open, "fay@example.org", {
      code: 2,
      sentence: "taken while a round is being scored leaves out",
    });
    const anonymous = panelOf("anonymous");
    const observed = await bundleFor(anonymous, anonymous.observers[0]!);
    await expectRefused(observed, "fay@example.org", { code: 2, sentence: "leaves the texts out" });
    const pseudonymous = panelOf("pseudonymous");
    const coded = await bundleFor(pseudonymous, nth(pseudonymous, 0));
    await expectRefused(coded, "fay@example.org", { code: 2, sentence: "does not tell whose code is whose" });
  });

  test("of a file that is not there", async () => {
    const words = ["import", join(folder, "nowhere.json"), "--facilitator", "fay@example.org"];
    const { code, stderr } = await runCommand(words, { DATABASE_URL: target.url });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("cannot be read") });
  });
});
