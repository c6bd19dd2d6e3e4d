import { listOpenInvitations } from "#db/invitations.ts";
import { listMembers } from "#db/members.ts";
import { notifyPanel } from "#db/notify.ts";
import type { Db } from "#db/open.ts";
import { findPanel, lockPanel, movePanel, type PanelRow, raiseVersion } from "#db/panels.ts";
import { takeRound } from "#db/pending.ts";
import { readProgress } from "#db/reviews.ts";
import { lockPhase } from "#db/rounds.ts";
import { type RubricRow, readRubric } from "#db/rubrics.ts";
import type { Member } from "#rubric/member.ts";
import { mayMove, type Step, type Transition, transitionInput, warningBefore } from "#rubric/round.ts";
import type { Application } from "../application.ts";
import { recordEvent, sealEvents } from "../audit.ts";
import type { Chance } from "../chance.ts";
import { requireRole } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound, Refusal } from "../refusal.ts";
import { closeRound } from "./close-round.ts";
import { openRound } from "./open-round.ts";
import { revealRound } from "./reveal-round.ts";
import { write } from "./write.ts";

/** What a step works on: the panel held against all other acts, and its set-up. */
export interface Move {
  readonly panel: PanelRow;
  readonly rubricVersion: RubricRow;
  readonly by: string;
  readonly transition: Transition;
  readonly chance: Chance;
}

/**
 * Moves a panel one step. The step waits for every write under way, computes the round's figures itself, and commits
 * everything at once: an acknowledged submission is in the reveal, and none comes after it.
 *
 * @throws Refusal 409 if set-up, round or phase has changed since `expectedVersion`, or the step is not allowed from here
 */
export async function moveRound(app: Application, member: Member, input: unknown): Promise<void> {
  requireRole(member, "facilitator");
  const transition = parse(transitionInput, input);
  const { panelId } = member;
  if (transition.to === "closed") await prepareFigures(app, panelId);
  await write(app, member.userId, async (db) => {
    await lockPhase(db, panelId, "exclusive");
    const before = await findPanel(db, panelId);
    if (before?.round != null) await takeRound(db, { panelId, round: before.round });
    const panel = await lockPanel(db, panelId);
    if (!panel) throw notFound();
    const rubricVersion = await readRubric(db, panelId, panel.rubricVersion);
    const move = { panel, rubricVersion, by: member.memberId, transition, chance: app.chance };
    await requireStep(db, move);
    await logDeviation(db, move);
    await take(db, move);
    const version = await raiseVersion(db, panelId, { by: 1, changesState: true });
    await sealEvents(db, panelId);
    await notifyPanel(db, { panelId, version });
  });
  app.aggregation.wake();
  if (transition.to === "discussion")
    void prepareFigures(app, panelId).catch((error: unknown) => {
      app.log.error({ err: error }, "the figures of a revealed round could not be computed and will be at its close");
    });
}

/** From the reveal on no score of the round changes: what its snapshot will hold can be computed, and is not waited for. */
async function prepareFigures(app: Application, panelId: string): Promise<void> {
  const panel = await findPanel(app.database.pool, panelId);
  if (panel?.round != null) await app.analyst.prepare({ panelId, round: panel.round });
}

async function requireStep(db: Db, { panel, rubricVersion, transition }: Move): Promise<void> {
  const { expectedVersion, to } = transition;
  if (expectedVersion < panel.stateVersion || expectedVersion > panel.version) {
    throw new Refusal(409, "The panel has moved on since you looked at it. Look again, then decide.", {
      current: { version: panel.version, phase: panel.phase, round: panel.round },
    });
  }
  const { panelId, phase, round, protocol } = panel;
  const ruling = mayMove(to, {
    phase,
    round,
    protocol,
    policies: rubricVersion.policies.length,
    criteria: rubricVersion.rubric.criteria.length,
    reviewers: await countReviewers(db, panelId),
  });
  if (!ruling.allowed) throw new Refusal(409, ruling.sentence);
}

async function countReviewers(db: Db, panelId: string): Promise<number> {
  const members = await listMembers(db, panelId);
  const invitations = await listOpenInvitations(db, panelId);
  const scoring = members.filter((one) => one.scores && !one.hasLeft).length;
  return scoring + invitations.filter((one) => one.scores && !one.hasExpired).length;
}

async function logDeviation(db: Db, { panel, by, transition }: Move): Promise<void> {
  if (panel.round === null) return;
  const progress = await readProgress(db, { panelId: panel.panelId, round: panel.round });
  const warning = warningBefore(transition.to, progress, panel.protocol.minScores);
  if (!warning?.isDeviation) return;
  const { to: step, reason } = transition;
  await recordEvent(
    db,
    { panelId: panel.panelId, by },
    { act: "deviation", step, round: panel.round, sentence: warning.sentence, reason: reason ?? "" },
  );
}

async function take(db: Db, move: Move): Promise<void> {
  const { panelId, round } = move.panel;
  const phase = phaseAfter(move.transition.to);
  const after = { phase, round: phase === "scoring" ? (round ?? 0) + 1 : round };
  if (after.round === null) throw new Error(`panel ${panelId} is in phase ${move.panel.phase} without a round`);
  switch (phase) {
    case "scoring":
      await openRound(db, move, after.round);
      break;
    case "discussion":
      await revealRound(db, move, after.round);
      break;
    case "closed":
      await closeRound(db, move, after.round);
      break;
  }
  await movePanel(db, panelId, after);
}

function phaseAfter(step: Step): "scoring" | "discussion" | "closed" {
  return step === "next-round" ? "scoring" : step;
}
