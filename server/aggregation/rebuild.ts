import { listCells } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import { listPanelIds, lockPanel } from "#db/panels.ts";
import { listRounds } from "#db/rounds.ts";
import { readRubricOf } from "#db/rubrics.ts";
import { canonical } from "#rubric/canonical.ts";
import type { CellConsensus } from "#rubric/reconcile.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { Application } from "../application.ts";
import { reconcileRound, refreshRound } from "./refresh.ts";

export interface Difference {
  readonly panelId: string;
  readonly round: number;
  readonly cell: string;
}

/** Recomputes the stored consensus from the scores, of one panel or of all; mends and lists what differed. */
export async function rebuildConsensus(
  app: Pick<Application, "database" | "aggregation">,
  panelId: string | null,
): Promise<{ cells: number; differences: Difference[] }> {
  await app.aggregation.drain();
  const panelIds = panelId === null ? await listPanelIds(app.database.pool) : [panelId];
  const differences: Difference[] = [];
  let cells = 0;
  for (const id of panelIds) {
    for (const { round } of await listRounds(app.database.pool, id)) {
      const compared = await app.database.write((db) => compareRound(db, id, round));
      cells += compared.cells;
      differences.push(...compared.different.map((cell) => ({ panelId: id, round, cell })));
    }
  }
  return { cells, differences };
}

async function compareRound(db: Db, panelId: string, round: number): Promise<{ cells: number; different: string[] }> {
  const panel = await lockPanel(db, panelId);
  if (!panel) return { cells: 0, different: [] };
  const at = { panelId, round };
  const stored = new Map((await listCells(db, at)).map((cell) => [cellKey(cell), textOf(cell)]));
  const rubricVersion = await readRubricOf(db, at);
  const rebuilt = await reconcileRound(db, at, { ...rubricVersion, protocol: panel.protocol });
  const different = rebuilt.filter((cell) => stored.get(cellKey(cell)) !== textOf(cell)).map(cellKey);
  if (different.length > 0) await refreshRound(db, panel, round);
  return { cells: stored.size, different };
}

function textOf(cell: CellConsensus): string {
  const { policyId, criterionId, eligible, n, nonScores, counts, median, iqr, disagreement, verdict, direction, rule } =
    cell;
  return canonical({
    policyId,
    criterionId,
    eligible,
    n,
    nonScores,
    counts,
    median,
    iqr,
    disagreement,
    verdict,
    direction,
    rule,
  });
}
