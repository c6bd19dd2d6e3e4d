import { listCells, type RoundKey } from "#db/consensus.ts";
import type { Db } from "#db/open.ts";
import { listPanelIds, lockPanel } from "#db/panels.ts";
import { findRoundFigures } from "#db/round-figures.ts";
import { listRounds } from "#db/rounds.ts";
import { readRubricOf } from "#db/rubrics.ts";
import { canonical } from "#rubric/canonical.ts";
import { type CellConsensus, methodName } from "#rubric/reconcile.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { Application } from "../application.ts";
import { prepareRound } from "./prepare-round.ts";
import { reconcileRound, refreshRound } from "./refresh.ts";

export interface Difference {
  readonly panelId: string;
  readonly round: number;
  readonly cell: string;
}

/** What differs in a round whose cells are right, but not what is computed over several of them. */
const overCells = "figures over several cells";

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
      const different = [...compared.different, ...(await compareFigures(app, { panelId: id, round }))];
      differences.push(...different.map((cell) => ({ panelId: id, round, cell })));
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

/** Figures that nobody has asked for yet are no difference. */
async function compareFigures(app: Pick<Application, "database">, at: RoundKey): Promise<string[]> {
  const stored = await findRoundFigures(app.database.pool, { ...at, method: methodName });
  if (stored === null) return [];
  const figures = await prepareRound(app.database, at);
  return figures?.outputHash === stored.outputHash ? [] : [overCells];
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
