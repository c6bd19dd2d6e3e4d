import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { cellKey } from "#rubric/rubric.ts";
import type { BoardCell, BoardView } from "#rubric/views.ts";
import { useAnnouncement } from "./use-announcement.ts";
import { type HeldOrder, useHeldOrder } from "./use-held-order.ts";
import { type PanelEvents, usePanelEvents } from "./use-panel-events.ts";

export interface LiveBoard extends HeldOrder {
  readonly board: BoardView;
  readonly events: PanelEvents;
  /** The cells that updates have changed and the reader has not seen since, by `cellKey`. */
  readonly changed: ReadonlySet<string>;
  /** The reader has had a changed cell in view. */
  onSeen(key: string): void;
  /** One quiet sentence for screen readers, at most every ten seconds. */
  readonly announcement: string;
}

/** The board as the page shows it: fetched anew when the panel changes, in an order that does not move by itself. */
export function useBoard(panelId: string, loaded: BoardView): LiveBoard {
  const { revalidate } = useRevalidator();
  const { board, changed, show, onSeen } = useShownBoard(loaded);
  const shown = useRef(board);
  shown.current = board;
  const refetch = useCallback(async () => {
    const response = await fetch(`/api/v1/panels/${panelId}/board`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const next: BoardView = await response.json();
    const { phase, round } = shown.current;
    show(next);
    if (next.phase !== phase || next.round !== round) revalidate();
  }, [panelId, revalidate, show]);
  const events = usePanelEvents({ panelId, version: board.version, refetch });
  return {
    board,
    events,
    changed,
    onSeen,
    announcement: useAnnouncement(board, changed.size),
    ...useHeldOrder(cellsOf(board)),
  };
}

/** The newest board there is, from the loader or fetched since, and what it changed. */
function useShownBoard(loaded: BoardView) {
  const [board, setBoard] = useState(loaded);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const shown = useRef(loaded);
  const show = useCallback((next: BoardView) => {
    if (next.version < shown.current.version) return;
    const news = changedCells(cellsOf(shown.current), cellsOf(next));
    shown.current = next;
    setBoard(next);
    setChanged((before) => (news.length === 0 ? before : new Set([...before, ...news])));
  }, []);
  const onSeen = useCallback((key: string) => {
    setChanged((before) => new Set([...before].filter((one) => one !== key)));
  }, []);
  useEffect(() => show(loaded), [loaded, show]);
  return { board, changed, show, onSeen };
}

function cellsOf(board: BoardView): readonly BoardCell[] {
  return board.visible ? board.cells : [];
}

/** Only cells that were there before: the first figures are no change. */
function changedCells(before: readonly BoardCell[], after: readonly BoardCell[]): string[] {
  const texts = new Map(before.map((cell) => [cellKey(cell), JSON.stringify(cell)]));
  return after
    .filter((cell) => texts.has(cellKey(cell)) && texts.get(cellKey(cell)) !== JSON.stringify(cell))
    .map(cellKey);
}
