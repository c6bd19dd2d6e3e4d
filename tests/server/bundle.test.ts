import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPanel, done, give, move, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import type { Person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const [first, second] = twoCells as [(typeof twoCells)[number], (typeof twoCells)[number]];
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function bundleFor(panel: TestPanel, person: Person) {
  return done(await person.call("GET", `/panels/${panel.panelId}/export?format=json`), 200);
}

async function csvFor(panel: TestPanel, person: Person): Promise<Record<string, string>[]> {
  const { text, status } = await person.call("GET", `/panels/${panel.panelId}/export?format=csv`);
  expect(status).toBe(200);
  return readCsv(text);
}

/** A reader of its own, after RFC 4180, so that the writer is not its own judge. */
function readCsv(text: string): Record<string, string>[] {
  const fields = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, field = "", end] of fields) {
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === "\r\n") rows.push([]);
  }
  const [header = [], ...lines] = rows.slice(0, -1);
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index] ?? ""])));
}

function nth(panel: TestPanel, index: number) {
  const reviewer = panel.reviewers[index];
  if (!reviewer) throw new Error(`no reviewer ${index}`);
  return reviewer;
}

async function givePoints(panel: TestPanel, who: Person, points: object): Promise<void> {
  done(await who.call("PUT", `/panels/${panel.panelId}/points`, { points, version: 0 }), 200);
}

describe("before the reveal a bundle", () => {
  let panel: TestPanel;
  beforeAll(async () => {
    panel = await aPanel(server, { reviewers: 3, observers: 1 });
    await give(panel, nth(panel, 0), { ...first, value: 2, rationale: "SECRET-OF-1" });
    await submit(panel, nth(panel, 1), -2);
    await give(panel, nth(panel, 2), { ...first, value: 1, rationale: "SECRET-OF-3" });
  });

  test("holds the own sheet of its reviewer and nobody else's, submitted or not", async () => {
    for (const index of [0, 1]) {
      const bundle = await bundleFor(panel, nth(panel, index));
      expect(bundle.scores).toEqual([]);
      expect(bundle.histograms).toEqual([]);
      expect(bundle.snapshots).toEqual([]);
      expect(bundle.roster).toBeUndefined();
      expect(bundle.ownSheet.memberId).toBe(nth(panel, index).memberId);
    }
    const own = await bundleFor(panel, nth(panel, 0));
    expect(own.ownSheet.scores.map(({ rationale }: { rationale: string }) => rationale)).toEqual(["SECRET-OF-1"]);
    expect(JSON.stringify(own)).not.toContain("SECRET-OF-3");
    expect(
      (await csvFor(panel, nth(panel, 0))).map(({ reviewer, value, rationale }) => [reviewer, value, rationale]),
    ).toEqual([["reviewer 1", "2", "SECRET-OF-1"]]);
  });

  test("holds the own swing points in the own sheet, and nobody's beside it", async () => {
    expect((await bundleFor(panel, nth(panel, 0))).ownSheet).not.toHaveProperty("points");
    await givePoints(panel, nth(panel, 0), { G1: 100, I1: 61 });
    const own = await bundleFor(panel, nth(panel, 0));
    expect({ own: own.ownSheet.points, all: own.points }).toEqual({ own: { G1: 100, I1: 61 }, all: [] });
    expect((await bundleFor(panel, nth(panel, 2))).ownSheet).not.toHaveProperty("points");
  });

  test("gives a facilitator with a live board the roster, and no score", async () => {
    const bundle = await bundleFor(panel, panel.facilitator);
    expect(bundle.roster.entries.map(({ state }: { state: string }) => state)).toEqual([
      "drafting",
      "submitted",
      "drafting",
    ]);
    expect(bundle.scores).toEqual([]);
    expect(bundle.ownSheet).toBeUndefined();
    expect(JSON.stringify(bundle)).not.toContain("SECRET");
    expect(await csvFor(panel, panel.facilitator)).toEqual([]);
  });

  test("gives an observer the set-up alone", async () => {
    const bundle = await bundleFor(panel, panel.observers[0] ?? panel.facilitator);
    expect(Object.keys(bundle)).not.toContain("roster");
    expect(JSON.stringify(bundle)).not.toContain("SECRET");
    expect(bundle.rubrics[0].rubric.criteria).toHaveLength(6);
  });

  test("leaves the reference reading out for whoever has not submitted", async () => {
    expect((await bundleFor(panel, nth(panel, 0))).rubrics[0].referenceReading).toBeUndefined();
    expect((await bundleFor(panel, nth(panel, 1))).rubrics[0].referenceReading.cells).toHaveLength(9);
  });

  test("shows e-mail addresses to facilitators only", async () => {
    expect(JSON.stringify((await bundleFor(panel, nth(panel, 1))).members)).not.toContain("@");
    expect(JSON.stringify((await bundleFor(panel, panel.facilitator)).members)).toContain("@example.org");
  });

  test("is not there for an outsider", async () => {
    const foreign = await aPanel(server, { reviewers: 1 });
    const answer = await foreign.facilitator.call("GET", `/panels/${panel.panelId}/export?format=json`);
    expect(answer.status).toBe(404);
  });
});

