import { type Draft, emptyDraft } from "#app/hooks/draft.ts";
import { changeReasonOf, nonScoreOf } from "#app/hooks/draft-parts.ts";
import { type CellId, type Criterion, cellKey, type Policy } from "#rubric/rubric.ts";
import type { Score } from "#rubric/score.ts";
import { neighbourOf, nextToDo, scoringOrder } from "#rubric/scoring-order.ts";
import type { BoardCell, ConsensusView, PanelView, SheetView } from "#rubric/views.ts";
import { checkPath, scorePath } from "./cell-path.ts";
import { type RefusalView, typedAt } from "./refusal-view.ts";

/** One cell on a reviewer's desk. */
export interface ScoringCell {
  readonly key: string;
  readonly policy: Policy;
  readonly criterion: Criterion;
  readonly perspective: string;
  /** The cell's place in its reviewer's own order, from 1, and how many there are. */
  readonly place: number;
  readonly total: number;
  readonly score: Score | undefined;
  readonly earlier: Score | undefined;
  /** This page; the one after "Save and next"; the one before, if there is another cell. */
  readonly self: string;
  readonly next: string;
  readonly previous: string | null;
}

/** The cell as the latest closed round left it. */
export interface ClosedCell {
  readonly cell: BoardCell;
  readonly round: number;
  readonly expected: number;
}

type Sheet = Pick<SheetView, "scope" | "scores" | "earlier" | "incomplete">;

/** The cell with this key on this reviewer's desk; `null` if the round did not ask for it. */
export function scoringCell(panel: PanelView, sheet: Sheet, key: string | null): ScoringCell | null {
  const order = scoringOrder(sheet.scope, panel);
  const index = order.findIndex((cell) => cellKey(cell) === key);
  const cell = order[index];
  const policy = panel.policies.find(({ id }) => id === cell?.policyId);
  const criterion = panel.rubric.criteria.find(({ id }) => id === cell?.criterionId);
  if (cell === undefined || policy === undefined || criterion === undefined) return null;
  const isThis = (one: CellId) => cellKey(one) === key;
  const next = nextToDo(order, cellKey(cell), sheet.incomplete);
  const previous = neighbourOf(order, cellKey(cell), -1);
  return {
    key: cellKey(cell),
    policy,
    criterion,
    perspective: panel.rubric.perspectives.find(({ id }) => id === criterion.perspective)?.title ?? "",
    place: index + 1,
    total: order.length,
    score: sheet.scores.find(isThis),
    earlier: sheet.earlier.find(isThis),
    self: scorePath(panel, cell),
    next: next === null ? checkPath(panel) : scorePath(panel, next),
    previous: previous === null ? null : scorePath(panel, previous),
  };
}

/** The cell to begin with: the first one still to do in the reviewer's order, else the first of all. */
export function firstCell(panel: PanelView, sheet: Sheet): CellId | null {
  const order = scoringOrder(sheet.scope, panel);
  const toDo = new Set(sheet.incomplete.map(cellKey));
  return order.find((cell) => toDo.has(cellKey(cell))) ?? order[0] ?? null;
}

export function isInScope(sheet: Pick<Sheet, "scope">, key: string | null): boolean {
  return sheet.scope.some((cell) => cellKey(cell) === key);
}

/** The cell as its latest closed round left it, where there is one that may be seen. */
export function closedCellOf(panel: PanelView, consensus: ConsensusView | null, key: string | null): ClosedCell | null {
  if (consensus === null || !consensus.visible) return null;
  const cell = consensus.cells.find((one) => cellKey(one) === key);
  if (cell === undefined || cell.settledInRound === null) return null;
  return { cell, round: cell.settledInRound, expected: panel.progress.expected };
}

/** What is kept of a cell, as a draft. */
export function draftOf(score: Score | undefined): Draft {
  if (score === undefined) return emptyDraft;
  const { value, nonScore, rationale, changeReason } = score;
  return { value, nonScore, rationale, changeReason };
}

/** What was typed into a form that was not accepted, as a draft. */
export function typedDraft(refusal: RefusalView, before: Draft): Draft {
  const answer = typedAt(refusal, "answer");
  const nonScore = nonScoreOf(answer);
  const isNumber = nonScore === null && /^-?\d+$/.test(answer);
  return {
    value: isNumber ? Number(answer) : null,
    nonScore,
    rationale: typedAt(refusal, "rationale", before.rationale),
    changeReason: changeReasonOf(typedAt(refusal, "changeReason.code"), typedAt(refusal, "changeReason.note")),
  };
}
