import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { listMail } from "#db/outbox.ts";
import { runCommand } from "#tests/support/command.ts";
import { isInFiles, type Moment, mayRead, maySeeFigures } from "#tests/support/matrix/allowed.ts";
import { askAll } from "#tests/support/matrix/ask.ts";
import { type Canary, momentOf, type Stand, scoreRoundOne, scoreRoundTwo } from "#tests/support/matrix/canaries.ts";
import { assemble, cells, type Kind, type Subject, takeStep, title } from "#tests/support/matrix/cast.ts";
import { allCells, answeredCells } from "#tests/support/matrix/cells.ts";
import { oddFrames, sayEverything } from "#tests/support/matrix/sockets.ts";
import { aPanel, type TestPanel } from "#tests/support/panels.ts";
import { type Listener, listenIn } from "#tests/support/worlds/frames.ts";
import { builtPages } from "#tests/support/worlds/pages.ts";
import { openWorld, type World } from "#tests/support/worlds/world.ts";

/**
 * Who asks in which kind of panel. Those outside it are told the same whatever it is, so they ask most in one, and there
 * everybody tries what is refused to all; the last three differ from others in the facilitator's view alone.
 */
const kinds: readonly (Kind & { asked: "everybody" | "members" | "facilitators" })[] = [
  { identity: "named", board: "live", facilitatorView: "scores", asked: "everybody" },
  { identity: "named", board: "reveal", facilitatorView: "scores", asked: "members" },
  { identity: "pseudonymous", board: "reveal", facilitatorView: "scores", asked: "members" },
  { identity: "anonymous", board: "reveal", facilitatorView: "progress", asked: "members" },
  { identity: "named", board: "live", facilitatorView: "progress", asked: "facilitators" },
  { identity: "named", board: "reveal", facilitatorView: "progress", asked: "facilitators" },
  { identity: "pseudonymous", board: "reveal", facilitatorView: "progress", asked: "facilitators" },
];

const refused = 'message [{"ok":false,"error":"not_found"}]';

let world: World;
let build: ServerBuild;
let foreign: TestPanel;
const folder = mkdtempSync(join(tmpdir(), "concord-matrix-"));
const asked = { cells: 0, events: 0, files: 0, frames: 0 };

beforeAll(async () => {
  build = await builtPages();
  world = await openWorld({ url: inject("postgresUrl"), templateName: inject("templateName") }, build);
  world.fate.during("matrix");
  foreign = await aPanel(world, { reviewers: 1 });
}, 120_000);
afterAll(async () => {
  const told = Object.entries(asked).map(([name, count]) => `${count} ${name}`);
  process.stdout.write(`matrix: ${told.join(", ")}\n`);
  rmSync(folder, { recursive: true });
  await world.stop();
});

describe.each(kinds)("$identity, $board, facilitator sees $facilitatorView: $asked", ({ asked: who, ...kind }) => {
  let stand: Stand;
  const listeners: Listener[] = [];
  const outside: Listener[] = [];
  afterAll(() => {
    for (const listener of [...listeners, ...outside]) listener.close();
  });

  const isAsked = ({ does, member }: Subject, phase: string): boolean => {
    if (does.startsWith("filler")) return false;
    // Before round 1 all kinds are alike, and so is whoever has not begun to whoever drafts.
    if (who !== "everybody" && (phase === "draft" || does === "silent")) return false;
    if (who === "facilitators") return member?.role === "facilitator";
    return who === "everybody" || member !== null || phase === "discussion";
  };

  async function expectAsTheTablesSay(): Promise<void> {
    const moment = await momentOf(world, stand);
    const { panelId, people } = stand.cast;
    const wrong: string[] = [];
    for (const subject of [...people.values()].filter((one) => isAsked(one, moment.phase))) {
      const cellsOf = who === "everybody" && moment.phase === "discussion" ? allCells : answeredCells;
      const requests = cellsOf(build, { panelId, cells }, "panel");
      const found = await askAll(world, requests, { moment, subject, isOwnPanel: true });
      const spoken = await sayEverything(world, subject, { own: panelId, foreign: foreign.panelId });
      asked.cells += found.cells;
      asked.events += spoken.said;
      wrong.push(...found.wrong, ...missedBy(subject, moment, found.seen), ...spoken.wrong);
    }
    wrong.push(...(await differentFiles(stand)));
    expect(wrong).toEqual([]);
  }

  test("before round 1", { timeout: 300_000 }, async () => {
    stand = { cast: await assemble(world, kind), canaries: [] };
    for (const { person, isSignedIn, does, member } of stand.cast.people.values()) {
      if (!person || !isSignedIn || !/chair|drafting|observer|outsider/.test(does)) continue;
      (member ? listeners : outside).push(await listenIn(world, person));
    }
    for (const listener of [...listeners, ...outside]) await listener.join(stand.cast.panelId);
    await expectAsTheTablesSay();
  });

  test("while round 1 is scoring", { timeout: 300_000 }, async () => {
    stand = await scoreRoundOne(world, stand.cast);
    await expectAsTheTablesSay();
  });

  test("in discussion", { timeout: 300_000 }, async () => {
    await takeStep(stand.cast, "discussion");
    await expectAsTheTablesSay();
  });

  test("once round 1 is closed", { timeout: 300_000 }, async () => {
    await takeStep(stand.cast, "closed");
    await expectAsTheTablesSay();
  });

  test("while round 2 is scoring", { timeout: 300_000 }, async () => {
    stand = await scoreRoundTwo(world, stand);
    await expectAsTheTablesSay();
  });

  test("no frame, mail or line of the log ever held a text, a figure, a name or a title", async () => {
    const frames = listeners.flatMap((listener) => [...listener.frames]);
    asked.frames += frames.length;
    expect(frames.length).toBeGreaterThan(20);
    expect(oddFrames(frames)).toEqual([]);
    // Outside the panel nothing was heard but the refusal.
    for (const { frames: heard } of outside) expect(heard.map((frame) => frame.replace(/\d+/, ""))).toEqual([refused]);
    const { cast } = stand;
    const written = [
      "canary",
      ...[...cast.people.values()].flatMap(({ person }) => (person ? [person.name, person.email] : [])),
    ];
    const lines = world.log.filter((line) => [...written, title].some((text) => line.includes(text)));
    expect(world.log.length).toBeGreaterThan(100);
    expect(lines).toEqual([]);
    const metrics = world.app.metrics.text(await world.app.aggregation.lagSeconds());
    expect(metrics).toContain("requests_total");
    expect([...written, title, cast.panelId].filter((text) => metrics.includes(text))).toEqual([]);
    const mails = await listMail(world.app.database.pool, 10_000);
    expect(mails.length).toBeGreaterThan(10);
    expect(mails.filter(({ subject, body }) => /canary|median|\d+ of \d+/.test(subject + body))).toEqual([]);
  });
});

