import { findCell, findSettledCell, type StoredCell } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import { readRubric } from "#db/rubrics.ts";
import { listCellAnswers } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { type CellId, cellKey, cellsOf, type RubricVersion } from "#rubric/rubric.ts";
import { type CellEntryFact, type CellFacts, showCell } from "#rubric/view-cell.ts";
import type { CellView, Shown } from "#rubric/views.ts";
import { planFor, sightOf } from "#rubric/visibility.ts";
import type { Application } from "../application.ts";
import { orderKey } from "../hash.ts";
import { notFound } from "../refusal.ts";
import { type Place, readPlace } from "./place.ts";
import { readRecusedCells } from "./read-board.ts";

/**
 * One cell: its outcome, and the rationales under the labels this member may see. Where the current round does not have
 * the cell, or is still sealed, its latest closed round stays as it was revealed.
 */
export async function readCell(app: Application, member: Member, cell: CellId): Promise<Shown<CellView>> {
  return app.database.read(async (db) => {
    const current = await readPlace(db, member);
    const rubricVersion = await readRubric(db, member.panelId, current.panel.rubricVersion);
    requireKnown(rubricVersion, cell);
    const { place, stored } = (await readOpen(db, current, cell)) ?? (await readSettled(db, { current, member }, cell));
    const { round, phase, version } = place.panel;
    const hasEntries = stored !== null && planFor(place.sight).has("rationales");
    return showCell(place.sight, {
      ...cell,
      version,
      round: stored?.round ?? round,
      phase,
      progress: place.progress,
      isFacilitator: member.role === "facilitator",
      cell: stored,
      isRecused: (await readRecusedCells(db, member, place)).has(cellKey(cell)),
      entries: hasEntries ? await readEntries(db, { member, place, stored }) : [],
      reading: readingOf(rubricVersion, cell),
    });
  });
}

interface Found {
  readonly place: Place;
  readonly stored: StoredCell | null;
}

async function readOpen(db: Db, place: Place, cell: CellId): Promise<Found | null> {
  const { panelId, round } = place.panel;
  if (round === null || !planFor(place.sight).has("figures")) return null;
  const stored = await findCell(db, { panelId, round }, cell);
  return stored && { place, stored };
}

/** A closed round was revealed to every member, whatever the round after it does. */
async function readSettled(
  db: Db,
  { current, member }: { current: Place; member: Member },
  cell: CellId,
): Promise<Found> {
  const stored = await findSettledCell(db, member.panelId, cell);
  if (stored === null) return { place: current, stored };
  const panel = { ...current.panel, phase: "closed" as const, round: stored.round };
  return { place: { ...current, panel, sight: sightOf({ role: member.role, review: null }, panel) }, stored };
}

function requireKnown({ rubric, policies }: RubricVersion, cell: CellId): void {
  if (!cellsOf(rubric, policies).some((known) => cellKey(known) === cellKey(cell))) throw notFound();
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

function readingOf({ referenceReading }: RubricVersion, cell: CellId): CellFacts["reading"] {
  return referenceReading?.cells.find((reading) => cellKey(reading) === cellKey(cell)) ?? null;
}
