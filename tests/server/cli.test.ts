import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmbedded } from "#db/embedded/start.ts";
import { projectRoot } from "#db/project-root.ts";
import { type Outcome, runCommand } from "#tests/support/command.ts";
import { aPanel, move, submit, type TestPanel } from "#tests/support/panels.ts";
import { bareDatabase, freshDatabase } from "#tests/support/postgres.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let panel: TestPanel;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "concord-cli-"));
  server = await startServer();
  panel = await aPanel(server, { reviewers: 3 });
  for (const [index, reviewer] of panel.reviewers.entries()) await submit(panel, reviewer, index);
  await move(panel, "discussion");
  await move(panel, "closed");
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One command, on this test's database unless told otherwise. */
function concord(words: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  return runCommand(words, { DATABASE_URL: server.databaseUrl, DATA_DIR: join(folder, "data"), ...environment });
}

/** npm as somebody calls it in the tests' folder. */
function npm(words: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile("npm", words, { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

/** The same as a process of its own. */
function concordProcess(words: readonly string[], environment: Record<string, string>): Promise<Outcome> {
  const root = projectRoot();
  const argv = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "server/cli/main.ts"), ...words];
  const env = { NODE_ENV: "production" as const, PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

function file(name: string, text?: string): string {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

describe("verify", () => {
  let bundle: string;
  beforeAll(async () => {
    bundle = file("panel.json");
    const { code, stdout } = await concord(["export", panel.panelId, "--format", "json", "--out", bundle]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Wrote ${bundle}.\n` });
  });

  test("prints each check and the last head of a bundle that holds, without any database", async () => {
    const { code, stdout, stderr } = await concord(["verify", bundle], { DATABASE_URL: "postgres://127.0.0.1:1/none" });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const { audit } = JSON.parse(readFileSync(bundle, "utf8"));
    expect(stdout.split("\n").filter((line) => line.startsWith("holds"))).toHaveLength(22);
    expect(stdout).toContain(audit.batches.at(-1).head);
  });

  test("names the first thing that differs, and exits 1", async () => {
    const changed = JSON.parse(readFileSync(bundle, "utf8"));
    changed.scores[0].value = -2;
    const { code, stderr } = await concord(["verify", file("changed.json", JSON.stringify(changed))]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${join(folder, "changed.json")} does not hold: content hash: something in the file was changed after it was exported.\n`,
    });
  });

  test.each([
    ["no JSON at all", "{"],
    ["JSON of another kind", '{"format":"concord-template/1"}'],
  ])("refuses %s in one sentence, and exits 2", async (_kind, text) => {
    const { code, stdout, stderr } = await concord(["verify", file("other.json", text)]);
    expect({ code, stdout, lines: stderr.trim().split("\n").length }).toEqual({ code: 2, stdout: "", lines: 1 });
  });

  test("refuses a file that is not there", async () => {
    const { code, stderr } = await concord(["verify", file("nowhere.json")]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${join(folder, "nowhere.json")} cannot be read.\n` });
  });
});

describe("export", () => {
  test("writes the table and its dictionary, for their owner's eyes only", async () => {
    const [out, dictionary] = [file("scores.csv"), file("dictionary.csv")];
    const { code } = await concord([
      "export",
      panel.panelId,
      "--format",
      "csv",
      "--out",
      out,
      "--dictionary",
      dictionary,
    ]);
    expect(code).toBe(0);
    const [header = "", ...rows] = readFileSync(out, "utf8").trimEnd().split("\r\n");
    expect(rows).toHaveLength(6);
    const explained = readFileSync(dictionary, "utf8")
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(explained).toEqual(header.split(","));
    expect(statSync(out).mode & 0o077).toBe(0);
  });

  test("refuses an unknown panel, an unknown format and a missing file name", async () => {
    const unknown = "00000000-0000-4000-8000-000000000000";
    const { code, stderr } = await concord(["export", unknown, "--format", "json", "--out", file("x.json")]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `No panel ${unknown} with a facilitator was found.\n` });
    expect((await concord(["export", panel.panelId, "--format", "docx", "--out", file("x")])).code).toBe(2);
    expect((await concord(["export", panel.panelId, "--format", "json"])).code).toBe(2);
  });
});

describe("rebuild", () => {
  test("finds the stored consensus as the scores say", async () => {
    const { code, stdout } = await concord(["rebuild", panel.panelId]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "2 cells recomputed; all were as stored.\n" });
  });

  test("lists what differed, exits 1, and has mended it", async () => {
    await server.app.database.write((db) =>
      db.execute(`update consensus set n = 7 where panel_id = '${panel.panelId}' and criterion_id = 'I1'`),
    );
    const first = await concord(["rebuild"]);
    expect(first).toEqual({
      code: 1,
      stdout: `panel ${panel.panelId}, round 1, cell P1-I1: differed, now mended\n`,
      stderr: "1 of 2 cells differed from what their scores say.\n",
    });
    expect((await concord(["rebuild"])).code).toBe(0);
  });

  test("refuses a panel that does not exist", async () => {
    expect(await concord(["rebuild", "P1"])).toEqual({ code: 2, stdout: "", stderr: "No panel P1 was found.\n" });
  });
});

test("migrate brings an empty database forward, once", async () => {
  const database = await bareDatabase();
  const first = await concord(["migrate"], { DATABASE_URL: database.url });
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^applied 0000_initial\.sql\n[\s\S]*The database is up to date\.\n$/),
  });
  expect(await concord(["migrate"], { DATABASE_URL: database.url })).toMatchObject({
    code: 0,
    stdout: "The database is up to date.\n",
  });
  await database.drop();
});

describe("doctor", () => {
  test("finds a sound installation sound, and says what to know of it", async () => {
    const { code, stdout } = await concord(["doctor"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ok +database: PostgreSQL \d/);
    expect(stdout).toMatch(/ok +migrations: all applied/);
    expect(stdout).toMatch(/warning +mail: SMTP_URL is not set/);
  });

  test("names what is missing and exits 1", async () => {
    const { code, stdout, stderr } = await concord(["doctor"], { DATABASE_URL: "postgres://127.0.0.1:1/none" });
    expect(code).toBe(1);
    expect(stdout).toMatch(/fault +database: The database cannot be reached now/);
    expect(stderr).toBe("1 thing keeps Concord from working here.\n");
  });
});

test("demo loads the panel of invented data and tells its address", async () => {
  const database = await freshDatabase();
  const { code, stdout } = await concord(["demo", "--stop", "discussion"], { DATABASE_URL: database.url });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/panels\/[0-9a-f-]{36}\n$/),
  });
  await database.drop();
});

test("openapi prints the document that the server serves", async () => {
  const { code, stdout } = await concord(["openapi"]);
  const served = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(served);
});

describe("usage", () => {
  test.each([
    [["--help"]],
    [["verify", "--help"]],
    [["export", "--help"]],
    [["rebuild", "--help"]],
    [["migrate", "--help"]],
    [["doctor", "--help"]],
    [["openapi", "--help"]],
    [["demo", "--help"]],
    [["bench", "--help"]],
  ])("%j explains and exits 0", async (args) => {
    const { code, stdout } = await concord(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: concord/);
  });

  test.each([[["unknown"]], [["verify"]], [["demo", "--stop", "nowhere"]]])(
    "%j is refused on stderr with exit 2",
    async (args) => {
      const { code, stdout, stderr } = await concord(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr.trim().split("\n")).toHaveLength(1);
    },
  );

  test("settings that cannot be used are named", async () => {
    const { code, stderr } = await concord(["migrate"], { PORT: "many" });
    expect(code).toBe(2);
    expect(stderr).toContain("PORT");
  });
});

describe("as a process", { timeout: 120_000 }, () => {
  test("it answers on stdout, complains on stderr, and ends by itself with the code", async () => {
    const environment = { DATABASE_URL: server.databaseUrl };
    expect(await concordProcess(["rebuild", panel.panelId], environment)).toMatchObject({
      code: 0,
      stdout: "2 cells recomputed; all were as stored.\n",
    });
    const refused = await concordProcess(["verify", file("nowhere.json")], environment);
    expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("cannot be read.\n") });
  });

  test("by npm from any folder it names files as its caller does", async () => {
    const file = "cases.json";
    writeFileSync(join(folder, file), '[{"id": "a", "measure": "cell-summary", "input": {}}]');
    const words = ["--prefix", projectRoot(), "run", "--silent", "concord", "--", "measure"];
    const measured = await npm([...words, file]);
    expect(measured.stderr).toMatch(/^cases\.json: case a: /m);
    expect((await npm([...words, "elsewhere.json"])).stderr).toMatch(/^elsewhere\.json cannot be read/m);
  });

  test("on the embedded database it starts the cluster for its own time", async () => {
    const data = quickFolder("concord-cli-data-");
    const { code, stdout, stderr } = await concordProcess(["demo", "--stop", "scoring"], { DATA_DIR: data });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: expect.stringMatching(/\/panels\/[0-9a-f-]{36}\n$/) });
    const again = await startEmbedded(data);
    expect(again.adopted).toBe(false);
    await again.stop();
    rmSync(data, { recursive: true, force: true });
  });
});
