import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listCells } from "#db/consensus.ts";
import { listMail } from "#db/outbox.ts";
import { findAccount, listDemonstrationUsers } from "#db/users.ts";
import { demoPanel } from "#rubric/templates/demo-panel.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { completeDemonstration } from "#server/commands/complete-demonstration.ts";
import { loadDemonstration } from "#server/commands/load-demonstration.ts";
import { callApi, person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const demo = demoPanel();
let server: TestServer;
let closed: string;
let scoring: string;

beforeAll(async () => {
  server = await startServer();
  ({ panelId: closed } = await loadDemonstration(server.app, { stop: "closed" }));
  ({ panelId: scoring } = await loadDemonstration(server.app, { stop: "scoring" }));
});
afterAll(() => server.stop());

/** Asks the API as one of the demonstration's people. */
async function ask(handle: string, path: string) {
  const account = await findAccount(server.app.database.pool, `${handle}@demo.invalid`);
  const { sessionId } = await server.app.accounts.openSession(account?.userId ?? "");
  const answer = await callApi(server, { method: "GET", path, headers: { authorization: `Bearer ${sessionId}` } });
  return answer.body;
}

type Figures = Omit<(typeof demo)["expected"]["cells"][number], "round" | "nonScores"> & {
  nonScores: Record<string, number>;
};

function expectedOf(round: number): Figures[] {
  return demo.expected.cells
    .filter((cell) => cell.round === round)
    .map(({ round: _round, nonScores, ...cell }) => ({
      ...cell,
      nonScores: {
        cannotJudge: nonScores["cannot-judge"] ?? 0,
        abstain: nonScores.abstain ?? 0,
        recused: nonScores.recused ?? 0,
        absent: nonScores.absent ?? 0,
      },
    }));
}

function figuresOf(cell: Figures): Figures {
  const { policyId, criterionId, eligible, n, nonScores, counts, median, disagreement, verdict, direction } = cell;
  return { policyId, criterionId, eligible, n, nonScores, counts, median, disagreement, verdict, direction };
}

const byCell = (left: Figures, right: Figures) =>
  `${left.policyId}${left.criterionId}`.localeCompare(`${right.policyId}${right.criterionId}`);

describe("the demonstration, two rounds held and closed", () => {
  test("shows in each closed round exactly the figures that its file expects", async () => {
    const { snapshots } = await ask("observer", `/panels/${closed}/snapshots`);
    expect(snapshots.map(({ round }: { round: number }) => round)).toEqual([1, 2]);
    for (const { version, round } of snapshots) {
      const { output } = await ask("observer", `/panels/${closed}/snapshots/${version}`);
      expect(output.cells.map(figuresOf).sort(byCell)).toEqual(expectedOf(round).sort(byCell));
    }
  });

  test("settles each cell in the latest round that had it", async () => {
    const { cells } = await ask("reviewer-1", `/panels/${closed}/consensus`);
    const inRound2 = new Set(expectedOf(2).map(({ policyId, criterionId }) => `${policyId}-${criterionId}`));
    const settled = new Map(
      cells.map((cell: { policyId: string; criterionId: string; settledInRound: number }) => [
        `${cell.policyId}-${cell.criterionId}`,
        cell.settledInRound,
      ]),
    );
    expect(settled.size).toBe(24);
    for (const [cell, round] of settled) expect(round, String(cell)).toBe(inRound2.has(String(cell)) ? 2 : 1);
  });

  test("is marked as invented data for everyone in it", async () => {
    const panel = await ask("reviewer-3", `/panels/${closed}`);
    expect(panel).toMatchObject({ synthetic: true, title: demo.panel.title, phase: "closed", round: 2 });
  });

  test("is what a rebuild from the scores would store", async () => {
    const { cells, differences } = await rebuildConsensus(server.app, closed);
    expect({ cells, differences }).toEqual({ cells: 34, differences: [] });
  });
});

describe("the demonstration, round 1 under way", () => {
  test("has submitted, drafted and begun nothing as the file says", async () => {
    const { roster } = await ask("facilitator", `/panels/${scoring}/export?format=json`);
    const panel = await ask("facilitator", `/panels/${scoring}`);
    expect(panel).toMatchObject({ phase: "scoring", round: 1, progress: { submitted: 6, expected: 9 } });
    expect(
      roster.entries.map(({ name, state, complete }: { name: string; state: string; complete: number }) => [
        name.slice(0, 10),
        state,
        complete,
      ]),
    ).toEqual([
      ["Reviewer 1", "submitted", 24],
      ["Reviewer 2", "submitted", 24],
      ["Reviewer 3", "submitted", 24],
      ["Reviewer 4", "submitted", 24],
      ["Reviewer 5", "drafting", 15],
      ["Reviewer 6", "not-started", 0],
      ["Reviewer 7", "drafting", 22],
      ["Reviewer 8", "submitted", 24],
      ["Reviewer 9", "submitted", 24],
    ]);
  });

  test("counts the six who have submitted and no draft", async () => {
    const cells = await listCells(server.app.database.pool, { panelId: scoring, round: 1 });
    expect(cells.map(({ n, nonScores }) => n + nonScores.cannotJudge + nonScores.abstain)).toEqual(
      new Array(24).fill(6),
    );
  });
});

test("both panels have the same eleven people, none of whom gets a mail", async () => {
  const people = await listDemonstrationUsers(server.app.database.pool);
  expect(people).toHaveLength(11);
  expect(await listMail(server.app.database.pool, 10)).toEqual([]);
});

test("revealed, its discussion shows round 1 and has no snapshot yet", async () => {
  const { panelId } = await loadDemonstration(server.app, { stop: "discussion" });
  const { cells } = await ask("observer", `/panels/${panelId}/board`);
  expect(cells.map(figuresOf).sort(byCell)).toEqual(expectedOf(1).sort(byCell));
  expect(await ask("observer", `/panels/${panelId}/snapshots`)).toEqual({ snapshots: [] });
});

describe("an installation that nobody uses yet", () => {
  test("gets the demonstration once, and again what an interrupted start left undone", async () => {
    const other = await startServer();
    const phases = async () => {
      const [, facilitator] = await listDemonstrationUsers(other.app.database.pool);
      const { sessionId } = await other.app.accounts.openSession(facilitator?.userId ?? "");
      const headers = { authorization: `Bearer ${sessionId}` };
      const { body } = await callApi(other, { method: "GET", path: "/panels", headers });
      return body.panels.map(({ phase, round }: { phase: string; round: number }) => `${phase} ${round}`).sort();
    };
    // As after a crash: a panel is there in part, and was never counted.
    await loadDemonstration(other.app, { stop: "discussion" });
    await completeDemonstration(other.app);
    expect(await phases()).toEqual(["closed 2", "discussion 1", "scoring 1"]);

    await completeDemonstration(other.app);
    expect(await phases()).toHaveLength(3);
    await other.stop();
  });

  test("and one with people of its own never does", async () => {
    const other = await startServer();
    await person(other, "Olga Owner");
    await completeDemonstration(other.app);
    expect(await listDemonstrationUsers(other.app.database.pool)).toEqual([]);
    await other.stop();
  });
});
