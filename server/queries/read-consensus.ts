import { setTimeout as after } from "node:timers/promises";
import { listCells, listClosedCells, type RoundKey, type StoredCell } from "#db/consensus.ts";
import { listMembers } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import { findRoundFigures } from "#db/round-figures.ts";
import { readRubric } from "#db/rubrics.ts";
import type { SecondLook } from "#rubric/analysis/second-looks.ts";
import type { Member } from "#rubric/member.ts";
import { methodName } from "#rubric/reconcile.ts";
import { cellKey, cellsOf, type RubricVersion } from "#rubric/rubric.ts";
import type { SnapshotOutput } from "#rubric/snapshot.ts";
import { type AnalysisFacts, type ConsensusFacts, showConsensus } from "#rubric/view-consensus.ts";
import type { ConsensusView, Shown } from "#rubric/views.ts";
import { planFor, sightOf } from "#rubric/visibility.ts";
import type { Application } from "../application.ts";
import { type Place, readPlace } from "./place.ts";
import { readRecusedCells } from "./read-board.ts";

/** Figures that are nearly there are waited for; longer ones are shown when somebody looks again. */
const patienceMs = 2000;

/** The stored consensus: each cell as its latest closed round left it; before the first close, what the board shows. */
export async function readConsensus(app: Application, member: Member): Promise<Shown<ConsensusView>> {
  const first = await readOnce(app, member);
  if (first.unprepared === null) return first.view;
  const prepared = app.analyst.prepare(first.unprepared).catch((error: unknown) => {
    app.log.error({ err: error }, "the figures of a revealed round could not be computed");
  });
  await Promise.race([prepared, after(patienceMs, null, { ref: false })]);
  return (await readOnce(app, member)).view;
}

interface Reading {
  readonly view: Shown<ConsensusView>;
  /** The round whose figures are still to be computed. */
  readonly unprepared: RoundKey | null;
}

async function readOnce(app: Application, member: Member): Promise<Reading> {
  return app.database.read(async (db) => {
    const place = await readPlace(db, member);
    const { panelId, round, phase, version, protocol } = place.panel;
    const rubricVersion = await readRubric(db, panelId, place.panel.rubricVersion);
    const cells = inRubricOrder(await readLatestCells(db, place), rubricVersion);
    const recused = await readRecusedCells(db, member, place);
    const at = { panelId, round: analysedRound(place, cells) };
    const analysis = await readAnalysis(db, member, { place, at });
    const pending = analysis?.figures === null ? (app.analyst.progressOf(at) ?? { done: 0, of: 1 }) : null;
    const view = showConsensus(member, place.sight, {
      version,
      round,
      phase,
      progress: place.progress,
      cells,
      recused,
      rubricVersion,
      protocol,
      analysis: analysis && { ...analysis, pending },
    });
    return { view, unprepared: pending === null ? null : at };
  });
}

/** Closed rounds were revealed to every member; the figures of an open one are read only where the plan has them. */
async function readLatestCells(db: Db, { panel, sight }: Place): Promise<ConsensusFacts["cells"]> {
  const { panelId, round } = panel;
  const settled = settledCells(await listClosedCells(db, panelId));
  if (settled.length > 0 || round === null || !planFor(sight).has("figures")) return settled;
  return (await listCells(db, { panelId, round })).map((cell) => ({ ...cell, settledInRound: null, before: null }));
}

/** The latest closed round, else the one in discussion; 0 for none. Figures over several cells wait for the reveal. */
function analysedRound({ panel }: Place, cells: ConsensusFacts["cells"]): number {
  const closed = cells.reduce((latest, { settledInRound }) => Math.max(latest, settledInRound ?? 0), 0);
  return closed === 0 && panel.phase === "discussion" ? (panel.round ?? 0) : closed;
}

type StoredAnalysis = Omit<AnalysisFacts, "pending">;

async function readAnalysis(
  db: Db,
  member: Member,
  { place, at }: { place: Place; at: RoundKey },
): Promise<StoredAnalysis | null> {
  if (at.round === 0) return null;
  const { phase, round, protocol } = place.panel;
  // While the next round is scoring, what an earlier one revealed stays revealed.
  const phaseThen = at.round === round ? phase : "closed";
  const sight = sightOf({ role: member.role, review: null }, { phase: phaseThen, round: at.round, protocol });
  const plan = planFor(sight);
  if (!plan.has("figures")) return null;
  const [stored, people] = await Promise.all([
    findRoundFigures(db, { ...at, method: methodName }),
    plan.has("personFigures") ? listMembers(db, at.panelId) : [],
  ]);
  return {
    sight,
    figures: stored === null ? null : analysisIn(stored.output),
    secondLooks: stored !== null && plan.has("personFigures") ? looksIn(stored.secondLooks) : [],
    people,
  };
}

/** Written by this method version, hence of its shape. */
function analysisIn(text: string): NonNullable<SnapshotOutput["analysis"]> | null {
  const output: SnapshotOutput = JSON.parse(text);
  return output.analysis ?? null;
}

function looksIn(text: string): readonly SecondLook[] {
  return JSON.parse(text);
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
