import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findRoundFigures, storeRoundFigures } from "#db/round-figures.ts";
import { methodName } from "#rubric/reconcile.ts";
import type { CellId } from "#rubric/rubric.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { hashOf } from "#server/hash.ts";
import { verifyBundle } from "#server/reports/verify-bundle.ts";
import { aPanel, done, give, move, type TestPanel } from "#tests/support/panels.ts";
import type { Answer, Person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const cells: CellId[] = ["P1", "P2", "P3"].flatMap((policyId) =>
  ["I1", "I2", "G1"].map((criterionId) => ({ policyId, criterionId })),
);
const lowest = { "staff-team": -2, "rand-ucla": 1, delphi: 1 } as const;

/** Everybody scores every cell: P1 high, P2 in the middle, P3 low; reviewer after reviewer a little otherwise. */
async function scored(preset: keyof typeof lowest, reviewers = 6, points: object[] = []): Promise<TestPanel> {
  const panel = await aPanel(server, { protocol: preset, reviewers, observers: 1, cells });
  for (const [place, reviewer] of panel.reviewers.entries()) {
    for (const cell of cells) {
      const steps = { P1: 4, P2: 2, P3: 0 }[cell.policyId] ?? 0;
      const shift = place % 3 === 0 && cell.criterionId === "G1" ? 1 : 0;
      await give(panel, reviewer, { ...cell, value: lowest[preset] + Math.abs(steps - shift) });
    }
    const path = `/panels/${panel.panelId}`;
    if (points[place]) done(await reviewer.call("PUT", `${path}/points`, { points: points[place], version: 0 }), 200);
    done(await reviewer.call("POST", `${path}/submission`, {}), 200);
  }
  await server.app.aggregation.drain();
  return panel;
}

/** Reveals the round and waits for the other thread, which may be slow to start on a busy machine. */
async function reveal(panel: TestPanel): Promise<void> {
  await move(panel, "discussion");
  await server.app.analyst.prepare({ panelId: panel.panelId, round: 1 });
}

async function consensus(who: Person, { panelId }: TestPanel): Promise<Answer["body"]> {
  return done(await who.call("GET", `/panels/${panelId}/consensus`), 200);
}

function first(panel: TestPanel): Person {
  const [reviewer] = panel.reviewers;
  if (!reviewer) throw new Error("a panel without reviewers");
  return reviewer;
}

describe("the figures over several cells", () => {
  test("of a live panel wait for the reveal, whoever has submitted", async () => {
    const panel = await scored("staff-team", 3);
    for (const who of [panel.facilitator, first(panel)]) {
      expect(await consensus(who, panel)).toMatchObject({ robustness: null, pending: null, secondLooks: [] });
    }
    await reveal(panel);
    expect(await consensus(first(panel), panel)).toMatchObject({
      pending: null,
      robustness: { order: { flip: { leader: "P1" } } },
    });
  });

  test("are stored with method, parameters and seeds, and the snapshot holds the same text", async () => {
    const panel = await scored("staff-team");
    await reveal(panel);
    const shown = await consensus(panel.facilitator, panel);
    await move(panel, "closed");
    const { output, inputHash, input } = done(
      await panel.facilitator.call("GET", `/panels/${panel.panelId}/snapshots/1`),
      200,
    );
    expect(output.analysis).toEqual(shown.robustness);
    expect(hashOf(input)).toBe(inputHash);
    const at = { panelId: panel.panelId, round: 1, method: methodName };
    expect(await findRoundFigures(server.app.database.pool, at)).toMatchObject({
      inputHash,
      outputHash: hashOf(output),
    });
    expect(output.analysis.measures).toContainEqual({
      name: "resampled-values",
      version: "1",
      parameters: { resamples: 2000 },
      seed: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await consensus(panel.facilitator, panel)).robustness).toEqual(shown.robustness);
  });

  test("weigh the criteria as the reviewers do, without saying who, and a file of them verifies", async () => {
    const points = [{ I1: 100 }, { I1: 50, G1: 50 }, { G1: 100 }];
    const panel = await scored("staff-team", 3, points);
    await reveal(panel);
    await move(panel, "closed");
    const { robustness } = await consensus(first(panel), panel);
    const [i1, i2, , g1] = [0, 1, 2, 3].map((place) => robustness.weights.weights[place]);
    expect([robustness.weights.source, i1, i2, g1]).toEqual(["points", 0.5, 0, 0.5]);
    expect(robustness.weights.reviewers.map((own: number[]) => own[0])).toEqual([0, 0.5, 1]);
    expect(robustness.order.weights).toEqual([0.5, 0, 0.5]);
    const bundle = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/export?format=json`), 200);
    expect(verifyBundle(bundle).filter(({ outcome }) => outcome !== "holds")).toEqual([]);
    bundle.points[0].points.I1 = 1;
    const differing = verifyBundle(bundle).filter(({ outcome }) => outcome === "differs");
    expect(differing.map(({ name }) => name)).toContain("round 1, analysed scores");
  });

  test("of a round that cannot be revealed yet are not computed at all", async () => {
    const panel = await scored("rand-ucla");
    expect(await server.app.analyst.prepare({ panelId: panel.panelId, round: 1 })).toBe(false);
    const at = { panelId: panel.panelId, round: 1, method: methodName };
    expect(await findRoundFigures(server.app.database.pool, at)).toBeNull();
  });

  test("of an anonymous panel never ask whose scores belong together", async () => {
    const panel = await scored("delphi");
    await reveal(panel);
    await move(panel, "closed");
    const { robustness, secondLooks } = await consensus(panel.facilitator, panel);
    expect(secondLooks).toEqual([]);
    expect(robustness).toMatchObject({ reliability: null, camps: null, changes: null, order: { leaveOneOut: null } });
    expect(robustness.cells.map((cell: { adjusted: unknown }) => cell.adjusted)).toEqual(cells.map(() => null));
    const { input } = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/snapshots/1`), 200);
    expect(input.analysed.reviewers).toBeNull();
  });

  test("of a server that stops are given up, and computed when somebody asks again", async () => {
    const panel = await scored("staff-team", 3);
    const at = { panelId: panel.panelId, round: 1 };
    const other = await startServer({ databaseUrl: server.databaseUrl });
    await move(panel, "discussion");
    const given = other.app.analyst.prepare(at);
    await other.app.analyst.stop();
    await given.catch((error: unknown) => expect(String(error)).toContain("has ended"));
    expect(await other.app.analyst.prepare(at)).toBe(true);
    await other.stop();
  });
});