describe("a named panel's bundle from the reveal on", () => {
  let panel: TestPanel;
  beforeAll(async () => {
    panel = await aPanel(server, { reviewers: 4, observers: 1 });
    await give(panel, nth(panel, 0), { ...first, nonScore: "recused", rationale: "MY-COUSIN" });
    await submit(panel, nth(panel, 0), 1, [second]);
    await submit(panel, nth(panel, 1), -2);
    await submit(panel, nth(panel, 2), 2);
    await give(panel, nth(panel, 3), { ...first, value: 1, rationale: "NEVER-SUBMITTED" });
    await move(panel, "discussion");
  });

  test("names every answer, marks who was absent, and says of a recusal only that it is one", async () => {
    const bundle = await bundleFor(panel, panel.observers[0] ?? panel.facilitator);
    const names = new Map(
      bundle.members.map((member: { memberId: string; name: string }) => [member.memberId, member.name]),
    );
    const rows = bundle.scores.map(
      (score: {
        memberId: string;
        criterionId: string;
        value: number | null;
        nonScore: string | null;
        rationale: string;
      }) => [score.criterionId, names.get(score.memberId), score.value, score.nonScore, score.rationale],
    );
    expect(rows.sort()).toEqual([
      ["I1", "reviewer 1", null, "recused", ""],
      ["I1", "reviewer 2", -2, null, "Because."],
      ["I1", "reviewer 3", 2, null, "Because."],
      ["I1", "reviewer 4", null, "absent", ""],
      ["I2", "reviewer 1", 1, null, "Because."],
      ["I2", "reviewer 2", -2, null, "Because."],
      ["I2", "reviewer 3", 2, null, "Because."],
      ["I2", "reviewer 4", null, "absent", ""],
    ]);
    expect(JSON.stringify(bundle)).not.toContain("NEVER-SUBMITTED");
    expect(JSON.stringify(bundle)).not.toContain("MY-COUSIN");
  });

  test("keeps the cell from whoever is recused from it, until the round is closed", async () => {
    const cellsOf = (bundle: { scores: { criterionId: string }[] }) => [
      ...new Set(bundle.scores.map(({ criterionId }) => criterionId)),
    ];
    expect(cellsOf(await bundleFor(panel, nth(panel, 0)))).toEqual(["I2"]);
    expect((await csvFor(panel, nth(panel, 0))).map((row) => row.criterion_id)).not.toContain("I1");
    expect(cellsOf(await bundleFor(panel, nth(panel, 1)))).toEqual(["I1", "I2"]);
    await move(panel, "closed");
    expect(cellsOf(await bundleFor(panel, nth(panel, 0)))).toEqual(["I1", "I2"]);
  });
});

describe("a pseudonymous panel's bundle", () => {
  let panel: TestPanel;
  beforeAll(async () => {
    panel = await aPanel(server, { protocol: { preset: "rand-ucla", minScores: 3 }, reviewers: 3, observers: 1 });
    for (const [index, reviewer] of panel.reviewers.entries()) {
      if (index === 0) await give(panel, reviewer, { ...second, nonScore: "abstain", rationale: "BELOW-MINIMUM" });
      await submit(panel, reviewer, 3 + index, index === 0 ? [first] : twoCells);
    }
    await move(panel, "discussion");
  });

  test("labels answers by code, and leaves cells with too few scores out", async () => {
    const bundle = await bundleFor(panel, nth(panel, 0));
    expect(
      bundle.scores.map(({ code, criterionId }: { code: string; criterionId: string }) => [code, criterionId]),
    ).toEqual([
      ["Reviewer 1", "I1"],
      ["Reviewer 2", "I1"],
      ["Reviewer 3", "I1"],
    ]);
    const text = JSON.stringify(bundle.scores);
    for (const { memberId, name } of panel.reviewers)
      expect(text.includes(memberId) || text.includes(name)).toBe(false);
    expect(bundle.scores.map(({ submittedAt }: { submittedAt: string | null }) => submittedAt)).toEqual([
      null,
      null,
      null,
    ]);
    expect(JSON.stringify(bundle)).not.toContain("BELOW-MINIMUM");
  });

  test("tells which code is whose to facilitators only", async () => {
    const codesIn = (bundle: { members: { code?: string }[] }) => bundle.members.flatMap(({ code }) => code ?? []);
    expect(codesIn(await bundleFor(panel, nth(panel, 1)))).toEqual([]);
    expect(codesIn(await bundleFor(panel, panel.observers[0] ?? panel.facilitator))).toEqual([]);
    expect(codesIn(await bundleFor(panel, panel.facilitator)).sort()).toEqual([
      "Reviewer 1",
      "Reviewer 2",
      "Reviewer 3",
    ]);
  });
});

