import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPanel, done, give, move, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import type { Answer, Person } from "#tests/support/people.ts";
import { person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const secret = "a heron stands behind the boathouse";
const presets = ["staff-team", "rand-ucla", "delphi"] as const;
const atTheReveal = "Sealed for now, and revealed to everyone when the facilitator opens the discussion.";
const sealedUntil = { "staff-team": "Sealed until you submit.", "rand-ucla": atTheReveal, delphi: atTheReveal };
const rating = { "staff-team": 2, "rand-ucla": 9, delphi: 9 };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Every address that could answer with something of a panel. */
function addressesOf(panelId: string, cells = twoCells): string[] {
  const path = `/panels/${panelId}`;
  const parts = [
    "",
    "/scores",
    "/points",
    "/board",
    "/roster",
    "/consensus",
    "/snapshots",
    "/snapshots/1",
    "/audit",
    "/version",
    "/export?format=json",
    "/export?format=csv",
    "/export?format=zip",
    "/receipt",
  ];
  return [
    "/panels",
    ...parts.map((part) => path + part),
    ...cells.map((cell) => `${path}/cells/${cell.policyId}/${cell.criterionId}`),
  ];
}

async function readAll(who: Person, panel: TestPanel): Promise<Answer[]> {
  return Promise.all(addressesOf(panel.panelId).map((path) => who.call("GET", path)));
}

async function seesSecret(who: Person, panel: TestPanel): Promise<boolean> {
  return (await readAll(who, panel)).some((answer) => answer.text.includes(secret));
}

/** Five reviewers; four have submitted, the first of them with the secret; the fifth has a draft. */
async function halfWay(preset: (typeof presets)[number]): Promise<TestPanel> {
  const panel = await aPanel(server, { protocol: preset, reviewers: 6, observers: 1 });
  const [first, ...others] = panel.reviewers;
  if (!first) throw new Error("a panel without reviewers");
  for (const cell of twoCells) await give(panel, first, { ...cell, value: rating[preset], rationale: secret });
  done(await first.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  for (const other of others.slice(0, 4)) await submit(panel, other, 1);
  await server.app.aggregation.drain();
  return panel;
}

describe.each(presets)("%s, while a round is scoring", (preset) => {
  let panel: TestPanel;
  let author: Person;
  let drafting: Person;
  beforeAll(async () => {
    panel = await halfWay(preset);
    [author, drafting] = [panel.reviewers[0], panel.reviewers[5]] as [Person, Person];
  });

  test("its author does see the secret, so an empty answer proves the gate", async () => {
    expect(await seesSecret(author, panel)).toBe(true);
  });

  test("a drafting reviewer finds it at no address", async () => {
    const answers = await readAll(drafting, panel);
    expect(answers.filter((answer) => answer.text.includes(secret))).toEqual([]);
    expect(answers.filter((answer) => answer.status >= 500)).toEqual([]);
  });

  test("a drafting reviewer's board, consensus and roster hold progress and nothing else", async () => {
    const path = `/panels/${panel.panelId}`;
    const board = done(await drafting.call("GET", `${path}/board`), 200);
    expect(board).toEqual({
      version: board.version,
      round: 1,
      phase: "scoring",
      visible: false,
      reason: `${sealedUntil[preset]} You see how many have submitted: 5 of 6.`,
      progress: { submitted: 5, expected: 6 },
    });
    expect(done(await drafting.call("GET", `${path}/consensus`), 200)).toMatchObject({ visible: false });
    expect(done(await drafting.call("GET", `${path}/consensus`), 200)).not.toHaveProperty("cells");
    expect(done(await drafting.call("GET", `${path}/roster`), 200)).toEqual({ round: 1, entries: [] });
  });

  test("an observer sees progress only", async () => {
    expect(await seesSecret(panel.observers[0] as Person, panel)).toBe(false);
  });

  test("who else may see it is what the protocol says", async () => {
    const submitted = await seesSecret(panel.reviewers[1] as Person, panel);
    const facilitator = await seesSecret(panel.facilitator, panel);
    expect({ submitted, facilitator }).toEqual(
      {
        "staff-team": { submitted: true, facilitator: true },
        "rand-ucla": { submitted: false, facilitator: true },
        delphi: { submitted: false, facilitator: false },
      }[preset],
    );
  });

  test("an export before the reveal holds only the own sheet and the set-up", async () => {
    const bundle = done(
      await (panel.reviewers[1] as Person).call("GET", `/panels/${panel.panelId}/export?format=json`),
      200,
    );
    expect(bundle.scores).toEqual([]);
    expect(bundle.histograms).toEqual([]);
    expect(bundle.snapshots).toEqual([]);
    expect(bundle.ownSheet.scores).toHaveLength(2);
  });

  test("to outsiders, an administrator included, every address answers like one that never existed", async () => {
    const nowhere = { ...panel, panelId: "00000000-0000-4000-8000-000000000000" };
    for (const outsider of [
      await person(server, "Out Sider"),
      await person(server, "Ad Min", { isAdministrator: true }),
    ]) {
      const [here, there] = await Promise.all([readAll(outsider, panel), readAll(outsider, nowhere)]);
      expect(here.map((answer) => [answer.status, answer.text])).toEqual(
        there.map((answer) => [answer.status, answer.text]),
      );
      expect(here.slice(1).every((answer) => answer.status === 404)).toBe(true);
    }
  });

  test("a draft announces nothing and counts nowhere", async () => {
    // A file taken home is a line of the log, the next one within minutes is not.
    await readAll(panel.facilitator, panel);
    const before = await readAll(panel.facilitator, panel);
    await give(panel, drafting, { policyId: "P1", criterionId: "I1", value: 1, rationale: "not yet" });
    await server.app.aggregation.drain();
    const after = await readAll(panel.facilitator, panel);
    const isRosterOrExport = (path: string) => path.endsWith("/roster") || path.includes("/export");
    const comparable = addressesOf(panel.panelId)
      .map((path, index) => ({ path, index }))
      .filter(({ path }) => !isRosterOrExport(path));
    expect(comparable.map(({ index }) => after[index]?.text)).toEqual(
      comparable.map(({ index }) => before[index]?.text),
    );
  });
});

describe.each(presets)("%s, from the reveal on", (preset) => {
  let panel: TestPanel;
  beforeAll(async () => {
    panel = await halfWay(preset);
    await move(panel, "discussion");
  });

  test("every reviewer, the absent one too, sees the rationale under the mode's label", async () => {
    const cell = done(await (panel.reviewers[5] as Person).call("GET", `/panels/${panel.panelId}/cells/P1/I1`), 200);
    const entry = cell.entries.find((one: { rationale: string }) => one.rationale === secret);
    expect(entry.value).toBe(rating[preset]);
    expect(entry.label).toEqual(
      { "staff-team": "reviewer 1", "rand-ucla": expect.stringMatching(/^Reviewer [1-6]$/), delphi: null }[preset],
    );
    expect(entry.name).toBeNull();
  });

  test("a recused reviewer sees nothing of the cell until the round is closed", async () => {
    const other = await aPanel(server, { protocol: preset, reviewers: 7 });
    const recused = other.reviewers[0] as Person;
    await give(other, recused, { policyId: "P1", criterionId: "I1", nonScore: "recused", rationale: "I drafted it." });
    await give(other, recused, { policyId: "P1", criterionId: "I2", value: 1 });
    done(await recused.call("POST", `/panels/${other.panelId}/submission`, {}), 200);
    for (const reviewer of other.reviewers.slice(1)) await submit(other, reviewer, 1);
    await move(other, "discussion");
    const keys = async (who: Person) =>
      done(await who.call("GET", `/panels/${other.panelId}/board`), 200).cells.map(
        (cell: { criterionId: string }) => cell.criterionId,
      );
    expect(await keys(other.facilitator)).toEqual(["I1", "I2"]);
    expect(await keys(recused)).toEqual(["I2"]);
    expect(done(await recused.call("GET", `/panels/${other.panelId}/cells/P1/I1`), 200)).toMatchObject({
      visible: false,
    });
    expect(
      (await recused.call("GET", `/panels/${other.panelId}/export?format=json`)).body.scores.filter(
        (score: { criterionId: string }) => score.criterionId === "I1",
      ),
    ).toEqual([]);
    await move(other, "closed");
    expect(await keys(recused)).toEqual(["I1", "I2"]);
  });

  test("why someone is recused is read by nobody in an anonymous panel and by facilitators elsewhere", async () => {
    const other = await aPanel(server, { protocol: preset, reviewers: 7 });
    for (const [index, reviewer] of other.reviewers.entries()) {
      await give(other, reviewer, {
        policyId: "P1",
        criterionId: "I1",
        ...(index === 0 ? { nonScore: "recused" } : { value: 1 }),
        rationale: index === 0 ? secret : "ok",
      });
      await give(other, reviewer, { policyId: "P1", criterionId: "I2", value: 1 });
      done(await reviewer.call("POST", `/panels/${other.panelId}/submission`, {}), 200);
    }
    await move(other, "discussion");
    expect(await seesSecret(other.reviewers[1] as Person, other)).toBe(false);
    expect(await seesSecret(other.facilitator, other)).toBe(preset !== "delphi");
  });

  test("in round 2 the figures are sealed again while round 1 stays as it was revealed", async () => {
    await move(panel, "closed");
    await move(panel, "next-round", { cells: twoCells });
    const reviewer = panel.reviewers[1] as Person;
    expect(done(await reviewer.call("GET", `/panels/${panel.panelId}/board`), 200).visible).toBe(false);
    const consensus = done(await reviewer.call("GET", `/panels/${panel.panelId}/consensus`), 200);
    expect(consensus.cells.map((cell: { settledInRound: number; n: number }) => [cell.settledInRound, cell.n])).toEqual(
      [
        [1, 5],
        [1, 5],
      ],
    );
  });
});

const vector = { I1: 97, I2: 89, I3: 83, G1: 79, G2: 71, G3: 67 };

function holdsVector({ text }: Answer): boolean {
  return Object.entries(vector).every(([id, points]) => text.includes(`"${id}":${points}`));
}

async function findsVector(who: Person, panel: TestPanel): Promise<boolean> {
  return (await readAll(who, panel)).some(holdsVector);
}

async function givePoints(panel: TestPanel, who: Person, points: object): Promise<void> {
  done(await who.call("PUT", `/panels/${panel.panelId}/points`, { points, version: 0 }), 200);
}

describe.each(["staff-team", "rand-ucla"] as const)("the swing points of a %s panel", (preset) => {
  const minScores = 3;
  /** Six reviewers; the first four have submitted, the first of them with the vector; the others have drafts. */
  async function withPoints(givers: number): Promise<TestPanel> {
    const panel = await aPanel(server, { protocol: { preset, minScores }, reviewers: 6, observers: 1 });
    for (const [index, who] of panel.reviewers.entries()) {
      if (index < givers) await givePoints(panel, who, index === 0 ? vector : { I1: 100, G1: index });
      if (index === 5) await givePoints(panel, who, { ...vector, G3: 66 });
      if (index < 4) await submit(panel, who, 1);
    }
    await server.app.aggregation.drain();
    return panel;
  }

  test("are found by their author, and by nobody else at any address until the reveal", async () => {
    const panel = await withPoints(4);
    const [author, ...others] = panel.reviewers;
    if (!author) throw new Error("a panel without reviewers");
    expect(await findsVector(author, panel)).toBe(true);
    for (const who of [...others, panel.facilitator, ...panel.observers]) {
      expect({ who: who.name, finds: await findsVector(who, panel) }).toEqual({ who: who.name, finds: false });
    }
  });

  test("change nothing that anyone else is answered, whatever they are", async () => {
    const panel = await withPoints(4);
    const drafting = panel.reviewers[4] as Person;
    const watchers = [...panel.reviewers.slice(0, 4), panel.facilitator, ...panel.observers];
    // Making a file leaves a line in the chain, which would be a difference of the test's own.
    const addresses = addressesOf(panel.panelId).filter((path) => !path.includes("/export"));
    const look = async () => {
      const answers = watchers.flatMap((who) => addresses.map((path) => who.call("GET", path)));
      return (await Promise.all(answers)).map(({ status, text }) => [status, text]);
    };
    const before = await look();
    await givePoints(panel, drafting, vector);
    await server.app.aggregation.drain();
    expect(await look()).toEqual(before);
  });

  test("are read by every member from the reveal on, under the mode's label, without drafts", async () => {
    const panel = await withPoints(4);
    await move(panel, "discussion");
    for (const who of [...panel.reviewers, panel.facilitator, ...panel.observers]) {
      const bundle = done(await who.call("GET", `/panels/${panel.panelId}/export?format=json`), 200);
      const rows: { code?: string; memberId?: string; points: object }[] = bundle.points;
      expect(rows).toHaveLength(4);
      expect(rows.map(({ points }) => points)).toContainEqual(vector);
      const label = preset === "staff-team" ? "memberId" : "code";
      expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => ["round", label, "points"]));
      expect(JSON.stringify(bundle)).not.toContain('"G3":66');
    }
    const named = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/export?format=json`), 200);
    if (preset === "staff-team") {
      const authors = named.points.map(({ memberId }: { memberId: string }) => memberId);
      expect(authors.sort()).toEqual(
        panel.reviewers
          .slice(0, 4)
          .map(({ memberId }) => memberId)
          .sort(),
      );
    }
  });

  test("of too few reviewers are shown by name, and by code to nobody", async () => {
    const panel = await withPoints(2);
    await move(panel, "discussion");
    for (const who of [...panel.reviewers.slice(1), panel.facilitator, ...panel.observers]) {
      expect(await findsVector(who, panel)).toBe(preset === "staff-team");
    }
    expect(await findsVector(panel.reviewers[0] as Person, panel)).toBe(true);
  });
});

test("below the minimum of scores there are words only, for everyone", async () => {
  const panel = await aPanel(server, { reviewers: 3 });
  await submit(panel, panel.reviewers[0] as Person, 2);
  await server.app.aggregation.drain();
  const board = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/board`), 200);
  expect(board.cells[0]).toMatchObject({
    n: 1,
    verdict: "too-few",
    counts: null,
    median: null,
    iqr: null,
    disagreement: null,
    direction: null,
  });
  expect(board.cells[0].rule.arithmetic ?? null).toBeNull();
});
