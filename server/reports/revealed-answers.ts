import { listAnswers, readScale } from "#db/answers.ts";
import type { Db } from "#db/open.ts";
import { type RevealedAnswers, revealedAnswersOf } from "#rubric/bundle-answers.ts";
import type { Protocol } from "#rubric/protocol.ts";

interface RevealedRound extends Pick<Protocol, "identity" | "minScores"> {
  readonly panelId: string;
  readonly round: number;
}

/** Exactly what every member may see of a revealed round's answers, in the order and form that its hash is made of. */
export async function revealedAnswers(db: Db, at: RevealedRound): Promise<RevealedAnswers> {
  const [answers, scale] = await Promise.all([listAnswers(db, at), readScale(db, at.panelId)]);
  if (!scale) return { scores: [], histograms: [] };
  return revealedAnswersOf(answers, { round: at.round, identity: at.identity, minScores: at.minScores, scale });
}
