import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { createApplication, type RunningApplication } from "#server/create-application.ts";
import { aCrowd } from "#tests/support/crowd.ts";
import { aPanel, done, give, move, type TestPanel, twoCells } from "#tests/support/panels.ts";
import { type Answer, callApi, type Person } from "#tests/support/people.ts";
import { raceReveals } from "#tests/support/reveal-races.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const [firstCell = { policyId: "P1", criterionId: "I1" }] = twoCells;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

function addressOf(panel: TestPanel, cell = firstCell): string {
  return `/panels/${panel.panelId}/scores/${cell.policyId}/${cell.criterionId}`;
}

function submitAs(panel: TestPanel, who: Person, headers?: Record<string, string>): Promise<Answer> {
  return who.call("POST", `/panels/${panel.panelId}/submission`, {}, headers);
}

async function versionOf(panel: TestPanel): Promise<number> {
  return done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/version`), 200).version;
}

function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

test("twelve reveals, each against fifty submissions and saves at once, hold what was acknowledged, and nothing comes after", {
  timeout: 120_000,
}, async () => {
  const { requests, acknowledged, wrong, slowestRevealMs } = await raceReveals(server, 12);
  expect(wrong).toEqual([]);
  expect(requests).toBe(600);
  // Some came in time and some too late, else nothing raced.
  expect(acknowledged).toBeGreaterThan(0);
  expect(acknowledged).toBeLessThan(12 * 40);
  expect(slowestRevealMs).toBeLessThan(2_000);
});

test("the version counts submissions, however they are drained", async () => {
  const panel = await aPanel(server, { reviewers: 6 });
  await server.app.aggregation.drain();
  const before = await versionOf(panel);
  for (const who of panel.reviewers) for (const cell of twoCells) await give(panel, who, { ...cell, value: 1 });
  for (const answer of await Promise.all(panel.reviewers.map((who) => submitAs(panel, who)))) done(answer, 200);
  await server.app.aggregation.drain();
  expect(await versionOf(panel)).toBe(before + 6);
});

describe("one submission sent several times at once", () => {
  test("counts once, and each sender gets the same answer", async () => {
    const panel = await aPanel(server);
    const [who] = panel.reviewers;
    if (!who) throw new Error("no reviewer");
    for (const cell of twoCells) await give(panel, who, { ...cell, value: 1 });
    await server.app.aggregation.drain();
    const before = await versionOf(panel);

    const answers = await Promise.all(Array.from({ length: 8 }, () => submitAs(panel, who)));
    await server.app.aggregation.drain();

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await versionOf(panel)).toBe(before + 1);
  });

  test("under one idempotency key has one effect, and another body under the key is refused", async () => {
    const panel = await aPanel(server);
    const [who] = panel.reviewers;
    if (!who) throw new Error("no reviewer");
    const key = { "idempotency-key": "once-and-for-all" };
    const save = (value: number) =>
      who.call("PUT", addressOf(panel), { value, rationale: "Because.", version: 0 }, key);

    const answers = await Promise.all(Array.from({ length: 5 }, () => save(1)));
    const other = await save(2);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(other.status).toBe(422);
  });
});

test("a newcomer who accepts an invitation several times at once joins once, and hears why the others failed", async () => {
  const panel = await aPanel(server);
  const invitations = [{ email: "twice@example.org", role: "reviewer" }];
  const path = `/panels/${panel.panelId}/invitations`;
  const [{ invitationToken }] = done(await panel.facilitator.call("POST", path, { invitations }), 201).invitations;

  const accept = { method: "POST", path: `/invitations/${invitationToken}/accept` };
  const body = { name: "Twice", password: "a long enough sentence" };
  const answers = await Promise.all([1, 2, 3, 4].map(() => callApi(server, { ...accept, body })));

  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => ![200, 401, 409].includes(status))).toEqual([]);
});

describe("two tabs of one reviewer", () => {
  test("lose no update: one wins, the other is shown its own newer score", async () => {
    const panel = await aPanel(server);
    const [who] = panel.reviewers;
    if (!who) throw new Error("no reviewer");
    let version = 0;
    for (let count = 1; count <= 40; count += 1) {
      const values = [1, 2];
      const answers: Answer[] = await Promise.all(
        values.map((value) =>
          who.call("PUT", addressOf(panel), { value, rationale: `Save ${count}, tab ${value}.`, version }),
        ),
      );
      const winner = answers.findIndex(({ status }) => status === 200);
      const loser = answers[1 - winner];
      version += 1;
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers[winner]?.body.version).toBe(version);
      expect(loser?.body.current).toMatchObject({
        value: values[winner],
        rationale: `Save ${count}, tab ${values[winner]}.`,
        version,
      });
    }
  });

  test("each retrying until it is through leave one revision for each acknowledged save", async () => {
    const panel = await aPanel(server);
    const [who] = panel.reviewers;
    if (!who) throw new Error("no reviewer");
    const acknowledged: { version: number; rationale: string }[] = [];
    async function tab(name: string): Promise<void> {
      let version = 0;
      for (let count = 1; count <= 25; ) {
        const rationale = `${name} ${count}`;
        const answer = await who?.call("PUT", addressOf(panel), { value: 1, rationale, version });
        version = answer?.status === 200 ? answer.body.version : (answer?.body.current.version ?? 0);
        if (answer?.status !== 200) continue;
        acknowledged.push({ version, rationale });
        count += 1;
      }
    }
    await Promise.all([tab("left"), tab("right"), tab("third")]);

    const revisions = await server.app.database.pool.execute<{ version: number; rationale: string }>(sql`
      select version, rationale from score_revision where panel_id = ${panel.panelId} order by version`);
    expect([...revisions]).toEqual(acknowledged.sort((left, right) => left.version - right.version));
    expect(revisions.map(({ version }) => version)).toEqual(Array.from({ length: 75 }, (_, index) => index + 1));
  });

  test.each([{}, { "idempotency-key": "after-submitting" }])(
    "a save after the submission, or after the reveal, changes nothing (%j)",
    async (headers) => {
      const panel = await aPanel(server);
      const [who] = panel.reviewers;
      if (!who) throw new Error("no reviewer");
      for (const cell of twoCells) await give(panel, who, { ...cell, value: 1 });
      const late = () => who.call("PUT", addressOf(panel), { value: 2, rationale: "Late.", version: 1 }, headers);
      done(await submitAs(panel, who), 200);
      const submitted = await late();
      await move(panel, "discussion");
      const revealed = await late();

      const sheet = done(await who.call("GET", `/panels/${panel.panelId}/scores`), 200);
      expect([submitted.status, revealed.status]).toEqual([403, 403]);
      expect(sheet.scores.map((score: { value: number; version: number }) => [score.value, score.version])).toEqual([
        [1, 1],
        [1, 1],
      ]);
    },
  );

  test("one saving and one submitting: what was acknowledged first is what counts", async () => {
    const panel = await aCrowd(server, { reviewers: 30 });
    await Promise.all(
      panel.reviewers.flatMap((who) => twoCells.map((cell) => give(panel, who, { ...cell, value: 1 }))),
    );
    const outcomes = await Promise.all(
      panel.reviewers.map(async (who) => {
        const saving = pause(Math.random() * 30).then(() =>
          who.call("PUT", addressOf(panel), { value: 2, rationale: "Later.", version: 1 }),
        );
        const [saved, submitted] = await Promise.all([
          saving,
          pause(Math.random() * 30).then(() => submitAs(panel, who)),
        ]);
        const sheet = done(await who.call("GET", `/panels/${panel.panelId}/scores`), 200);
        const kept = sheet.scores.find((score: { criterionId: string }) => score.criterionId === firstCell.criterionId);
        return { saved: saved.status, submitted: submitted.status, value: kept.value };
      }),
    );

    expect(outcomes.filter(({ submitted }) => submitted !== 200)).toEqual([]);
    expect(outcomes.filter(({ saved, value }) => (saved === 200) !== (value === 2))).toEqual([]);
    expect(outcomes.filter(({ saved }) => saved !== 200 && saved !== 403)).toEqual([]);
    expect(await rebuildConsensus(server.app, panel.panelId)).toEqual({ cells: 2, differences: [] });
  });
});

describe("several nodes draining at once", () => {
  test("leave the consensus that its scores say, and nothing pending, though connections are cut all the time", async () => {
    const panel = await aCrowd(server, { reviewers: 20 });
    await Promise.all(
      panel.reviewers.flatMap((who) =>
        twoCells.map((cell) => give(panel, who, { ...cell, value: oneOf([-2, -1, 0, 1, 2]) })),
      ),
    );
    const nodes = await Promise.all([1, 2, 3].map(() => aNode()));
    let isOver = false;
    const drains = nodes.map((node) => drainUntil(node, () => isOver));
    const cuts = cutUntil(() => isOver);

    await Promise.all(panel.reviewers.map((who) => submitAndReopen(panel, who)));
    isOver = true;
    await Promise.all([...drains, cuts]);
    await server.app.aggregation.drain();

    expect(await pendingRows()).toBe(0);
    expect(await rebuildConsensus(server.app, panel.panelId)).toEqual({ cells: 2, differences: [] });
    const board = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/board`), 200);
    expect(board.cells.map((cell: { n: number }) => cell.n)).toEqual([20, 20]);
    await Promise.all(nodes.map((node) => node.close()));
  }, 60_000);

  async function pendingRows(): Promise<number | undefined> {
    const [row] = await server.app.database.pool.execute<{ rows: number }>(sql`
      select ((select count(*) from pending_cell) + (select count(*) from pending_act))::int as rows`);
    return row?.rows;
  }

  /** Another process would be no different: nodes share nothing but the database. */
  async function aNode(): Promise<RunningApplication> {
    return createApplication({
      config: server.app.config,
      databaseUrl: `${server.databaseUrl}?application_name=other-node`,
      connections: 2,
    });
  }

  async function drainUntil(node: RunningApplication, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await node.aggregation.drain().catch(() => 0);
      await pause(5);
    }
  }

  /** Cuts connections of the other nodes in the middle of whatever they do. */
  async function cutUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await server.app.database.pool.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state <> 'idle' and query ilike '%pending%' and pid <> pg_backend_pid() limit 1`);
      await pause(40);
    }
  }

  async function submitAndReopen(panel: TestPanel, who: TestPanel["reviewers"][number]): Promise<void> {
    for (let count = 1; count <= 4; count += 1) {
      await untilDone(() => submitAs(panel, who));
      await pause(Math.random() * 20);
      await untilDone(() =>
        panel.facilitator.call("POST", `/panels/${panel.panelId}/reopenings`, {
          memberId: who.memberId,
          reason: "Again.",
        }),
      );
      await untilDone(async () =>
        who.call("PUT", addressOf(panel), { value: oneOf([-2, 2]), rationale: "Anew.", version: count }),
      );
    }
    await untilDone(() => submitAs(panel, who));
  }

  /** The cuts may hit this, too; then a client is told to try again. */
  async function untilDone(act: () => Promise<Answer>): Promise<void> {
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const answer = await act();
      if (answer.status !== 503) {
        expect(answer.status, answer.text).toBeLessThan(300);
        return;
      }
    }
    throw new Error("still refused after ten attempts");
  }
});
