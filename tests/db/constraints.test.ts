import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPanel, give, move, submit, type TestPanel } from "#tests/support/panels.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let sql: postgres.Sql;
let panel: TestPanel;

beforeAll(async () => {
  server = await startServer();
  sql = postgres(server.databaseUrl, { max: 1, onnotice: () => {} });
  panel = await aPanel(server);
  for (const [index, reviewer] of panel.reviewers.entries()) await submit(panel, reviewer, index - 1);
  await move(panel, "discussion");
  await move(panel, "closed");
});
afterAll(async () => {
  await sql.end();
  await server.stop();
});

async function faultOf(statement: postgres.PendingQuery<postgres.Row[]>): Promise<string> {
  try {
    await statement;
    return "no fault";
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    return error.constraint_name ?? error.message;
  }
}

describe("what must survive a bug", () => {
  test("a score off the scale is refused by the database itself", async () => {
    expect(await faultOf(sql`update score set value = 3 where panel_id = ${panel.panelId}`)).toBe("score_within_scale");
    expect(await faultOf(sql`update score set value = 2 where panel_id = ${panel.panelId} and value = -1`)).toBe(
      "no fault",
    );
    await sql`update score set value = -1 where panel_id = ${panel.panelId} and value = 2`;
  });

  test("a member has one current score for a cell in a round", async () => {
    expect(await faultOf(sql`insert into score select * from score where panel_id = ${panel.panelId}`)).toBe(
      "score_pkey",
    );
  });

  test("a score is a level or a reason for none, never both", async () => {
    expect(await faultOf(sql`update score set non_score = 'abstain' where panel_id = ${panel.panelId}`)).toBe(
      "score_check",
    );
  });

  test("the protocol is frozen once round 1 has opened", async () => {
    expect(
      await faultOf(sql`update panel set protocol = protocol || '{"minScores": 9}' where panel_id = ${panel.panelId}`),
    ).toBe("protocol_is_frozen");
  });

  test("the rubric a round was opened under is frozen", async () => {
    expect(await faultOf(sql`update rubric set rubric = '{}' where panel_id = ${panel.panelId}`)).toBe(
      "rubric_is_frozen",
    );
  });

  test.each(["audit_event", "audit_link", "audit_batch", "score_revision", "snapshot"])(
    "%s only grows",
    async (table) => {
      expect(await faultOf(sql`delete from ${sql(table)}`)).toBe(`${table} is append-only`);
      expect(await faultOf(sql`update ${sql(table)} set panel_id = panel_id`)).toBe(`${table} is append-only`);
    },
  );
});

test("analysts see submitted scores and the stored consensus, and no draft", async () => {
  const other = await aPanel(server, { reviewers: 1 });
  const [reviewer] = other.reviewers;
  if (reviewer) await give(other, reviewer, { policyId: "P1", criterionId: "I1", value: 2 });
  expect(await sql`select 1 from score_view where panel_id = ${other.panelId}`).toHaveLength(0);
  expect(await sql`select 1 from score_view where panel_id = ${panel.panelId}`).toHaveLength(6);
  const cells =
    await sql`select criterion_id as cell, n, counts, verdict from consensus_view where panel_id = ${panel.panelId} order by 1`;
  expect([...cells]).toEqual(
    ["I1", "I2"].map((cell) => ({ cell, n: 3, counts: [0, 1, 1, 1, 0], verdict: "contested" })),
  );
});
