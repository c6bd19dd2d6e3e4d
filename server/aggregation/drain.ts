import { notifyPanel } from "#db/notify.ts";
import type { Database, Db } from "#db/open.ts";
import { lockPanel, type PanelRow, raiseVersion } from "#db/panels.ts";
import { type RoundCell, takePendingActs, takePendingCells } from "#db/pending.ts";
import { sealEvents } from "../audit.ts";
import { refreshRound } from "./refresh.ts";

const mostAtOnce = 500;

/**
 * One flush: takes pending rows nobody else is draining, recomputes their rounds, seals the new audit events, raises the
 * versions and announces each panel once. Everything commits together or not at all, so a crash loses nothing. Locks are always
 * taken in the order pending rows, panels, cells.
 *
 * @returns how many pending rows were taken
 */
export async function drainOnce(database: Database): Promise<number> {
  return database.write(async (db) => {
    const [cells, acts] = await Promise.all([takePendingCells(db, mostAtOnce), takePendingActs(db, mostAtOnce)]);
    const rounds = roundsOf(cells);
    const panelIds = [...new Set([...rounds.keys(), ...acts.keys()])].sort();
    for (const panelId of panelIds)
      await flushPanel(db, { panelId, rounds: rounds.get(panelId) ?? new Set(), acts: acts.get(panelId) ?? 0 });
    return cells.length + [...acts.values()].reduce((sum, count) => sum + count, 0);
  });
}

/** The version counts acts, not flushes, so neither gaps nor coalescing say anything. */
async function flushPanel(db: Db, work: { panelId: string; rounds: ReadonlySet<number>; acts: number }): Promise<void> {
  const { panelId, acts } = work;
  const panel = await lockPanel(db, panelId);
  if (!panel) return;
  await Promise.all([
    acts === 0 ? null : raiseVersion(db, panelId, { by: acts, changesState: false }),
    // Heard on commit.
    notifyPanel(db, { panelId, version: panel.version + acts }),
    refreshRounds(db, panel, work.rounds),
    sealEvents(db, panelId),
  ]);
}

async function refreshRounds(db: Db, panel: PanelRow, rounds: ReadonlySet<number>): Promise<void> {
  for (const round of [...rounds].sort((left, right) => left - right)) await refreshRound(db, panel, round);
}

function roundsOf(cells: readonly RoundCell[]): Map<string, Set<number>> {
  const rounds = new Map<string, Set<number>>();
  for (const { panelId, round } of cells) {
    const known = rounds.get(panelId) ?? new Set();
    rounds.set(panelId, known.add(round));
  }
  return rounds;
}
