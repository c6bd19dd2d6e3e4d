import { listCells, listClosedCells, type StoredCell } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import { readRubric } from "#db/rubrics.ts";
import type { Member } from "#rubric/member.ts";
import { cellKey, cellsOf, type RubricVersion } from "#rubric/rubric.ts";
import { type ConsensusFacts, showConsensus } from "#rubric/view.ts";
import type { ConsensusView, Shown } from "#rubric/views.ts";
import { planFor } from "#rubric/visibility.ts";
import type { Application } from "../application.ts";
import { type Place, readPlace } from "./place.ts";
import { readRecusedCells } from "./read-board.ts";

/** The stored consensus: each cell as its latest closed round left it; before the first close, what the board shows. */
export async function readConsensus(app: Application, member: Member): Promise<Shown<ConsensusView>> {
  return app.database.read(async (db) => {
    const place = await readPlace(db, member);
    const { panelId, round, phase, version, protocol } = place.panel;
    const rubricVersion = await readRubric(db, panelId, place.panel.rubricVersion);
    const cells = inRubricOrder(await readLatestCells(db, place), rubricVersion);
    const recused = await readRecusedCells(db, member, place);
    return showConsensus(place.sight, {
      version,
      round,
      phase,
      progress: place.progress,
      cells,
      recused,
      rubricVersion,
      protocol,
    });
  });
}

/** Closed rounds were revealed to every member; the figures of an open one are read only where the plan has them. */
async function readLatestCells(db: Db, { panel, sight }: Place): Promise<ConsensusFacts["cells"]> {
  const { panelId, round } = panel;
  const settled = settledCells(await listClosedCells(db, panelId));
  if (settled.length > 0 || round === null || !planFor(sight).has("figures")) return settled;
  return (await listCells(db, { panelId, round })).map((cell) => ({ ...cell, settledInRound: null, before: null }));
}

/** Each cell as its latest closed round left it, with the round before that had it. */
function settledCells(closed: readonly StoredCell[]): ConsensusFacts["cells"] {
  const settled = new Map<string, ConsensusFacts["cells"][number]>();
  for (const cell of closed) {
    const before = settled.get(cellKey(cell)) ?? null;
    settled.set(cellKey(cell), { ...cell, settledInRound: cell.round, before });
  }
  return [...settled.values()];
}

function inRubricOrder(cells: ConsensusFacts["cells"], { rubric, policies }: RubricVersion): ConsensusFacts["cells"] {
  const place = new Map(cellsOf(rubric, policies).map((cell, index) => [cellKey(cell), index]));
  return [...cells].sort((left, right) => (place.get(cellKey(left)) ?? 0) - (place.get(cellKey(right)) ?? 0));
}
