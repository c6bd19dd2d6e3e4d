import type { Db } from "#db/open.ts";
import { findPanel } from "#db/panels.ts";
import { readRubric } from "#db/rubrics.ts";
import { findScore, type SheetKey, type WriteOutcome, type WriterStand, writeScores } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { mayScore } from "#rubric/round.ts";
import { type CellId, cellKey, cellsOf } from "#rubric/rubric.ts";
import { isLevel, levelsOf } from "#rubric/scale.ts";
import { type ScoreInput, scoreInput } from "#rubric/score.ts";
import type { Application } from "../application.ts";
import { parse } from "../parse.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { write } from "./write.ts";

export interface Saved {
  readonly version: number;
  readonly savedAt: string;
}

/**
 * Keeps a reviewer's own draft of one cell. It counts nowhere and is announced to nobody before the submission.
 *
 * @throws Refusal 403 when the phase, the round's scope or the review's state does not allow it; 409 with the writer's
 *   own newer score; 422 off the scale; 404 for a cell the rubric does not have
 */
export async function recordScore(
  app: Application,
  member: Member,
  request: CellId & { input: unknown },
): Promise<Saved> {
  const input = parse(scoreInput, request.input);
  const cell = { policyId: request.policyId, criterionId: request.criterionId };
  const ask = { panelId: member.panelId, memberId: member.memberId, ...cell, ...input };
  const settle = (db: Db, outcome: WriteOutcome | null | undefined) => {
    if (!outcome) throw notFound();
    return outcome.saved ?? refuse(db, { member, cell, stand: outcome.stand }, input);
  };
  const { database, once } = app;
  // A reviewer waits for others of the panel at most: what could hold up one holds up all of them.
  if (once === null) return settle(database.pool, await database.writeTogether(writeScores, ask, member.panelId));
  return write(app, member.userId, async (db) => settle(db, (await writeScores(db, [ask]))[0]));
}

async function refuse(
  db: Db,
  at: { member: Member; cell: CellId; stand: WriterStand },
  input: ScoreInput,
): Promise<never> {
  const { member, cell, stand } = at;
  if (!stand.isInScope) await requireKnownCell(db, member.panelId, cell);
  const ruling = mayScore(stand);
  if (!ruling.allowed || stand.round === null)
    throw new Refusal(403, ruling.allowed ? "No round is open." : ruling.sentence);
  if (input.value !== null && !isLevel(stand.scale, input.value)) throw offScale(stand);
  return refuseStale(db, { panelId: member.panelId, round: stand.round, memberId: member.memberId }, cell);
}

async function requireKnownCell(db: Db, panelId: string, cell: CellId): Promise<void> {
  const panel = await findPanel(db, panelId);
  if (!panel) throw notFound();
  const { rubric, policies } = await readRubric(db, panelId, panel.rubricVersion);
  if (!cellsOf(rubric, policies).some((known) => cellKey(known) === cellKey(cell))) throw notFound();
}

async function refuseStale(db: Db, sheet: SheetKey, cell: CellId): Promise<never> {
  const newer = await findScore(db, sheet, cell);
  const current = newer && {
    value: newer.value,
    nonScore: newer.nonScore,
    rationale: newer.rationale,
    changeReason: newer.changeReason,
    version: newer.version,
  };
  throw new Refusal(409, "This cell was changed in another window since you opened it. Nothing was overwritten.", {
    current: current ?? { value: null, nonScore: null, rationale: "", changeReason: null, version: 0 },
  });
}

function offScale({ scale }: WriterStand): Refusal {
  return invalid("The score is off the scale.", [
    { path: "value", message: `Use one of ${levelsOf(scale).join(", ")}.` },
  ]);
}
