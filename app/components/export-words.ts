import type { PanelView } from "#rubric/views.ts";
import { listWords } from "#rubric/words.ts";

type Exported = Pick<PanelView, "phase" | "role" | "scores" | "rounds" | "protocol">;

/** What the files hold for this person now. */
export function contentWords(panel: Exported): string {
  const revealed = panel.rounds.filter((round) => round.revealedAt !== null).map((round) => round.round);
  const sealed = ["the set-up", ...ownWords(panel)];
  if (revealed.length === 0) return `Nothing is revealed yet. The files hold ${listWords(sealed)}.`;
  const rounds = `what was revealed in ${revealed.length === 1 ? "round" : "rounds"} ${listWords(revealed.map(String))}`;
  return panel.phase === "scoring"
    ? `The files hold ${rounds}. Of the round that is open now they hold ${listWords(sealed)}.`
    : `The files hold the set-up and ${rounds}.`;
}

function ownWords({ phase, role, scores, protocol }: Exported): string[] {
  if (phase !== "scoring") return [];
  const seesRoster = role === "facilitator" && !scores && protocol.identity !== "anonymous";
  return [...(scores ? ["your own sheet"] : []), ...(seesRoster ? ["how far each reviewer is"] : [])];
}

/** What a row of the table is, and what no row holds. */
export function tableWords({ protocol }: Exported): string {
  const end = "with its rationale where you may read it. It opens in any spreadsheet.";
  if (protocol.identity === "anonymous") return `One row for each cell, level and round, ${end}`;
  return `One row for each reviewer, cell and round, ${end} Swing points belong to no cell: the bundle has them.`;
}
