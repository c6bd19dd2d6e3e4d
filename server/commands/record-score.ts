import type { Db } from "#db/open.ts";
import { findPanel } from "#db/panels.ts";
import { readRubric } from "#db/rubrics.ts";
import { findScore, type SheetKey, type WriterStand, writeScore } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { mayScore } from "#rubric/round.ts";
import { type CellId, cellKey, cellsOf } from "#rubric/rubric.ts";
import { isLevel, levelsOf } from "#rubric/scale.ts";
import { type ScoreInput, scoreInput } from "#rubric/score.ts";
import type { Application } from "../application.ts";
import { parse } from "../parse.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { writeAtOnce } from "./write.ts";

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
  return writeAtOnce(app, member.userId, async (db) => {
    const outcome = await writeScore(db, member, { ...cell, ...input });
    if (!outcome) throw notFound();
    return outcome.saved ?? refuse(db, { member, cell, stand: outcome.stand }, input);
  });
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