test("figures over several cells that were changed in the database are found and mended", async () => {
  const panel = await scored("staff-team", 3);
  await reveal(panel);
  const { pool } = server.app.database;
  const at = { panelId: panel.panelId, round: 1, method: methodName };
  const right = await findRoundFigures(pool, at);
  if (right === null) throw new Error("the figures were not stored");
  await storeRoundFigures(pool, { ...right, outputHash: hashOf("something else") });
  expect((await rebuildConsensus(server.app, panel.panelId)).differences).toEqual([
    { panelId: panel.panelId, round: 1, cell: "figures over several cells" },
  ]);
  expect(await findRoundFigures(pool, at)).toMatchObject({ outputHash: right.outputHash });
  expect((await rebuildConsensus(server.app, panel.panelId)).differences).toEqual([]);
});

describe("figures about persons", () => {
  test("of a named panel are everybody's for the facilitator, the own for a reviewer, nobody's for an observer", async () => {
    const panel = await scored("staff-team");
    await reveal(panel);
    const [facilitator, reviewer, observer] = [panel.facilitator, first(panel), panel.observers[0]];
    if (!observer) throw new Error("a panel without an observer");
    expect((await consensus(facilitator, panel)).secondLooks).toHaveLength(6);
    expect((await consensus(reviewer, panel)).secondLooks).toMatchObject([{ label: "reviewer 1", isOwn: true }]);
    expect((await consensus(observer, panel)).secondLooks).toEqual([]);
  });

  test("of a pseudonymous panel stand under codes, and no snapshot or file holds them", async () => {
    const panel = await scored("rand-ucla");
    await reveal(panel);
    const { secondLooks } = await consensus(panel.facilitator, panel);
    expect(secondLooks[0].label).toMatch(/^Reviewer \d+ · reviewer \d$/);
    const [own] = (await consensus(first(panel), panel)).secondLooks;
    expect(own).toMatchObject({ label: expect.stringMatching(/^Reviewer \d+$/), isOwn: true });
    await move(panel, "closed");
    const file = await panel.facilitator.call("GET", `/panels/${panel.panelId}/export?format=json`);
    expect(file.text).toContain("resampled-values");
    expect(file.text).not.toContain("severityRobustZ");
  });
});
