import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { listMail } from "#db/outbox.ts";
import { roles } from "#rubric/member.ts";
import { type Preset, presets } from "#rubric/protocol.ts";
import { planFor, sightOf } from "#rubric/visibility.ts";
import { requireMember } from "#server/membership.ts";
import { readBoard } from "#server/queries/read-board.ts";
import { readCell } from "#server/queries/read-cell.ts";
import { readConsensus } from "#server/queries/read-consensus.ts";
import { countingStatements } from "#tests/support/count-statements.ts";
import { listenAs, startLiveServer } from "#tests/support/live.ts";
import {
  aPanel,
  done,
  give,
  joinAs,
  move,
  type PanelPerson,
  submit,
  type TestPanel,
  twoCells,
} from "#tests/support/panels.ts";
import { type Person, person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { builtPages } from "#tests/support/worlds/pages.ts";
import { everythingAbout, look } from "#tests/support/worlds/watch.ts";
import { openWorld, type World } from "#tests/support/worlds/world.ts";

// What leaked in products before this one, each by the name of what was met there.

const secret = "a heron stands behind the boathouse";
const names = Object.keys(presets) as Preset[];
vi.setConfig({ testTimeout: 120_000 });
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Six reviewers on two cells: the first five have submitted, the first of them the secret; the last drafts. */
async function halfWay(protocol: unknown, on: TestServer = server): Promise<TestPanel> {
  const panel = await aPanel(on, { protocol, reviewers: 6, observers: 1 });
  const [first, ...others] = panel.reviewers as [PanelPerson, ...PanelPerson[]];
  for (const cell of twoCells) await give(panel, first, { ...cell, value: 2, rationale: secret });
  done(await first.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  for (const [place, other] of others.slice(0, 4).entries()) await submit(panel, other, place < 2 ? 2 : 1);
  await on.app.aggregation.drain();
  return panel;
}

function drafting({ reviewers }: TestPanel): PanelPerson {
  return reviewers[5] as PanelPerson;
}

function nth({ reviewers }: TestPanel, index: number): PanelPerson {
  return reviewers[index] as PanelPerson;
}

async function get(who: Person, panel: TestPanel, path: string) {
  return done(await who.call("GET", `/panels/${panel.panelId}${path}`), 200);
}

async function bytes(who: Person, panel: TestPanel, path: string): Promise<string> {
  return (await who.call("GET", `/panels/${panel.panelId}${path}`)).text;
}

const cellPath = "/cells/P1/I1";
const reading = ["", "/scores", "/board", "/roster", "/consensus", "/snapshots", "/audit", cellPath];

describe("on the pages themselves", () => {
  let world: World;
  let build: Awaited<ReturnType<typeof builtPages>>;
  let readings = 0;
  beforeAll(async () => {
    build = await builtPages();
    world = await openWorld({ url: inject("postgresUrl"), templateName: inject("templateName") }, build);
    world.fate.during("hidden data");
  }, 120_000);
  afterAll(() => world.stop());

  /** Always with the same ids, so that two answers can be compared. */
  async function read(who: Person, path: string): Promise<string> {
    world.fate.during("reading");
    const { text } = await look(world, who, { label: path, method: "GET", path });
    readings += 1;
    world.fate.during(`after reading ${readings}`);
    return text;
  }

  async function readEverything(who: Person, { panelId }: TestPanel): Promise<string[]> {
    const requests = everythingAbout(build, { panelId, cells: twoCells });
    const texts: string[] = [];
    for (const { method, path } of requests)
      if (method === "GET" && !path.endsWith("/openapi.json")) texts.push(await read(who, path));
    return texts;
  }

  test("page source, loader data and API of a drafting reviewer hold no other score", async () => {
    const panel = await halfWay("staff-team", world);
    expect((await readEverything(nth(panel, 1), panel)).some((text) => text.includes(secret))).toBe(true);
    const seen = await readEverything(drafting(panel), panel);
    expect(seen.filter((text) => text.includes(secret) || /"(counts|median|verdict)"/.test(text))).toEqual([]);
  });

  test("the policy list and its sort order say nothing about hidden scores", async () => {
    const panel = await aPanel(world, { reviewers: 5, cells: [...twoCells, { policyId: "P2", criterionId: "I1" }] });
    const others = panel.reviewers.slice(0, 4);
    const pages = ["/score.data?cell=P1-I1", ".data", "/board.data", "/consensus.data", "/report.data"];
    const readPages = async (who: Person) => {
      const texts: string[] = [];
      for (const path of pages) texts.push(await read(who, `/panels/${panel.panelId}${path}`));
      return texts;
    };
    const late = nth(panel, 4);
    await world.app.aggregation.drain();
    // Drafts of a split on the last cell, and of agreement on the others.
    const before = await readPages(late);
    for (const [place, other] of others.entries()) {
      for (const cell of twoCells) await give(panel, other, { ...cell, value: 2 });
      await give(panel, other, { policyId: "P2", criterionId: "I1", value: place % 2 === 0 ? 2 : -2 });
    }
    await world.app.aggregation.drain();
    expect(await readPages(late)).toEqual(before);
    for (const other of others) done(await other.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    await world.app.aggregation.drain();
    const board = await get(panel.facilitator, panel, "/board");
    expect(board.cells.map((cell: { verdict: string }) => cell.verdict)).toEqual(["agreed", "agreed", "contested"]);
    const order = (texts: string[]) => texts.map((text) => text.match(/"P\d(-I\d)?"/g));
    expect(order(await readPages(late))).toEqual(order(before));
  });

  test("charts, filters and sort keys cannot recover hidden roles or rounds", async () => {
    const panel = await halfWay("rand-ucla", world);
    const who = drafting(panel);
    const ask = (query: string) => read(who, `/panels/${panel.panelId}/board.data${query}`);
    const plain = await ask("");
    for (const query of [
      "?show=contested",
      "?order=contested",
      "?sort=disagreement",
      "?reviewer=Reviewer+1",
      "?round=1",
    ])
      expect(await ask(query), query).toBe(plain);
  });
});

describe.each(names)("%s", (preset) => {
  test("an export before the reveal holds only the own sheet and the set-up", async () => {
    const panel = await halfWay(preset);
    for (const who of [nth(panel, 1), drafting(panel), panel.facilitator, ...panel.observers]) {
      for (const format of ["json", "csv"])
        expect(await bytes(who, panel, `/export?format=${format}`)).not.toContain(secret);
      const bundle = await get(who, panel, "/export?format=json");
      expect([bundle.scores, bundle.histograms, bundle.snapshots]).toEqual([[], [], []]);
    }
    expect(await bytes(nth(panel, 0), panel, "/export?format=csv")).toContain(secret);
  });

  test("open data obeys the gate of the board", async () => {
    const panel = await halfWay(preset);
    await move(panel, "discussion");
    await move(panel, "closed");
    await move(panel, "next-round", { cells: twoCells });
    const answer = { value: 1, rationale: "SECOND ROUND", changeReason: { code: "misread" }, version: 0 };
    for (const reviewer of panel.reviewers.slice(0, 5)) {
      for (const { policyId, criterionId } of twoCells)
        done(await reviewer.call("PUT", `/panels/${panel.panelId}/scores/${policyId}/${criterionId}`, answer), 200);
      done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    }
    for (const who of [drafting(panel), panel.facilitator, ...panel.observers])
      for (const format of ["json", "csv"])
        expect(await bytes(who, panel, `/export?format=${format}`)).not.toContain("SECOND ROUND");
    await move(panel, "discussion");
    expect(await bytes(drafting(panel), panel, "/export?format=csv")).toContain("SECOND ROUND");
  });

  test("search, bulk page, export and API show no more than the page", async () => {
    const panel = await halfWay(preset);
    await move(panel, "discussion");
    for (const who of [drafting(panel), ...panel.observers]) {
      const { entries } = await get(who, panel, cellPath);
      const bundle = await get(who, panel, "/export?format=json");
      const rows = [
        ...bundle.scores,
        ...bundle.histograms.flatMap((one: { rationales: unknown }) => one.rationales ?? []),
      ];
      const texts = (list: { rationale: string }[]) => [...new Set(list.map(({ rationale }) => rationale))].sort();
      const ofCell = rows.filter((row) => row.criterionId === undefined || row.criterionId === "I1");
      expect(texts(ofCell)).toEqual(texts(entries));
    }
    expect((await drafting(panel).call("GET", `/panels/${panel.panelId}/search?q=heron`)).status).toBe(404);
  });

  test("searching for a hidden author finds nothing", async () => {
    const panel = await halfWay(preset);
    await move(panel, "discussion");
    for (const path of reading) {
      const plain = await bytes(drafting(panel), panel, path);
      const asked = await bytes(drafting(panel), panel, `${path}?author=reviewer%201&q=${secret.replaceAll(" ", "+")}`);
      expect(asked).toBe(plain);
    }
  });

  test("an emptied text stays empty and never falls back to the original", async () => {
    const panel = await aPanel(server, { protocol: { preset, rationale: "optional" }, reviewers: 6 });
    const author = nth(panel, 0);
    const path = `/panels/${panel.panelId}/scores/P1/I1`;
    await give(panel, author, { policyId: "P1", criterionId: "I1", value: 2, rationale: secret });
    expect(await bytes(author, panel, "/scores")).toContain(secret);
    done(await author.call("PUT", path, { value: 2, rationale: "", version: 1 }), 200);
    await give(panel, author, { policyId: "P1", criterionId: "I2", value: 2 });
    done(await author.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    for (const other of panel.reviewers.slice(1)) await submit(panel, other, 2);
    await move(panel, "discussion");
    for (const who of [author, nth(panel, 1), panel.facilitator])
      for (const from of [...reading, "/export?format=json", "/export?format=csv"])
        expect(await bytes(who, panel, from), from).not.toContain(secret);
  });

  test("a hidden thing is refused like a thing that never existed", async () => {
    const panel = await halfWay(preset);
    const refusal = async (path: string) => {
      const answer = await drafting(panel).call("GET", `/panels/${panel.panelId}${path}`);
      return [answer.status, answer.text, [...answer.headers.keys()].sort()];
    };
    expect(await refusal("/snapshots/1")).toEqual(await refusal("/snapshots/99"));
    await move(panel, "discussion");
    expect(await refusal("/snapshots/1")).toEqual(await refusal("/snapshots/99"));
    await move(panel, "closed");
    expect((await refusal("/snapshots/1"))[0]).toBe(200);
  });

  test("the number of rationales is hidden with them", async () => {
    const panel = await aPanel(server, { protocol: preset, reviewers: 6 });
    await server.app.aggregation.drain();
    const before = await Promise.all(reading.map((path) => bytes(drafting(panel), panel, path)));
    for (const other of panel.reviewers.slice(0, 4))
      await give(panel, other, { ...(twoCells[0] as (typeof twoCells)[0]), value: 1 });
    await server.app.aggregation.drain();
    expect(await Promise.all(reading.map((path) => bytes(drafting(panel), panel, path)))).toEqual(before);
    expect(Object.keys(await get(drafting(panel), panel, cellPath))).not.toContain("entries");
  });

  test("response time does not depend on a hidden identity: as many questions to the database, whatever others wrote", async () => {
    const [empty, full] = [await aPanel(server, { protocol: preset, reviewers: 6 }), await halfWay(preset)];
    const questions = async (panel: TestPanel) => {
      const who = drafting(panel);
      const counting = countingStatements(server.app);
      const member = await requireMember(counting.app, { ...who, isAdministrator: false }, panel.panelId);
      for (const read of [readBoard, readConsensus]) await read(counting.app, member);
      await readCell(counting.app, member, { policyId: "P1", criterionId: "I1" });
      return counting.count();
    };
    expect(await questions(full)).toBe(await questions(empty));
    expect(await questions(full)).toBeGreaterThan(5);
  });

  test("a gate asked before its facts are loaded stays shut", () => {
    const protocol = presets[preset].parameters;
    for (const round of [1, 2]) {
      for (const role of roles) {
        const unknown = planFor(sightOf({ role, review: null }, { phase: "scoring", round, protocol }));
        const known = planFor(sightOf({ role, review: "submitted" }, { phase: "scoring", round, protocol }));
        if (role === "reviewer") expect([...unknown].filter((fact) => !known.has(fact))).toEqual([]);
        expect(unknown.has("figures")).toBe(role === "facilitator" && protocol.facilitatorView === "scores");
      }
    }
  });

  test("mail is written with the recipient's rights", async () => {
    const panel = await halfWay(preset);
    const invited = [
      { email: `known.${panel.panelId}@example.org`, role: "reviewer" },
      { email: `other.${panel.panelId}@example.org`, role: "observer" },
    ];
    const answer = await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, {
      invitations: invited,
    });
    const links: { email: string; url: string }[] = done(answer, 201).invitations;
    const mails = await listMail(server.app.database.pool, 1000);
    for (const { email, url } of links) {
      const [mail, ...more] = mails.filter(({ recipient }) => recipient === email);
      expect(more).toEqual([]);
      expect(mail?.body).toContain(url);
      for (const hidden of [
        secret,
        ...links.filter((one) => one.email !== email).flatMap((one) => [one.url, one.email]),
      ])
        expect(mail?.body).not.toContain(hidden);
    }
  });

  test("name suggestions and notices list only people the writer may know", async () => {
    const panel = await halfWay(preset);
    const elsewhere = await person(server, "Else Where");
    const ask = async (email: string) => {
      const body = { invitations: [{ email, role: "observer" }] };
      const { invitations } = done(
        await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, body),
        201,
      );
      return Object.keys(invitations[0]);
    };
    // Whoever invites does not learn who has an account here.
    expect(await ask(elsewhere.email)).toEqual(await ask("never.seen@example.org"));
    for (const path of ["", "/roster", "/audit", "/invitations"])
      expect(await bytes(panel.facilitator, panel, path)).not.toContain("Else Where");
  });

  test("a reviewer with nothing to do is not listed as 0 of 0", async () => {
    const panel = await aPanel(server, { protocol: preset, reviewers: 1, observers: 1 });
    const own = async (who: Person) => {
      const { panels } = done(await who.call("GET", "/panels"), 200);
      return panels.find((one: { panelId: string }) => one.panelId === panel.panelId).own;
    };
    expect(await own(nth(panel, 0))).toEqual({ state: "drafting", complete: 0, cells: 2 });
    for (const who of [panel.facilitator, ...panel.observers]) expect(await own(who)).toBeNull();
  });

  test("recusal hides every total that contains the cell", async () => {
    const panel = await aPanel(server, { protocol: preset, reviewers: 7 });
    const recused = nth(panel, 0);
    await give(panel, recused, { policyId: "P1", criterionId: "I1", nonScore: "recused", rationale: "I drafted it." });
    await give(panel, recused, { policyId: "P1", criterionId: "I2", value: 2 });
    done(await recused.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    for (const other of panel.reviewers.slice(1)) await submit(panel, other, 2);
    await move(panel, "discussion");
    const everyone = await get(nth(panel, 1), panel, "/consensus");
    expect(everyone.agreement).not.toBeNull();
    const own = await get(recused, panel, "/consensus");
    expect(own.agreement).toBeNull();
    expect(own.cells.map((cell: { criterionId: string }) => cell.criterionId)).toEqual(["I2"]);
    const medians = own.policies.flatMap((policy: { perspectives: { medians: { criterionId: string }[] }[] }) =>
      policy.perspectives.flatMap((perspective) => perspective.medians.map(({ criterionId }) => criterionId)),
    );
    expect(medians).not.toContain("I1");
    expect(everyone.policies).not.toEqual(own.policies);
    await move(panel, "closed");
    expect((await get(recused, panel, "/consensus")).agreement).not.toBeNull();
  });
});

test("history and dashboard never name a pseudonymous reviewer", async () => {
  const panel = await halfWay("rand-ucla");
  await move(panel, "discussion");
  const author = nth(panel, 0);
  const { entries } = await get(panel.facilitator, panel, cellPath);
  expect(entries.some((entry: { name: string }) => entry.name === author.name)).toBe(true);
  const lines = (await get(nth(panel, 1), panel, "/audit")).entries.map(({ line }: { line: string }) =>
    JSON.parse(line),
  );
  const submitted = lines.filter(({ act }: { act: string }) => act === "review-submitted");
  expect(submitted.map(({ by }: { by: string }) => by)).toEqual(Array.from({ length: 5 }, () => "a reviewer"));
  const [revealed] = lines.filter(({ act }: { act: string }) => act === "round-revealed");
  expect(revealed.reviews.every((one: object) => /^\{"who":"Reviewer \d"\}$/.test(JSON.stringify(one)))).toBe(true);
  const answers = await bytes(nth(panel, 1), panel, cellPath);
  for (const reviewer of panel.reviewers) expect(answers).not.toContain(reviewer.name);
});

test("revision history of an anonymous panel shows codes only", async () => {
  const panel = await halfWay("delphi");
  await move(panel, "discussion");
  await move(panel, "closed");
  const { entries } = await get(panel.facilitator, panel, "/audit");
  const lines = entries.map(({ line }: { line: string }) => JSON.parse(line));
  expect(lines.find(({ act }: { act: string }) => act === "round-revealed").reviews).toEqual([]);
  for (const { act, by } of lines) if (act === "review-submitted") expect(by).toBe("a reviewer");
  const ids = panel.reviewers.map(({ memberId }) => memberId);
  const afterJoining = lines.filter(({ act }: { act: string }) => act !== "member-joined");
  for (const id of ids) expect(JSON.stringify(afterJoining)).not.toContain(id);
});

test("a reopened submission closes the board again", async () => {
  const panel = await halfWay("staff-team");
  const who = nth(panel, 1);
  expect((await get(who, panel, "/board")).visible).toBe(true);
  expect(await bytes(who, panel, cellPath)).toContain(secret);
  const body = { memberId: who.memberId, reason: "On request." };
  done(await panel.facilitator.call("POST", `/panels/${panel.panelId}/reopenings`, body), 204);
  expect((await get(who, panel, "/board")).visible).toBe(false);
  for (const path of [...reading, "/export?format=json"]) expect(await bytes(who, panel, path)).not.toContain(secret);
});

test("a facilitator of an anonymous panel never sees a live board", async () => {
  const protocol = { preset: "staff-team", identity: "anonymous", minScores: 5 };
  for (const live of [{ board: "live" }, { board: "reveal", facilitatorView: "scores" }]) {
    const body = { title: "No", question: "No?", template: "wilson-hine", protocol: { ...protocol, ...live } };
    expect((await (await person(server, "Fay")).call("POST", "/panels", body)).status).toBe(422);
  }
  const panel = await halfWay("delphi");
  expect((await get(panel.facilitator, panel, "/board")).visible).toBe(false);
  expect((await get(panel.facilitator, panel, "/roster")).entries).toEqual([]);
});

test("a phase does not open before its codes are drawn", async () => {
  const panel = await aPanel(server, { protocol: "rand-ucla", reviewers: 6, cells: false });
  let hasMoved = false;
  const moving = move(panel, "scoring", { cells: twoCells }).finally(() => {
    hasMoved = true;
  });
  const seen: { phase: string; codes: number }[] = [];
  while (!hasMoved) {
    const { phase, members } = await get(panel.facilitator, panel, "");
    seen.push({ phase, codes: members.filter((one: { code?: string }) => one.code !== undefined).length });
  }
  await moving;
  const { phase, members } = await get(panel.facilitator, panel, "");
  seen.push({ phase, codes: members.filter((one: { code?: string }) => one.code !== undefined).length });
  expect(seen.filter((one) => one.phase === "scoring" && one.codes !== 6)).toEqual([]);
  expect(seen.at(-1)).toEqual({ phase: "scoring", codes: 6 });
});

describe("on the live channel", () => {
  test("a socket joins after authorisation, and a refused join carries no panel data", async () => {
    const live = await startLiveServer();
    try {
      const panel = await halfWay("staff-team", live);
      const outsider = await listenAs(live, await person(live, "Out Sider"));
      const member = await listenAs(live, drafting(panel));
      expect(await outsider.join(panel.panelId)).toEqual({ ok: false, error: "not_found" });
      expect(await member.join(panel.panelId)).toMatchObject({ ok: true });
      await submit(panel, drafting(panel), 1);
      await member.until(({ event }) => event === "panel:changed");
      // Whatever was sent before this answer has come.
      await outsider.join(panel.panelId);
      expect(outsider.heard).toEqual([]);
      for (const ear of [outsider, member]) ear.close();
    } finally {
      await live.stop();
    }
  });

  test("a removed member stops hearing at once, and a resumed socket is authorised again", async () => {
    const live = await startLiveServer();
    try {
      const panel = await halfWay("staff-team", live);
      const leaving = drafting(panel);
      const ear = await listenAs(live, leaving);
      await ear.join(panel.panelId);
      done(await panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${leaving.memberId}`), 204);
      await ear.until(({ event }) => event === "panel:gone");
      const heard = ear.heard.length;
      ear.socket.disconnect().connect();
      await ear.until(({ event }) => event === "disconnect");
      expect(await ear.join(panel.panelId)).toEqual({ ok: false, error: "not_found" });
      const other = await joinAs(live, panel, { known: await person(live, "Late Comer"), role: "reviewer" });
      await submit(panel, other, 1);
      await live.app.aggregation.drain();
      expect(await ear.join(panel.panelId)).toEqual({ ok: false, error: "not_found" });
      expect(ear.heard.slice(heard).filter(({ event }) => event !== "disconnect")).toEqual([]);
      ear.close();
    } finally {
      await live.stop();
    }
  });
});
