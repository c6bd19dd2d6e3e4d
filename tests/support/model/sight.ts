import { type Cell, type Panel, reviewOf, roundOf, seatOf, type Who } from "./panel.ts";

/** Who may see what of the current round. From the reveal on it is open; these are the rules before that. */

/** The figures of the round, and the answers behind them. */
export function figuresAreOpen(panel: Panel, who: Who): boolean {
  if (panel.phase === "draft") return false;
  if (panel.phase !== "scoring") return true;
  const review = reviewOf(panel, who);
  // Sight and scoring exclude each other (rule V4): whoever scores sees nothing before having submitted.
  if (review !== null) return review.state === "submitted" && panel.terms.board === "live";
  return seatOf(panel, who)?.role === "facilitator" && panel.terms.chairSees;
}

/** Who has submitted and who has not. */
export function rosterIsOpen(panel: Panel, who: Who): boolean {
  const { identity, board } = panel.terms;
  if (panel.phase === "draft" || identity === "anonymous") return false;
  const isFacilitator = seatOf(panel, who)?.role === "facilitator";
  if (panel.phase !== "scoring") return isFacilitator || identity === "named";
  const review = reviewOf(panel, who);
  return review === null ? isFacilitator : review.state === "submitted" && board === "live";
}

/** The cells that somebody is recused from, a draft included: nothing of them until the round is closed (rule V9). */
export function hiddenFrom(panel: Panel, who: Who): ReadonlySet<Cell> {
  const sheet = panel.phase === "closed" ? undefined : reviewOf(panel, who)?.sheet;
  const own = (roundOf(panel)?.scope ?? []).filter((cell) => sheet?.get(cell)?.nonScore === "recused");
  return new Set(own);
}
