import { listSettledCells, openCells } from "#db/consensus.ts";
import { listMembers } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import { insertReviews } from "#db/reviews.ts";
import { insertRound } from "#db/rounds.ts";
import { carryRecusals } from "#db/scores.ts";
import { scopeOf } from "#rubric/round.ts";
import { type CellId, cellKey, cellsOf } from "#rubric/rubric.ts";
import { refreshRound } from "../aggregation/refresh.ts";
import { recordEvent } from "../audit.ts";
import { hashOf } from "../hash.ts";
import { invalid } from "../refusal.ts";
import { dealCodes } from "./deal-codes.ts";
import type { Move } from "./move-round.ts";

/** Opens a round for scoring: its scope, its reviews, and in round 1 the codes. From here on the set-up is frozen. */
export async function openRound(db: Db, move: Move, round: number): Promise<void> {
  const { panel, rubricVersion } = move;
  const { panelId, protocol } = panel;
  const at = { panelId, round };
  const members = (await listMembers(db, panelId)).filter((one) => !one.hasLeft);
  if (round === 1 && protocol.identity === "pseudonymous") await dealCodes(db, members, move.chance);
  const scope = await chooseScope(db, move, round);
  await insertRound(db, { ...at, rubricVersion: rubricVersion.version });
  await openCells(db, at, scope);
  await insertReviews(
    db,
    at,
    members.filter((one) => one.scores).map((one) => one.memberId),
  );
  await carryRecusals(db, at);
  await refreshRound(db, panel, round);
  await recordEvent(
    db,
    { panelId, by: move.by },
    {
      act: "round-opened",
      round,
      cells: scope.length,
      scopeHash: hashOf(scope.map(({ policyId, criterionId }) => ({ policyId, criterionId }))),
      rubricVersion: rubricVersion.version,
      rubricHash: rubricVersion.rubricHash,
      protocolHash: panel.protocolHash,
    },
  );
}

async function chooseScope(db: Db, { panel, rubricVersion, transition }: Move, round: number): Promise<CellId[]> {
  const all = cellsOf(rubricVersion.rubric, rubricVersion.policies);
  const known = new Set(all.map(cellKey));
  const unknown = (transition.cells ?? []).flatMap((cell, index) =>
    known.has(cellKey(cell)) ? [] : [{ path: `cells.${index}`, message: "The rubric has no such cell." }],
  );
  if (unknown.length > 0) throw invalid("Some cells are not in the rubric.", unknown);
  const unsettled = new Set(
    (await listSettledCells(db, panel.panelId)).filter((cell) => cell.verdict !== "agreed").map(cellKey),
  );
  const open = all.filter((cell) => unsettled.has(cellKey(cell)));
  return scopeOf({ all, open, protocol: panel.protocol, round, asked: transition.cells });
}
