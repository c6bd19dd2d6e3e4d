import { rmSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { startEmbedded } from "#db/embedded/start.ts";
import { insertMember } from "#db/members.ts";
import { migrate } from "#db/migrate.ts";
import { insertUser } from "#db/users.ts";
import type { Member, User } from "#rubric/member.ts";
import type { Application } from "#server/application.ts";
import { createPanel } from "#server/commands/create-panel.ts";
import { moveRound } from "#server/commands/move-round.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { requireMember } from "#server/membership.ts";
import { readConsensus } from "#server/queries/read-consensus.ts";
import { readVersion } from "#server/queries/read-version.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

const options = {
  reviewers: { type: "string", default: "200" },
  policies: { type: "string", default: "20" },
  criteria: { type: "string", default: "10" },
} as const;

/**
 * `npm run prove -- large-panel [--reviewers N] [--policies N] [--criteria N]`: a panel with every cell scored by everybody is
 * revealed, analysed, read and closed; for each step, how long it took and how long the event loop was held up at most.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options });
  const [reviewers, policies, criteria] = [values.reviewers, values.policies, values.criteria].map(Number);
  const size = { reviewers: reviewers ?? 0, policies: policies ?? 0, criteria: criteria ?? 0 };
  const folder = quickFolder("concord-large-");
  const database = await startEmbedded(folder, { settings: { fsync: "off", synchronous_commit: "off" } });
  await migrate(database.url);
  const app = createApplication({ config: readConfig({ LOG_LEVEL: "warn" }), databaseUrl: database.url });
  try {
    const { user, panelId } = await fullPanel(app, size);
    const facilitator = await requireMember(app, user, panelId);
    const scores = size.reviewers * size.policies * size.criteria;
    say(`${size.reviewers} reviewers, ${size.policies * size.criteria} cells, ${scores} scores`);
    await timed("reveal", () => move(app, facilitator, "discussion"));
    await timed("figures over several cells, in the worker", () => app.analyst.prepare({ panelId, round: 1 }));
    await timed("reading the consensus", () => readConsensus(app, facilitator));
    await timed("close", () => move(app, facilitator, "closed"));
    return true;
  } finally {
    await app.close();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Size {
  readonly reviewers: number;
  readonly policies: number;
  readonly criteria: number;
}

/** Everybody has submitted; scores go into the database as they are, since nobody would wait for a million requests. */
async function fullPanel(app: Application, size: Size): Promise<{ user: User; panelId: string }> {
  const user = await someone(app, "Facilitator");
  const { panelId } = await createPanel(app, user, { input: inputOf(size) });
  for (let number = 1; number <= size.reviewers; number += 1) {
    const { userId } = await someone(app, `Reviewer ${number}`);
    const row = { panelId, memberId: app.newId(), userId, groupLabel: null, code: null };
    await insertMember(app.database.pool, { ...row, role: "reviewer", scores: true });
  }
  await move(app, await requireMember(app, user, panelId), "scoring");
  await app.database.write(async (db) => {
    await db.run`set local statement_timeout = 0`;
    await db.run`
      insert into score (panel_id, round, member_id, policy_id, criterion_id, value, rationale, version)
      select ${panelId}, 1, m.member_id, c.policy_id, c.criterion_id,
        (abs(hashtext(m.member_id::text || c.policy_id || c.criterion_id)) % 5) - 2, 'Because.', 1
      from member m join consensus c on c.panel_id = m.panel_id
      where m.panel_id = ${panelId} and m.scores`;
    await db.run`
      update review set state = 'submitted', submitted_at = now() where panel_id = ${panelId}`;
  });
  return { user, panelId };
}

async function someone(app: Application, name: string): Promise<User> {
  const userId = app.newId();
  const user = { userId, name, email: `${userId}@example.org`, isAdministrator: false };
  await insertUser(app.database.pool, { ...user, passwordHash: null, isDemonstration: false });
  return user;
}

function inputOf({ policies, criteria }: Size): unknown {
  return {
    title: "A large panel",
    question: "Does it hold?",
    protocol: "staff-team",
    policies: Array.from({ length: policies }, (_, at) => ({
      id: `P${at + 1}`,
      title: `Policy ${at + 1}`,
      description: "",
    })),
    rubric: {
      perspectives: [{ id: "A", title: "All" }],
      criteria: Array.from({ length: criteria }, (_, at) => ({
        id: `C${at + 1}`,
        name: `Criterion ${at + 1}`,
        question: "How much?",
        polarity: "more-is-better",
        perspective: "A",
      })),
      scale: { min: -2, max: 2, step: 1, anchors: [] },
    },
  };
}

async function move(app: Application, facilitator: Member, to: "scoring" | "discussion" | "closed"): Promise<void> {
  const { version } = await readVersion(app, facilitator);
  await moveRound(app, facilitator, { to, expectedVersion: version });
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  await work();
  const took = performance.now() - began;
  delay.disable();
  const milliseconds = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0);
  say(`${what}: ${took.toFixed(0)} ms; event loop held up ${milliseconds(delay.max)} ms at most`);
}

function say(line: string): void {
  stdout.write(`${line}\n`);
}
