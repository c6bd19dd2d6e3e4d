import { afterAll, beforeAll, expect, test } from "vitest";
import { aPanel, done, joinAs, type TestPanel } from "#tests/support/panels.ts";
import { person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function codesOf({ panelId, facilitator }: TestPanel): Promise<Map<string, string>> {
  const { members } = done(await facilitator.call("GET", `/panels/${panelId}`), 200);
  const scoring = members.filter((one: { code?: string }) => one.code !== undefined);
  return new Map(scoring.map((one: { memberId: string; code: string }) => [one.memberId, one.code]));
}

test("the code of a reviewer who joins before the first reveal does not tell who joined last", async () => {
  const codesOfLatecomers: (string | undefined)[] = [];
  for (let panelNumber = 0; panelNumber < 12; panelNumber += 1) {
    const panel = await aPanel(server, { protocol: "rand-ucla", reviewers: 3 });
    const latecomer = await joinAs(server, panel, { known: await person(server, "Late Comer"), role: "reviewer" });
    const codes = await codesOf(panel);
    expect([...codes.values()].sort()).toEqual(["Reviewer 1", "Reviewer 2", "Reviewer 3", "Reviewer 4"]);
    codesOfLatecomers.push(codes.get(latecomer.memberId));
  }
  // Of four codes all twelve get the same one by chance once in four million runs.
  expect(new Set(codesOfLatecomers).size).toBeGreaterThan(1);
});
