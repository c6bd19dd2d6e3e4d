import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyBundle } from "#server/reports/verify-bundle.ts";
import { type Ear, follow, type LiveServer, startLiveServer } from "#tests/support/live.ts";
import { aPanel, done, move, submit, type TestPanel } from "#tests/support/panels.ts";
import type { Person } from "#tests/support/people.ts";

let server: LiveServer;
beforeAll(async () => {
  server = await startLiveServer();
});
afterAll(() => server.stop());

/** What a person does on each nudge: look at the board again, until it is as they expect. */
async function boardOnceHeard({ panelId }: TestPanel, { who, ear }: { who: Person; ear: Ear }) {
  await ear.until(({ event }) => event === "panel:changed");
  ear.heard.splice(0);
  return done(await who.call("GET", `/panels/${panelId}/board`), 200);
}

function inShort(board: { cells: { n: number; verdict: string; counts: number[] | null }[] }): string[] {
  return board.cells.map(({ n, verdict, counts }) => `${n} ${verdict} ${counts?.join("") ?? "-"}`);
}

test("the whole job through the API and two sockets, from the first score to a bundle that verifies", async () => {
  const panel = await aPanel(server, { reviewers: 3 });
  const { panelId, facilitator, reviewers } = panel;
  const [ann, bob, cas] = reviewers;
  if (!ann || !bob || !cas) throw new Error("three reviewers are needed");
  const chair = { who: facilitator, ear: await follow(server, facilitator, panelId) };
  const waiting = { who: bob, ear: await follow(server, bob, panelId) };

  await submit(panel, ann, 2);
  expect(inShort(await boardOnceHeard(panel, chair))).toEqual(["1 too-few -", "1 too-few -"]);
  expect(await boardOnceHeard(panel, waiting)).toMatchObject({ visible: false, progress: { submitted: 1 } });

  await submit(panel, cas, -2);
  await boardOnceHeard(panel, chair);
  expect(await boardOnceHeard(panel, waiting)).toMatchObject({ visible: false, progress: { submitted: 2 } });
  await submit(panel, bob, 2);
  expect(inShort(await boardOnceHeard(panel, chair))).toEqual(["3 contested 10002", "3 contested 10002"]);
  expect(inShort(await boardOnceHeard(panel, waiting))).toEqual(["3 contested 10002", "3 contested 10002"]);

  await move(panel, "discussion");
  expect(await boardOnceHeard(panel, waiting)).toMatchObject({ phase: "discussion", visible: true });
  await move(panel, "closed");
  expect(await boardOnceHeard(panel, chair)).toMatchObject({ phase: "closed" });

  const consensus = done(await bob.call("GET", `/panels/${panelId}/consensus`), 200);
  expect(inShort(consensus)).toEqual(["3 contested 10002", "3 contested 10002"]);
  const file = await facilitator.call("GET", `/panels/${panelId}/export?format=json`);
  const checks = verifyBundle(JSON.parse(file.text));
  expect(checks.length).toBeGreaterThan(5);
  expect(checks.filter(({ outcome }) => outcome !== "holds")).toEqual([]);
  for (const { ear } of [chair, waiting]) ear.close();
});
