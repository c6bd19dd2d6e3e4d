import { listCells } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import { readOwnRecusals } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { cellKey } from "#rubric/rubric.ts";
import { showBoard } from "#rubric/view.ts";
import type { BoardView, Shown } from "#rubric/views.ts";
import { planFor } from "#rubric/visibility.ts";
import type { Application } from "../application.ts";
import { type Place, readPlace } from "./place.ts";

/** The board of the current round, cut to what this member may see now. */
export async function readBoard(app: Application, member: Member): Promise<Shown<BoardView>> {
  return app.database.read(async (db) => {
    const place = await readPlace(db, member);
    const { panel, sight, progress } = place;
    const { panelId, round, phase, version } = panel;
    const mayRead = round !== null && planFor(sight).has("figures");
    const cells = mayRead ? await listCells(db, { panelId, round }) : [];
    const recused = mayRead ? await readRecusedCells(db, member, place) : new Set<string>();
    const computedAt = cells.reduce<string | null>(
      (newest, cell) => ((cell.computedAt ?? "") > (newest ?? "") ? cell.computedAt : newest),
      null,
    );
    return showBoard(sight, { version, round, phase, progress, computedAt, cells, recused });
  });
}

/** Cells this member is recused from, until the round is closed (rule V9). */
export async function readRecusedCells(
  db: Db,
  member: Member,
  { panel }: Pick<Place, "panel">,
): Promise<ReadonlySet<string>> {
  if (panel.round === null || panel.phase === "closed") return new Set();
  const cells = await readOwnRecusals(db, { panelId: panel.panelId, round: panel.round, memberId: member.memberId });
  return new Set(cells.map(cellKey));
}
