import { findCell, type StoredCell } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import { readRubric } from "#db/rubrics.ts";
import { listCellAnswers } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { type CellId, cellKey, cellsOf, type RubricVersion } from "#rubric/rubric.ts";
import { type CellEntryFact, type CellFacts, showCell } from "#rubric/view.ts";
import { planFor } from "#rubric/visibility.ts";
import type { CellView, Shown } from "#rubric/views.ts";
import { emptyTally } from "#rubric/tally.ts";
import { reconcile } from "#rubric/reconcile.ts";
import { levelsOf } from "#rubric/scale.ts";
import type { Application } from "../application.ts";
import { orderKey } from "../hash.ts";
import { notFound } from "../refusal.ts";
import { type Place, readPlace } from "./place.ts";
import { readRecusedCells } from "./read-board.ts";

/** One cell of the current round: its outcome, and the rationales under the labels this member may see. */
export async function readCell(app: Application, member: Member, cell: CellId): Promise<Shown<CellView>> {
  return app.database.read(async (db) => {
    const place = await readPlace(db, member);
    const { panel, sight, progress } = place;
    const { panelId, round, phase, version } = panel;
    const rubricVersion = await readRubric(db, panelId, panel.rubricVersion);
    if (!cellsOf(rubricVersion.rubric, rubricVersion.policies).some((known) => cellKey(known) === cellKey(cell))) throw notFound();
    const plan = planFor(sight);
    const facts = { ...cell, version, round, phase, progress, isFacilitator: member.role === "facilitator" };
    const stored = round !== null && plan.has("figures") ? await findCell(db, { panelId, round }, cell) : null;
    if (plan.has("figures") && stored === null) throw notFound();
    return showCell(sight, {
      ...facts,
      cell: stored ?? nothingYet(cell, rubricVersion, place),
      isRecused: (await readRecusedCells(db, member, place)).has(cellKey(cell)),
      entries: stored && plan.has("rationales") ? await readEntries(db, { member, place, stored }) : [],
      reading: readingOf(rubricVersion, cell),
    });
  });
}

async function readEntries(db: Db, at: { member: Member; place: Place; stored: StoredCell }): Promise<CellEntryFact[]> {
  const { panelId, secret } = at.place.panel;
  const answers = await listCellAnswers(db, { panelId, round: at.stored.round }, at.stored);
  return answers.map((answer) => ({
    ...answer,
    isOwn: answer.memberId === at.member.memberId,
    orderKey: orderKey(secret, `${at.stored.round}/${cellKey(at.stored)}/${answer.memberId}`),
  }));
}

function nothingYet(cell: CellId, { rubric }: RubricVersion, { panel }: Place): CellFacts["cell"] {
  return reconcile(cell, emptyTally(levelsOf(rubric.scale).length, 0), { rubric, protocol: panel.protocol });
}

function readingOf({ referenceReading }: RubricVersion, cell: CellId): CellFacts["reading"] {
  return referenceReading?.cells.find((reading) => cellKey(reading) === cellKey(cell)) ?? null;
}
