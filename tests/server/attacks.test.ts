import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Preset, presets } from "#rubric/protocol.ts";
import { type CellId, cellKey } from "#rubric/rubric.ts";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { submitRound } from "#server/commands/submit-round.ts";
import { requireMember } from "#server/membership.ts";
import { aPanel, done, give, move, type PanelPerson, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import type { Person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

// What somebody can try who may see much, and compares, subtracts, counts or measures it.

const names = Object.keys(presets) as Preset[];
const sealedPresets = names.filter((name) => presets[name].parameters.board === "reveal");
const reading = ["", "/board", "/roster", "/consensus", "/snapshots", "/audit", "/cells/P1/I1", "/export?format=csv"];
const [first, second] = twoCells as [CellId, CellId];

vi.setConfig({ testTimeout: 120_000 });
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function get(who: Person, { panelId }: TestPanel, path: string) {
  return done(await who.call("GET", `/panels/${panelId}${path}`), 200);
}

function nth({ reviewers }: TestPanel, index: number): PanelPerson {
  return reviewers[index] as PanelPerson;
}

/** What a person can read, with ids, hashes and moments made alike. */
async function sights(who: Person, panel: TestPanel): Promise<string[]> {
  const texts = reading.map(async (path) => (await who.call("GET", `/panels/${panel.panelId}${path}`)).text);
  const alike = (text: string) =>
    text
      .replaceAll(
        /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|\b[0-9a-f]{8}(?=@)|20\d\d-[\dT:.-]+Z/g,
        "*",
      )
      // Which joinings were sealed together is a matter of time.
      .replaceAll(/"batch":\d+|"batches":.*$/g, "*");
  return (await Promise.all(texts)).map(alike);
}

describe.each(sealedPresets)("before the reveal of a %s panel", (preset) => {
  /** Everything that those who may not see the figures read, after each submission of the others. */
  async function watchScoring(value: number, rationale: string): Promise<string[]> {
    const panel = await aPanel(server, { protocol: preset, reviewers: 7, observers: 1 });
    const blind = presets[preset].parameters.facilitatorView === "progress" ? [panel.facilitator] : [];
    const watching = [nth(panel, 6), ...panel.observers, ...blind];
    const seen: string[] = [];
    for (const author of panel.reviewers.slice(0, 6)) {
      for (const cell of twoCells) await give(panel, author, { ...cell, value, rationale });
      done(await author.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
      await server.app.aggregation.drain();
      for (const who of watching)
        seen.push(...(await sights(who, panel)).map((text) => text.replaceAll(who.name, "*")));
    }
    return seen;
  }

  test("watching each submission tells nobody more than that there was one, not even by its length", async () => {
    const [low, high] = [await watchScoring(1, "No."), await watchScoring(9, "Yes, and at length. ".repeat(300))];
    expect(high).toEqual(low);
    expect(high.map((text) => text.length)).toEqual(low.map((text) => text.length));
  });
});

describe.each(names)("the version of a %s panel", (preset) => {
  test("counts what all may know of, and nothing else", async () => {
    const panel = await aPanel(server, { protocol: preset, reviewers: 3 });
    const version = async () => {
      await server.app.aggregation.drain();
      return (await get(nth(panel, 2), panel, "/version")).version;
    };
    const opened = await version();
    for (const author of panel.reviewers.slice(0, 2))
      for (const cell of twoCells) await give(panel, author, { ...cell, value: 1 });
    expect(await version()).toBe(opened);
    for (const [place, author] of panel.reviewers.slice(0, 2).entries()) {
      done(await author.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
      expect(await version()).toBe(opened + place + 1);
    }
    await move(panel, "discussion");
    expect(await version()).toBe(opened + 3);
  });

  test("does not tell how many acts were announced at once", async () => {
    const panel = await aPanel(server, { protocol: preset, reviewers: 3 });
    const { aggregation, database } = server.app;
    // Nobody drains until both have submitted.
    const unwoken = { ...server.app, aggregation: { ...aggregation, wake: () => undefined } };
    await aggregation.drain();
    const before = (await get(nth(panel, 2), panel, "/version")).version;
    for (const author of panel.reviewers.slice(0, 2)) {
      for (const cell of twoCells) await give(panel, author, { ...cell, value: 1 });
      await submitRound(
        unwoken,
        await requireMember({ database }, { ...author, isAdministrator: false }, panel.panelId),
      );
    }
    await aggregation.drain();
    expect((await get(nth(panel, 2), panel, "/version")).version).toBe(before + 2);
  });
});

describe.each(["rand-ucla", "delphi"] as const)("a %s panel", (preset) => {
  test("two readable totals never differ by one hidden score", async () => {
    const panel = await aPanel(server, { protocol: preset, reviewers: 8, observers: 1 });
    for (const [place, author] of panel.reviewers.slice(0, 7).entries()) await submit(panel, author, 1 + place);
    await move(panel, "discussion");
    const watching = [nth(panel, 0), nth(panel, 7), ...panel.observers];
    const releases = async () => {
      await server.app.aggregation.drain();
      const all = await Promise.all(
        watching.map(async (who) => {
          const { scores, histograms } = await get(who, panel, "/export?format=json");
          const figures = (cells: (CellId & Record<string, unknown>)[]) =>
            cells.map(({ policyId, criterionId, n, counts, median, iqr, verdict, nonScores }) => ({
              cell: cellKey({ policyId, criterionId }),
              ...{ n, counts, median, iqr, verdict, nonScores },
            }));
          const { cells } = await get(who, panel, "/board");
          const consensus = (await get(who, panel, "/consensus")).cells;
          return { board: figures(cells), consensus: figures(consensus), scores, histograms };
        }),
      );
      return all;
    };
    const revealed = await releases();
    expect(revealed[0]?.board[0]?.counts).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(revealed[0]?.board).toEqual(revealed[0]?.consensus);
    // Whoever leaves takes nothing along, whether submitted or not.
    const leaving = [nth(panel, 1), nth(panel, 2)];
    for (const { memberId } of leaving)
      done(await panel.facilitator.call("DELETE", `/panels/${panel.panelId}/members/${memberId}`), 204);
    expect(await releases()).toEqual(revealed);
    await rebuildConsensus(server.app, panel.panelId);
    expect(await releases()).toEqual(revealed);
    await move(panel, "closed");
    expect(await releases()).toEqual(revealed);
    const { output } = await get(nth(panel, 0), panel, "/snapshots/1");
    expect(output.cells.map(({ counts }: { counts: unknown }) => counts)).toEqual(
      revealed[0]?.board.map(({ counts }) => counts),
    );
  });

  test("gives no level of a cell with fewer scores than the minimum, however few, and mixes it into nothing", async () => {
    for (let scores = 1; scores < 5; scores += 1) {
      const panel = await aPanel(server, { protocol: preset, reviewers: 6, observers: 1 });
      for (const [place, author] of panel.reviewers.entries()) {
        const answer = place < scores ? { value: 8 } : { nonScore: "cannot-judge" };
        await give(panel, author, { ...first, ...answer, rationale: "HARD TO SAY" });
        await give(panel, author, { ...second, value: 2 });
        done(await author.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
      }
      await move(panel, "discussion");
      const watching = [
        nth(panel, 0),
        nth(panel, 5),
        ...panel.observers,
        ...(preset === "delphi" ? [panel.facilitator] : []),
      ];
      for (const phase of ["discussion", "closed"]) {
        if (phase === "closed") await move(panel, "closed");
        for (const who of watching) {
          const seen = await sights(who, panel);
          expect(seen.join("")).not.toContain("HARD TO SAY");
          const { cells, agreement, policies } = await get(who, panel, "/consensus");
          expect(cells[0]).toMatchObject({
            n: scores,
            counts: null,
            median: null,
            iqr: null,
            disagreement: null,
            direction: null,
          });
          expect(JSON.stringify(cells[0])).not.toMatch(/\b8\b/);
          expect([agreement.panel.cells, agreement.cells.length]).toEqual([1, 1]);
          expect(JSON.stringify(policies)).not.toMatch(/"median":8/);
        }
      }
      const { input, output } = await get(nth(panel, 0), panel, "/snapshots/1");
      expect([input.cells[0].counts, output.cells[0].counts]).toEqual([null, null]);
    }
  });
});

test("the audit log does not tell somebody recused from a cell whether enough others scored it", async () => {
  const logs: string[][] = [];
  for (const judging of [2, 5]) {
    const panel = await aPanel(server, { protocol: "rand-ucla", reviewers: 6 });
    for (const [place, author] of panel.reviewers.entries()) {
      const others = place <= judging ? { value: 8 } : { nonScore: "cannot-judge" };
      await give(panel, author, { ...first, ...(place === 0 ? { nonScore: "recused" } : others) });
      await give(panel, author, { ...second, value: 2 });
      done(await author.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    }
    await move(panel, "discussion");
    await server.app.aggregation.drain();
    const { entries } = await get(nth(panel, 0), panel, "/audit");
    const { cells } = entries
      .map(({ line }: { line: string }) => JSON.parse(line))
      .find(({ act }: { act: string }) => act === "round-revealed");
    logs.push(cells.map(cellKey));
  }
  const both = [cellKey(first), cellKey(second)];
  expect(logs).toEqual([both, both]);
});

test("the order of unlabelled texts follows neither submission, nor name, nor joining", {
  timeout: 60_000,
}, async () => {
  const cells = ["P1", "P2", "P3", "P4"].flatMap((policyId) =>
    ["I1", "I2", "I3", "G1", "G2", "G3"].map((criterionId) => ({ policyId, criterionId })),
  );
  const panel = await aPanel(server, { protocol: "delphi", reviewers: 5, cells });
  const order = [3, 1, 4, 0, 2];
  for (const index of order) {
    for (const cell of cells) await give(panel, nth(panel, index), { ...cell, value: 5, rationale: `by ${index}` });
    done(await nth(panel, index).call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  }
  await move(panel, "discussion");
  const orders: string[] = [];
  for (const { policyId, criterionId } of cells) {
    const { entries } = await get(nth(panel, 0), panel, `/cells/${policyId}/${criterionId}`);
    expect(entries).toHaveLength(5);
    orders.push(entries.map(({ rationale }: { rationale: string }) => rationale.slice(-1)).join(""));
  }
  // By chance a cell has a given order one time in 120, and a given text in front one time in 5.
  for (const telling of ["31402", "20413", "01234", "43210"])
    expect(orders.filter((one) => one === telling).length, telling).toBeLessThan(4);
  for (const author of "01234") expect(orders.filter((one) => one.startsWith(author)).length, author).toBeLessThan(16);
});
