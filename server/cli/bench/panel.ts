import { insertMember } from "#db/members.ts";
import { findPanel } from "#db/panels.ts";
import { readScope } from "#db/rounds.ts";
import { insertUser } from "#db/users.ts";
import type { User } from "#rubric/member.ts";
import type { CellId } from "#rubric/rubric.ts";
import type { Application } from "#server/application.ts";
import { recordEvent } from "#server/audit.ts";
import { createPanel } from "#server/commands/create-panel.ts";
import { moveRound } from "#server/commands/move-round.ts";
import { requireMember } from "#server/membership.ts";

export interface BenchReviewer {
  readonly user: User;
  readonly token: string;
}

export interface BenchPanel {
  readonly panelId: string;
  readonly reviewers: readonly BenchReviewer[];
  /** The cells open for scoring. */
  readonly cells: readonly CellId[];
}

/** A panel of invented people, open for scoring. Everyone comes with a session. */
export async function preparePanel(
  app: Application,
  wish: { reviewers: number; cells?: readonly CellId[] },
): Promise<BenchPanel> {
  const facilitator = await makeUser(app, "Facilitator");
  const input = { title: "A benchmark", question: "How quick is it?", template: "wilson-hine", protocol: "staff-team" };
  const { panelId } = await createPanel(app, facilitator.user, { input, synthetic: true });
  const reviewers: BenchReviewer[] = [];
  for (let number = 1; number <= wish.reviewers; number += 1) reviewers.push(await join(app, panelId, number));
  await openForScoring(app, facilitator.user, { panelId, cells: wish.cells });
  return { panelId, reviewers, cells: await readScope(app.database.pool, panelId, 1) };
}

async function join(app: Application, panelId: string, number: number): Promise<BenchReviewer> {
  const reviewer = await makeUser(app, `Reviewer ${number}`);
  const { userId, name } = reviewer.user;
  const memberId = app.newId();
  const seat = { role: "reviewer", scores: true } as const;
  await app.database.write(async (db) => {
    await insertMember(db, { panelId, memberId, userId, groupLabel: null, code: null, ...seat });
    await recordEvent(db, { panelId, by: memberId }, { act: "member-joined", memberId, name, group: null, ...seat });
  });
  return reviewer;
}

async function makeUser(app: Application, name: string): Promise<BenchReviewer> {
  const userId = app.newId();
  const user = { userId, name, email: `${userId}@bench.example`, isAdministrator: false };
  await insertUser(app.database.pool, { ...user, passwordHash: null, isDemonstration: false });
  const { sessionId } = await app.accounts.openSession(userId);
  return { user, token: sessionId };
}

async function openForScoring(
  app: Application,
  user: User,
  { panelId, cells }: { panelId: string; cells: readonly CellId[] | undefined },
): Promise<void> {
  const panel = await findPanel(app.database.pool, panelId);
  const member = await requireMember(app, user, panelId);
  await moveRound(app, member, { to: "scoring", expectedVersion: panel?.version ?? 0, ...(cells ? { cells } : {}) });
}
