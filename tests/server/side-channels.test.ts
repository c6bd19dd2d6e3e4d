import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls } from "#server/api/calls.ts";
import { makeLog } from "#server/log.ts";
import { aPanel, done, give, type PanelPerson, type TestPanel, twoCells } from "#tests/support/panels.ts";
import type { Answer } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

// What is beside an answer: its order, its headers, the line in the log.

const secret = "a bittern booms behind the reeds";
const log: string[] = [];
let server: TestServer;
let panel: TestPanel;
let drafting: PanelPerson;
beforeAll(async () => {
  server = await startServer({ application: { log: makeLog("debug", { write: (line) => void log.push(line) }) } });
  panel = await aPanel(server, { reviewers: 4, observers: 1 });
  drafting = panel.reviewers[3] as PanelPerson;
  // Agreed on the first cell, split on the second.
  for (const [index, reviewer] of panel.reviewers.slice(0, 3).entries()) {
    const [agreed, split] = twoCells as [(typeof twoCells)[number], (typeof twoCells)[number]];
    await give(panel, reviewer, { ...agreed, value: 1, rationale: secret });
    await give(panel, reviewer, { ...split, value: 2 * index - 2, rationale: secret });
    done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  }
  await server.app.aggregation.drain();
});
afterAll(() => server.stop());

function get(who: PanelPerson | TestPanel["facilitator"], part: string): Promise<Answer> {
  return who.call("GET", `/panels/${panel.panelId}${part}`);
}

const ofCell = ({ policyId, criterionId }: (typeof twoCells)[number]) => ({ policyId, criterionId });

test("a drafting reviewer's cells stay in the rubric's order, however others disagree", async () => {
  const { cells } = done(await get(panel.facilitator, "/board"), 200);
  expect(cells.map(({ iqr }: { iqr: number }) => iqr > 0)).toEqual([false, true]);
  expect(done(await get(drafting, ""), 200).scope.map(ofCell)).toEqual(twoCells);
});

test("members come by name, and not as they joined", async () => {
  const { members } = done(await get(drafting, ""), 200);
  const names = members.map(({ name }: { name: string }) => name);
  expect(names).toEqual(["Fay Facilitator", "observer 1", ...[1, 2, 3, 4].map((number) => `reviewer ${number}`)]);
});

describe("no answer about a panel", () => {
  const parts = calls
    .filter(({ method, path }) => method === "GET" && path.startsWith("/panels/:panelId"))
    .map(({ path }) => path.replace("/panels/:panelId", "").replace(":policyId/:criterionId", "P1/I1"));

  test.each([...parts, "/export?format=json"])("carries a version of what is behind it, at %s", async (part) => {
    for (const who of [drafting, panel.facilitator]) {
      const { headers } = await get(who, part.replace(":version", "1"));
      expect(["etag", "last-modified"].map((name) => headers.get(name))).toEqual([null, null]);
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });
});

describe("the log", () => {
  test("tells of every request, and holds no text that anybody wrote", () => {
    expect(log.filter((line) => line.includes("PUT /api/v1/panels/:panelId/scores")).length).toBe(6);
    expect(log.filter((line) => line.includes(secret))).toEqual([]);
  });

  test("says of an error what it is and where, and nothing of what is in it", () => {
    const lines: string[] = [];
    const cause = Object.assign(new Error(`duplicate key: ${secret}`), { code: "23505", detail: secret });
    const error = Object.assign(new Error(`insert ${secret}`, { cause }), { parameters: [secret] });
    makeLog("info", { write: (line) => void lines.push(line) }).error({ err: error }, "a call failed");
    const told = JSON.parse(lines[0] ?? "");
    expect(told).toMatchObject({ msg: "a call failed", err: { name: "Error", cause: { code: "23505" } } });
    expect(told.err.stack).toContain("side-channels.test.ts");
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});
