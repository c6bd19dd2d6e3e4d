import { useState } from "react";
import { contestedFirst, movesBetween } from "#rubric/board-order.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { BoardCell } from "#rubric/views.ts";

export interface HeldOrder {
  /** The cells in the order held since the reader last asked for one. */
  readonly cells: readonly BoardCell[];
  /** Those of them that were contested then: a filtered list does not lose or gain rows by itself either. */
  readonly contested: readonly BoardCell[];
  /** How many cells would stand elsewhere in a fresh order. */
  readonly wouldMove: number;
  resort(): void;
}

/** Contested first, but only when asked: updates change figures in place and move nothing. */
export function useHeldOrder(now: readonly BoardCell[]): HeldOrder {
  const fresh = contestedFirst(now);
  const [held, setHeld] = useState(() => holdingOf(fresh));
  const byKey = new Map(now.map((cell) => [cellKey(cell), cell]));
  const known = new Set(held.order);
  const newcomers = fresh.map(cellKey).filter((key) => !known.has(key));
  const order = [...held.order, ...newcomers].filter((key) => byKey.has(key));
  const cells = order.flatMap((key) => byKey.get(key) ?? []);
  const isContested = (cell: BoardCell) =>
    known.has(cellKey(cell)) ? held.contested.has(cellKey(cell)) : cell.verdict === "contested";
  return {
    cells,
    contested: cells.filter(isContested),
    wouldMove: movesBetween(order, fresh.map(cellKey)),
    resort: () => setHeld(holdingOf(fresh)),
  };
}

function holdingOf(cells: readonly BoardCell[]) {
  return {
    order: cells.map(cellKey),
    contested: new Set(cells.filter((cell) => cell.verdict === "contested").map(cellKey)),
  };
}
