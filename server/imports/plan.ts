import type { Bundle } from "#rubric/bundle.ts";
import type { ImportPlan } from "#rubric/imported-panel.ts";
import { countedRound } from "./counted-round.ts";
import { historyOf } from "./history.ts";
import { labelledRound, labelsOf } from "./labelled-round.ts";
import { openedIn } from "./opened.ts";
import { importedMembers, unnamedMembers } from "./people.ts";

/**
 * How a bundle that verifies becomes a panel again. An anonymous panel's scores belong to nobody: they are dealt, cell by
 * cell, to as many unnamed reviewers as there were, so that no row of one person comes about that the record does not hold.
 * To be asked where `importFault` finds none.
 */
export function importPlan(bundle: Bundle): ImportPlan {
  const history = historyOf(bundle);
  const isCounted = bundle.protocol.identity === "anonymous";
  const members = importedMembers(bundle, history);
  const labels = labelsOf(bundle, members);
  const rounds = bundle.rounds.map((round) => ({
    ...(isCounted ? countedRound(bundle, round) : labelledRound(bundle, round, labels)),
    openings: openedIn(bundle, round.round),
  }));
  const unnamed = isCounted ? unnamedMembers(rounds, history) : [];
  return { createdAt: history.createdAt, members: [...members, ...unnamed], rounds };
}