test("about a panel of others, and about no panel", { timeout: 300_000 }, async () => {
  const kind = { identity: "named", board: "live", facilitatorView: "scores" } as const;
  const cast = await assemble(world, kind);
  const moment = await momentOf(world, { cast, canaries: [] });
  const wrong: string[] = [];
  for (const subject of cast.people.values()) {
    if (subject.does.startsWith("filler")) continue;
    for (const isAbout of ["panel", "rest"] as const) {
      const requests = allCells(build, { panelId: foreign.panelId, cells }, isAbout);
      const found = await askAll(world, requests, { moment, subject, isOwnPanel: false });
      asked.cells += found.cells;
      wrong.push(...found.wrong);
    }
  }
  expect(wrong).toEqual([]);
});

/** What the table shows somebody and no answer held: without it, the absence of the rest would prove nothing. */
function missedBy(subject: Subject, moment: Moment, seen: ReadonlySet<string>): string[] {
  // What only facilitators may read stands on the page of the round that the page shows; files leave it out.
  const isShownSomewhere = (canary: Canary) => canary.round === moment.round || isInFiles(moment, canary);
  const texts = moment.canaries.filter(
    (canary) => canary.author !== subject.does && isShownSomewhere(canary) && mayRead(moment, subject, canary),
  );
  const rounds = Array.from({ length: moment.round ?? 0 }, (_, index) => index + 1);
  const figures = rounds.filter((round) => maySeeFigures(moment, subject, round));
  const wanted = [...texts.map(({ text }) => text), ...figures.map((round) => `the figures of round ${round}`)];
  return wanted.filter((one) => !seen.has(one)).map((one) => `${subject.does}: found nowhere: ${one}`);
}

/** The command line writes what a facilitator who does not score would download, and nothing else. */
async function differentFiles({ cast }: Stand): Promise<string[]> {
  const different: string[] = [];
  for (const format of ["json", "csv"]) {
    const serve = () => cast.facilitator.call("GET", `/panels/${cast.panelId}/export?format=${format}`);
    // Once before, so that what making a file adds to the chain is in both.
    await serve();
    const file = join(folder, `${cast.panelId}.${format}`);
    const words = ["export", cast.panelId, "--format", format, "--out", file];
    const outcome = await runCommand(words, { DATABASE_URL: world.databaseUrl, DATA_DIR: folder });
    const served = await serve();
    asked.files += 1;
    const isSame = outcome.code === 0 && lasting(readFileSync(file, "utf8")) === lasting(served.text);
    if (!isSame) different.push(`export as ${format}: ${outcome.stderr || "another file than the one served"}`);
  }
  return different;
}

/** Without the moment of the export, and the hash that holds it. */
function lasting(text: string): string {
  return text.replace(/"exportedAt":"[^"]*"/, "").replace(/"contentHash":"[0-9a-f]*"/, "");
}
