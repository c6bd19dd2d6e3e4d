import { agreementOf } from "./agreement.ts";
import type { Analysis } from "./analysis/analysis.ts";
import type { SecondLook } from "./analysis/second-looks.ts";
import type { Member } from "./member.ts";
import { movementOf } from "./movement.ts";
import type { Protocol } from "./protocol.ts";
import { type CellConsensus, method, summarisePolicies } from "./reconcile.ts";
import { cellKey, type RubricVersion } from "./rubric.ts";
import { compareText } from "./text-order.ts";
import { cutCell, sealedReason, shown } from "./view.ts";
import type { BoardView, ConsensusView, SecondLookView, Shown } from "./views.ts";
import type { Sight } from "./visibility.ts";

/** The projector's part for the stored consensus. */

type SettledCell = CellConsensus & { readonly settledInRound: number | null };

export interface ConsensusFacts extends Pick<BoardView, "version" | "round" | "phase" | "progress"> {
  /** `before`: the cell in the closed round before the one it was settled in, if there is one. */
  readonly cells: readonly (SettledCell & { readonly before: SettledCell | null })[];
  readonly recused: ReadonlySet<string>;
  readonly rubricVersion: RubricVersion;
  readonly protocol: Protocol;
  /** Of the round that the cells are shown as of; `null` where nothing is revealed. */
  readonly analysis: AnalysisFacts | null;
}

export interface AnalysisFacts {
  /** What the viewer may see of that round. */
  readonly sight: Sight;
  /** `null` while they are being computed. */
  readonly figures: Analysis | null;
  readonly pending: { readonly done: number; readonly of: number } | null;
  readonly secondLooks: readonly SecondLook[];
  /** Who stands behind a label. */
  readonly people: readonly { readonly memberId: string; readonly name: string; readonly code: string | null }[];
}

export function showConsensus(member: Member, sight: Sight, facts: ConsensusFacts): Shown<ConsensusView> {
  const { version, round, protocol, analysis } = facts;
  const hasClosedRound = facts.cells.some((cell) => cell.settledInRound !== null);
  if (sight.figures === "-" && !hasClosedRound)
    return shown({ version, round, visible: false, reason: sealedReason(sight, facts) });
  const cells = facts.cells
    .filter((cell) => cell.settledInRound !== null || !facts.recused.has(cellKey(cell)))
    .map((cell) => ({ ...cutCell(cell), settledInRound: cell.settledInRound }));
  // Figures that mix a cell with others wait for its close as the cell itself does (rule V9).
  const isWhole = cells.length === facts.cells.length;
  const { rubric, policies } = facts.rubricVersion;
  return shown({
    version,
    round,
    visible: true,
    method,
    parameters: parametersOf(protocol),
    cells,
    policies: summarisePolicies(cells, rubric, policies),
    agreement: isWhole ? agreementOf(cells, rubric) : null,
    movement: movementOf(facts.cells, rubric.scale),
    robustness: isWhole && analysis !== null && analysis.sight.figures === "full^" ? analysis.figures : null,
    pending: isWhole ? (analysis?.pending ?? null) : null,
    secondLooks: isWhole && analysis !== null ? secondLooksFor(member, analysis) : [],
  });
}

function parametersOf(protocol: Protocol) {
  const { rule, agreeShare, opposedBelow, minScores } = protocol;
  return { rule, agreeShare, opposedBelow, minScores, quantileType: 2 } as const;
}

/** Everybody's for a facilitator, the own for a reviewer. */
function secondLooksFor(member: Member, { sight, secondLooks, people }: AnalysisFacts): SecondLookView[] {
  if (sight.personFigures === "-") return [];
  const isOfCode = sight.personFigures !== "name";
  const looks = secondLooks.flatMap(({ label, ...figures }): SecondLookView[] => {
    const who = people.find(({ memberId, code }) => label === (isOfCode ? code : memberId));
    if (who === undefined) return [];
    const isOwn = who.memberId === member.memberId;
    if (!isOwn && member.role !== "facilitator") return [];
    const shownAs = sight.personFigures === "name and code" ? `${label} · ${who.name}` : who.name;
    return [{ ...figures, label: sight.personFigures === "code^" ? label : shownAs, isOwn }];
  });
  return looks.sort((left, right) => compareText(left.label, right.label));
}
