import { figuresOf } from "./figures.ts";
import { type Cell, closedRounds, type Panel, type Review, type Round, roundOf, seatOf, type Who } from "./panel.ts";
import { figuresAreOpen, hiddenFrom } from "./sight.ts";

/** One cell with the answers behind its figures, under the labels that the mode and the viewer's standing allow. */

interface AnswerSeen {
  /** `null` under a code or without a label. */
  readonly who: Who | null;
  readonly value: number | null;
  readonly nonScore: string | null;
  readonly rationale: string;
  readonly isAfterSight: boolean;
}

/** Of the current round where it is open, else of the latest closed one that had the cell, which stays as it was (V1). */
export function answersSeen(panel: Panel, who: Who, cell: Cell) {
  const current = roundOf(panel);
  if (current?.scope.includes(cell) && figuresAreOpen(panel, who)) {
    if (hiddenFrom(panel, who).has(cell)) return { isOpen: false };
    return shown(panel, { who, cell, round: current });
  }
  const settled = closedRounds(panel).findLast(({ scope }) => scope.includes(cell));
  return settled ? shown(panel, { who, cell, round: settled }) : { isOpen: false };
}

interface Seen {
  readonly who: Who;
  readonly cell: Cell;
  readonly round: Round;
}

function shown(panel: Panel, seen: Seen) {
  const figures = figuresOf(panel.terms, seen.round, seen.cell);
  const answers = figures.verdict === "too-few" && !isOnRecord(panel, seen.who) ? [] : labelled(panel, seen);
  const texts = answers.map((answer) => JSON.stringify(answer)).sort();
  return { isOpen: true, round: panel.rounds.indexOf(seen.round) + 1, figures, answers: texts };
}

/** Names stand on the record, and a facilitator of a pseudonymous panel knows who is behind a code. */
function isOnRecord(panel: Panel, who: Who): boolean {
  const { identity } = panel.terms;
  return identity === "named" || (identity === "pseudonymous" && seatOf(panel, who)?.role === "facilitator");
}

function labelled(panel: Panel, { who, cell, round }: Seen): AnswerSeen[] {
  const answers = [...round.reviews].flatMap(([author, review]) => answerOf(author, review, cell));
  if (panel.terms.identity === "anonymous") {
    // Observers read no unlabelled texts; a recusal's reason is for nobody.
    if (seatOf(panel, who)?.role === "observer") return [];
    const texts = answers.filter(({ rationale, nonScore }) => rationale.trim() !== "" && nonScore !== "recused");
    return texts.map((answer) => ({ ...answer, who: null, isAfterSight: false }));
  }
  const isFacilitator = seatOf(panel, who)?.role === "facilitator";
  return answers.map((answer) => ({
    ...answer,
    who: isOnRecord(panel, who) ? answer.who : null,
    // Facilitators read why somebody is recused, and everybody reads the own reason.
    rationale: answer.nonScore === "recused" && !isFacilitator && answer.who !== who ? "" : answer.rationale,
  }));
}

function answerOf(who: Who, { state, sheet, afterSight }: Review, cell: Cell): AnswerSeen[] {
  if (state === "absent") return [{ who, value: null, nonScore: "absent", rationale: "", isAfterSight: false }];
  const entry = sheet.get(cell);
  if (state === "drafting" || entry === undefined) return [];
  const { value, nonScore, rationale } = entry;
  return [{ who, value, nonScore, rationale, isAfterSight: afterSight.has(cell) }];
}
