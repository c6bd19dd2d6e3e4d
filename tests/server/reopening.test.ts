import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPanel, done, move, type PanelPerson, submit, type TestPanel } from "#tests/support/panels.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

type Json = ReturnType<typeof done>;

async function submittedPanel(protocol: unknown): Promise<TestPanel & { readonly author: PanelPerson }> {
  const panel = await aPanel(server, { protocol, reviewers: 3 });
  for (const reviewer of panel.reviewers) await submit(panel, reviewer, 1);
  return { ...panel, author: panel.reviewers[0] as PanelPerson };
}

function reopen({ panelId, facilitator }: TestPanel, { memberId }: PanelPerson) {
  return facilitator.call("POST", `/panels/${panelId}/reopenings`, { memberId, reason: "A slip of the pen." });
}

async function submitAgain({ panelId }: TestPanel, who: PanelPerson): Promise<void> {
  const path = `/panels/${panelId}/scores/P1/I1`;
  done(await who.call("PUT", path, { value: 2, rationale: "On second thoughts.", version: 1 }), 200);
  done(await who.call("POST", `/panels/${panelId}/submission`, {}), 200);
}

/** Whose answers to the first cell are marked, on the page and in the file. */
async function marksOf({ panelId, facilitator, reviewers }: TestPanel): Promise<{ page: string[]; file: number[] }> {
  const { entries } = done(await facilitator.call("GET", `/panels/${panelId}/cells/P1/I1`), 200);
  const { scores } = done(await facilitator.call("GET", `/panels/${panelId}/export?format=json`), 200);
  const marked = scores.filter((one: Json) => one.criterionId === "I1" && one.afterSight);
  return {
    page: entries.filter((one: Json) => one.afterSight).map((one: Json) => one.label),
    file: marked.map((one: Json) => reviewers.findIndex(({ memberId }) => memberId === one.memberId)),
  };
}

describe.each([
  { board: "live", sawBoard: true },
  { board: "reveal", sawBoard: false },
])("a submission that is opened again under a $board board", ({ board, sawBoard }) => {
  let panel: Awaited<ReturnType<typeof submittedPanel>>;
  beforeAll(async () => {
    panel = await submittedPanel({ preset: "staff-team", board });
    done(await reopen(panel, panel.author), 204);
  });

  test("leaves a line that every member reads: who did it, why, and whether the board was open", async () => {
    await server.app.aggregation.drain();
    const { entries } = done(await panel.author.call("GET", `/panels/${panel.panelId}/audit`), 200);
    const lines = entries.map(({ line }: { line: string }) => JSON.parse(line));
    const { members } = done(await panel.author.call("GET", `/panels/${panel.panelId}`), 200);
    const told = lines.filter(({ act }: Json) => act === "submission-reopened");
    expect(told.map(({ at: _moment, ...line }: Json) => line)).toEqual([
      {
        act: "submission-reopened",
        by: members.find(({ role }: Json) => role === "facilitator").memberId,
        round: 1,
        reason: "A slip of the pen.",
        boardWasOpen: sawBoard,
      },
    ]);
  });

  test(`${sawBoard ? "marks" : "does not mark"} its new answers as given after sight, on the page and in files`, async () => {
    await submitAgain(panel, panel.author);
    await move(panel, "discussion");
    expect(await marksOf(panel)).toEqual(sawBoard ? { page: ["reviewer 1"], file: [0] } : { page: [], file: [] });
  });

  test("is not opened again once it is revealed", async () => {
    const answer = await reopen(panel, panel.author);
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({
      status: 409,
      detail: "A revealed round is never reopened; the next round is for that.",
    });
  });
});

test("in an anonymous panel the facilitator opens nobody's submission, and learns of none", async () => {
  const panel = await submittedPanel({ preset: "delphi" });
  const answer = await reopen(panel, panel.author);
  expect(answer.status).toBe(403);
  const sheet = done(await panel.author.call("GET", `/panels/${panel.panelId}/scores`), 200);
  expect(sheet.submitted).toBe(true);
});
