import type { BoardCell } from "./views.ts";

/**
 * The cells in the order a discussion needs them: splits, then other contested cells, then those too few could judge,
 * then the agreed ones; inside a class in rubric order.
 */
export function contestedFirst<Cell extends BoardCell>(cells: readonly Cell[]): Cell[] {
  return [...cells].sort((left, right) => classOf(left) - classOf(right));
}

/**
 * How many cells an order held until now would have to move to become the fresh one: the fewest that will do. A cell that
 * is gone need not move.
 */
export function movesBetween(held: readonly string[], fresh: readonly string[]): number {
  const places = new Map(fresh.map((key, place) => [key, place]));
  const kept = held.flatMap((key) => places.get(key) ?? []);
  return kept.length - longestRise(kept);
}

/** The length of the longest rising subsequence: what may stay where it is. */
function longestRise(places: readonly number[]): number {
  const ends: number[] = [];
  for (const place of places) {
    const at = ends.findIndex((end) => end >= place);
    ends[at < 0 ? ends.length : at] = place;
  }
  return ends.length;
}

function classOf(cell: BoardCell): number {
  if (cell.verdict === "contested") return cell.disagreement === "strong" ? 0 : 1;
  return cell.verdict === "too-few" || isHardToJudge(cell) ? 2 : 3;
}

/** A third or more of those eligible say they cannot judge. */
function isHardToJudge(cell: BoardCell): boolean {
  return cell.nonScores.cannotJudge > 0 && 3 * cell.nonScores.cannotJudge >= cell.eligible;
}
