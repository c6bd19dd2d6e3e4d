import type { PanelListEntry, SheetView } from "#rubric/views.ts";

/** What a person should do next in a panel. */
export interface NextAction {
  readonly words: string;
  readonly path: string;
  /** Whether the panel waits for this person. */
  readonly isOwed: boolean;
}

type Standing = Pick<PanelListEntry, "panelId" | "role" | "phase" | "own">;

export function nextActionIn({ panelId, role, phase, own }: Standing): NextAction {
  const at = (page: string, words: string, isOwed = false): NextAction => ({
    words,
    path: `/panels/${panelId}${page}`,
    isOwed,
  });
  const isFacilitator = role === "facilitator";
  switch (phase) {
    case "draft":
      return isFacilitator ? at("/manage", "Invite members and open round 1", true) : at("", "Read the set-up");
    case "scoring":
      if (own?.state === "drafting") return draftAction(own, at);
      if (own?.state === "submitted") return at("/board", "See the board");
      return isFacilitator ? at("/manage", "See how far the panel is") : at("/board", "See how far the panel is");
    case "discussion":
      return at("/board", "Read where the panel differs");
    case "closed":
      return at("/consensus", "Read the consensus");
  }
}

function draftAction(
  own: NonNullable<Standing["own"]>,
  at: (page: string, words: string, isOwed: boolean) => NextAction,
): NextAction {
  const missing = own.cells - own.complete;
  if (missing === 0) return at("/score/check", "Check and submit", true);
  const more = own.complete === 0 ? "" : " more";
  return at("/score", `Score ${missing}${more} ${missing === 1 ? "cell" : "cells"}`, true);
}

/** A reviewer's own state in the round, as the list of panels has it. */
export function ownOf(sheet: Pick<SheetView, "state" | "scope" | "incomplete"> | null): PanelListEntry["own"] {
  if (sheet === null || sheet.state === null) return null;
  return { state: sheet.state, complete: sheet.scope.length - sheet.incomplete.length, cells: sheet.scope.length };
}

/** The panels that wait for this person first; else in the order given. */
export function owedFirst(panels: readonly PanelListEntry[]): PanelListEntry[] {
  const isOwed = (panel: PanelListEntry) => nextActionIn(panel).isOwed;
  return [...panels.filter(isOwed), ...panels.filter((panel) => !isOwed(panel))];
}
