import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { contestedFirst } from "#rubric/board-order.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { BoardCell, BoardView } from "#rubric/views.ts";
import { type PanelEvents, usePanelEvents } from "./use-panel-events.ts";

export interface LiveBoard {
  readonly board: BoardView;
  readonly events: PanelEvents;
  /** The cells in the order held since the reader last asked for one. */
  readonly cells: readonly BoardCell[];
  /** How many cells would stand elsewhere in a fresh order. */
  readonly wouldMove: number;
  resort(): void;
  /** The cells that the newest update changed, by `cellKey`. */
  readonly changed: ReadonlySet<string>;
  /** One quiet sentence for screen readers, at most every ten seconds. */
  readonly announcement: string;
}

/** The board as the page shows it: fetched anew when the panel changes, in an order that does not move by itself. */
export function useBoard(panelId: string, loaded: BoardView): LiveBoard {
  const [board, setBoard] = useState(loaded);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const { revalidate } = useRevalidator();
  const shown = useRef(board);
  const show = useCallback((next: BoardView) => {
    setChanged(changedCells(cellsOf(shown.current), cellsOf(next)));
    shown.current = next;
    setBoard(next);
  }, []);
  useEffect(() => {
    if (loaded.version > shown.current.version) show(loaded);
  }, [loaded, show]);
  const refetch = useCallback(async () => {
    const response = await fetch(`/api/v1/panels/${panelId}/board`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const next: BoardView = await response.json();
    const isElsewhere = next.phase !== shown.current.phase || next.round !== shown.current.round;
    show(next);
    if (isElsewhere) revalidate();
  }, [panelId, revalidate, show]);
  const events = usePanelEvents({ panelId, version: board.version, refetch });
  return { board, events, changed, announcement: useAnnouncement(board, changed), ...useHeldOrder(cellsOf(board)) };
}

function useHeldOrder(cells: readonly BoardCell[]): Pick<LiveBoard, "cells" | "wouldMove" | "resort"> {
  const fresh = contestedFirst(cells).map(cellKey);
  const [held, setHeld] = useState(fresh);
  const byKey = new Map(cells.map((cell) => [cellKey(cell), cell]));
  const order = [...held, ...fresh.filter((key) => !held.includes(key))].filter((key) => byKey.has(key));
  return {
    cells: order.flatMap((key) => byKey.get(key) ?? []),
    wouldMove: order.filter((key, index) => key !== fresh[index]).length,
    resort: () => setHeld(fresh),
  };
}

const quietMs = 10_000;

function useAnnouncement(board: BoardView, changed: ReadonlySet<string>): string {
  const [sentence, setSentence] = useState("");
  const first = useRef(board.version);
  const last = useRef(0);
  useEffect(() => {
    if (board.version === first.current) return;
    const { submitted, expected } = board.progress;
    const cells = changed.size === 1 ? "1 cell has" : `${changed.size} cells have`;
    const wait = Math.max(0, last.current + quietMs - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSentence(`${submitted} of ${expected} submitted. ${changed.size === 0 ? "" : `${cells} changed.`}`);
    }, wait);
    return () => clearTimeout(timer);
  }, [board.version, board.progress, changed]);
  return sentence;
}

function cellsOf(board: BoardView): readonly BoardCell[] {
  return board.visible ? board.cells : [];
}

function changedCells(before: readonly BoardCell[], after: readonly BoardCell[]): Set<string> {
  const texts = new Map(before.map((cell) => [cellKey(cell), JSON.stringify(cell)]));
  return new Set(
    after.filter((cell) => texts.has(cellKey(cell)) && texts.get(cellKey(cell)) !== JSON.stringify(cell)).map(cellKey),
  );
}