describe("an anonymous panel's bundle", () => {
  const texts = ["Zeal", "=SUM(A1)", "Care", "Thrift", "Haste"];
  let panel: TestPanel;
  beforeAll(async () => {
    panel = await aPanel(server, { protocol: "delphi", reviewers: 6, observers: 1 });
    for (const [index, reviewer] of panel.reviewers.entries()) {
      const rationale = texts[index] ?? "CONFLICT";
      await give(panel, reviewer, {
        ...first,
        ...(index < 5 ? { value: 1 + index } : { nonScore: "recused" }),
        rationale,
      });
      await give(panel, reviewer, {
        ...second,
        ...(index < 4 ? { value: 9 } : { nonScore: "abstain" }),
        rationale: `TOO-FEW ${index}`,
      });
      done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    }
    await move(panel, "discussion");
  });

  test("carries counts and bare texts in an order that tells nothing, and no row of one person", async () => {
    const bundle = await bundleFor(panel, nth(panel, 0));
    expect(bundle.scores).toEqual([]);
    expect(bundle.points).toEqual([]);
    expect(bundle.histograms[0]).toEqual({
      round: 1,
      ...first,
      n: 5,
      counts: [1, 1, 1, 1, 1, 0, 0, 0, 0],
      nonScores: { cannotJudge: 0, abstain: 0, recused: 1, absent: 0 },
      rationales: [
        { value: 2, nonScore: null, rationale: "=SUM(A1)" },
        { value: 3, nonScore: null, rationale: "Care" },
        { value: 5, nonScore: null, rationale: "Haste" },
        { value: 4, nonScore: null, rationale: "Thrift" },
        { value: 1, nonScore: null, rationale: "Zeal" },
      ],
    });
    expect(bundle.histograms[1]).toMatchObject({ n: 4, counts: null, rationales: [] });
    expect(JSON.stringify(bundle)).not.toMatch(/CONFLICT|TOO-FEW/);
    expect(bundle.roster).toBeUndefined();
  });

  test("keeps the texts from observers", async () => {
    const bundle = await bundleFor(panel, panel.observers[0] ?? panel.facilitator);
    expect(bundle.histograms[0].counts).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0]);
    expect(JSON.stringify(bundle)).not.toContain("Thrift");
  });

  test("is a table of counts that add up, then of texts no spreadsheet runs", async () => {
    const rows = await csvFor(panel, nth(panel, 0));
    const counted = rows.filter((row) => row.criterion_id === "I1" && row.count !== "");
    expect(counted.reduce((sum, row) => sum + Number(row.count), 0)).toBe(6);
    expect(rows.filter((row) => row.rationale !== "").map((row) => row.rationale)).toEqual([
      "'=SUM(A1)",
      "Care",
      "Haste",
      "Thrift",
      "Zeal",
    ]);
    expect(rows.filter((row) => row.criterion_id === "I2").map((row) => [row.value, row.non_score, row.count])).toEqual(
      [
        ["", "", "4"],
        ["", "cannot-judge", "0"],
        ["", "abstain", "2"],
        ["", "recused", "0"],
        ["", "absent", "0"],
      ],
    );
    expect(new Set(rows.map((row) => row.reviewer))).toEqual(new Set([""]));
  });
});

describe("the tidy table of two rounds", () => {
  let panel: TestPanel;
  beforeAll(async () => {
    panel = await aPanel(server, { reviewers: 3, cells: [first] });
    const round = async (values: number[], more: object[]) => {
      for (const [index, reviewer] of panel.reviewers.entries()) {
        const score = {
          ...first,
          value: values[index] ?? 0,
          rationale: `-1 says "${index}",\nand more`,
          ...more[index],
        };
        await give(panel, reviewer, score);
        done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
      }
    };
    await round([-2, 0, 2], []);
    await move(panel, "discussion");
    await move(panel, "closed");
    await move(panel, "next-round");
    await round([-2, 1, 2], [{}, { changeReason: { code: "misread" } }, { rationale: "Another reason." }]);
    await move(panel, "discussion");
  });

  test("has its columns in order and a row for each reviewer, cell and round", async () => {
    const rows = await csvFor(panel, panel.facilitator);
    expect(Object.keys(rows[0] ?? {}).join()).toBe(
      "panel_id,synthetic,rubric_version,round,policy_id,policy,criterion_id,criterion,perspective,reviewer,group,value,non_score,rationale,evidence_ids,submitted_at,kept,changed_from,change_reason,after_sight",
    );
    const found = rows.map((row) =>
      [row.round, row.reviewer, row.value, row.kept, row.changed_from, row.change_reason, row.after_sight].join(),
    );
    expect(found.sort()).toEqual([
      "1,reviewer 1,-2,,,,false",
      "1,reviewer 2,0,,,,false",
      "1,reviewer 3,2,,,,false",
      "2,reviewer 1,-2,true,,,false",
      "2,reviewer 2,1,false,0,misread,false",
      "2,reviewer 3,2,false,,,false",
    ]);
    expect(rows[0]).toMatchObject({
      panel_id: panel.panelId,
      synthetic: "false",
      perspective: "Ideological",
      criterion: "Increased transparency",
    });
  });

  test("keeps text that looks like a number text, and comes back from the file as it was", async () => {
    const [row] = await csvFor(panel, panel.facilitator);
    expect(row?.rationale).toMatch(/^'-1 says "\d",\nand more$/);
  });
});
