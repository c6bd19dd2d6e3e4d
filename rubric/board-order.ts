import type { BoardCell } from "./views.ts";

/**
 * The cells in the order a discussion needs them: splits, then other contested cells, then those too few could judge,
 * then the agreed ones; inside a class in rubric order.
 */
export function contestedFirst<Cell extends BoardCell>(cells: readonly Cell[]): Cell[] {
  return [...cells].sort((left, right) => classOf(left) - classOf(right));
}

function classOf(cell: BoardCell): number {
  if (cell.verdict === "contested") return cell.disagreement === "strong" ? 0 : 1;
  return cell.verdict === "too-few" || isHardToJudge(cell) ? 2 : 3;
}

/** A third or more of those eligible say they cannot judge. */
function isHardToJudge(cell: BoardCell): boolean {
  return cell.nonScores.cannotJudge > 0 && 3 * cell.nonScores.cannotJudge >= cell.eligible;
}
