import { answersSeen } from "./answers-seen.ts";
import { type Figures, figuresOf } from "./figures.ts";
import {
  type Cell,
  cells,
  closedRounds,
  isAnswered,
  membersOf,
  type Panel,
  reviewOf,
  roundOf,
  seatOf,
  type Who,
} from "./panel.ts";
import { figuresAreOpen, hiddenFrom, rosterIsOpen } from "./sight.ts";

/** What each person must see at each place, in words that both the model and the product can be put in. */

export const places = ["version", "panel", "board", "consensus", "roster", "sheet", "points", "log", ...cells] as const;
export type Place = (typeof places)[number];

/** To whoever is not in the panel it does not exist (rule V11). */
const nothing = { status: 404 };
const closed = { status: 403 };

export function seenAt(panel: Panel, who: Who, place: Place): unknown {
  if (seatOf(panel, who) === null) return nothing;
  switch (place) {
    case "version":
      return { version: panel.version };
    case "panel":
      return panelSeen(panel, who);
    case "board":
      return { ...where(panel), progress: progressOf(panel), cells: boardSeen(panel, who) };
    case "consensus":
      return consensusSeen(panel, who);
    case "roster":
      return rosterSeen(panel, who);
    case "sheet":
      return sheetSeen(panel, who);
    case "points":
      return panel.terms.identity === "anonymous" ? closed : pointsSeen(panel, who);
    case "log":
      return Object.fromEntries([...panel.lines].sort());
    default:
      return answersSeen(panel, who, place);
  }
}

function where(panel: Panel) {
  return { version: panel.version, round: panel.rounds.length, phase: panel.phase };
}

/** n of N: drafts are no progress, and whoever left without submitting is no longer waited for. */
function progressOf(panel: Panel): { submitted: number; expected: number } {
  const round = roundOf(panel);
  if (round === null)
    return { submitted: 0, expected: membersOf(panel).filter((who) => seatOf(panel, who)?.scores).length };
  const reviews = [...round.reviews.values()];
  return { submitted: reviews.filter(({ state }) => state === "submitted").length, expected: reviews.length };
}

function panelSeen(panel: Panel, who: Who) {
  const seat = seatOf(panel, who);
  return {
    ...where(panel),
    title: panel.title,
    role: seat?.role,
    scores: seat?.scores,
    scope: roundOf(panel)?.scope ?? [],
    progress: progressOf(panel),
    members: Object.fromEntries(membersOf(panel).map((one) => [one, seatOf(panel, one)?.role])),
    seesAddresses: seat?.role === "facilitator",
    seesCodes: seat?.role === "facilitator" && membersOf(panel).some((one) => hasCode(panel, one)),
  };
}

/** Whoever scores in a pseudonymous panel has a code from round 1 on. */
function hasCode(panel: Panel, who: Who): boolean {
  return panel.terms.identity === "pseudonymous" && panel.rounds.length > 0 && seatOf(panel, who)?.scores === true;
}

/** The figures of the current round; `null` where they are sealed. */
function boardSeen(panel: Panel, who: Who): Figures[] | null {
  const round = roundOf(panel);
  if (round === null || !figuresAreOpen(panel, who)) return null;
  const hidden = hiddenFrom(panel, who);
  return round.scope.filter((cell) => !hidden.has(cell)).map((cell) => figuresOf(panel.terms, round, cell));
}

/** Each cell as its latest closed round left it (rule V1); before the first close, what the board shows. */
function consensusSeen(panel: Panel, who: Who) {
  const settled = cells.flatMap((cell) => settledFigures(panel, cell));
  if (settled.length > 0) return { cells: settled, isWhole: true };
  const open = boardSeen(panel, who);
  if (open === null) return { cells: null };
  // A figure over several cells would tell of the one that is hidden (rule V9).
  return {
    cells: open.map((figures) => ({ ...figures, settledIn: null })),
    isWhole: hiddenFrom(panel, who).size === 0,
  };
}

function settledFigures(panel: Panel, cell: Cell): (Figures & { settledIn: number })[] {
  const last = closedRounds(panel).findLastIndex(({ scope }) => scope.includes(cell));
  const round = panel.rounds[last];
  return round ? [{ ...figuresOf(panel.terms, round, cell), settledIn: last + 1 }] : [];
}

/** Only facilitators learn how far a draft has come (rule V2). */
function rosterSeen(panel: Panel, who: Who) {
  const round = roundOf(panel);
  if (round === null || !rosterIsOpen(panel, who)) return {};
  const isFacilitator = seatOf(panel, who)?.role === "facilitator";
  return Object.fromEntries(
    [...round.reviews].map(([one, { state, sheet }]) => {
      const complete = round.scope.filter((cell) => isAnswered(sheet.get(cell))).length;
      const hasBegun = state !== "drafting" || (isFacilitator && complete > 0);
      return [one, { state: hasBegun ? state : "not-started", complete: isFacilitator ? complete : null }];
    }),
  );
}

/** One's own sheet of this round, and nobody else's. */
function sheetSeen(panel: Panel, who: Who) {
  const review = reviewOf(panel, who);
  const own = cells.flatMap((cell) => {
    const entry = review?.sheet.get(cell);
    if (!entry) return [];
    const { value, nonScore, rationale, version } = entry;
    return [{ cell, value, nonScore, rationale, version }];
  });
  return { round: panel.rounds.length, submitted: review?.state === "submitted", scores: own };
}

function pointsSeen(panel: Panel, who: Who) {
  const { row, version } = reviewOf(panel, who)?.points ?? { row: {}, version: 0 };
  return { row, version };
}
