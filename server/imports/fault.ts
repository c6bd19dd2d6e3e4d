import type { Bundle } from "#rubric/bundle.ts";
import { cellKey } from "#rubric/rubric.ts";
import { historyOf } from "./history.ts";
import { withheldCells, withheldTally } from "./labelled-round.ts";
import { codesOfNobody, scorersGone } from "./people.ts";

/** Why a bundle, though it verifies, cannot become the same panel again, as a sentence; `null` where it can. */
export function importFault(bundle: Bundle): string | null {
  if (bundle.panel.phase === "scoring")
    return "A bundle taken while a round is being scored leaves out what others have written. Import one from after the reveal.";
  switch (bundle.protocol.identity) {
    case "named":
      return namedFault(bundle);
    case "pseudonymous":
      return codesFault(bundle) ?? firstFault(bundle, pseudonymousFault);
    case "anonymous":
      return firstFault(bundle, anonymousFault);
  }
}

type BundleRound = Bundle["rounds"][number];

function firstFault(bundle: Bundle, faultOf: (bundle: Bundle, round: BundleRound) => string | null): string | null {
  for (const round of bundle.rounds) {
    const fault = faultOf(bundle, round);
    if (fault !== null) return fault;
  }
  return null;
}

const leftOut = (cell: string, round: number) =>
  `This bundle leaves cell ${cell} of round ${round} out, since whoever took it is recused from it. Import one that somebody else took, or one from after the close.`;

function namedFault(bundle: Bundle): string | null {
  return firstFault(bundle, (_bundle, round) => {
    const [cell] = withheldCells(bundle, round);
    return cell ? leftOut(cellKey(cell), round.round) : null;
  });
}

function codesFault(bundle: Bundle): string | null {
  if (bundle.rounds.length === 0) return null;
  const history = historyOf(bundle);
  const scores = (memberId: string) => history.people.get(memberId)?.scores === true;
  if (bundle.members.some(({ memberId, code }) => scores(memberId) && code === undefined))
    return "This bundle of a pseudonymous panel does not tell whose code is whose. Import one that a facilitator took.";
  const ownerless = codesOfNobody(bundle).length;
  const gone = scorersGone(bundle, history).length;
  return ownerless === 0 || (ownerless === 1 && gone === 1)
    ? null
    : "More than one reviewer of this pseudonymous panel has left, and the bundle does not tell which code was whose, so it cannot be imported.";
}

function pseudonymousFault(bundle: Bundle, round: BundleRound): string | null {
  const unknown = withheldCells(bundle, round).find((cell) => withheldTally(bundle, round, cell) === null);
  if (unknown)
    return `This bundle tells nothing of cell ${cellKey(unknown)} in round ${round.round}: too few scored it, or whoever took the bundle is recused from it. Import one from after the close.`;
  const isEmpty = withheldCells(bundle, round).length === round.scope.length;
  return isEmpty && bundle.roster?.round !== round.round
    ? `In round ${round.round} no cell had enough scores to be shown, so the bundle does not tell who took part in it, and it cannot be imported.`
    : null;
}

function anonymousFault(bundle: Bundle, round: BundleRound): string | null {
  const histograms = bundle.histograms.filter((one) => one.round === round.round);
  if (histograms.some(({ rationales }) => rationales === null))
    return "An observer's bundle of an anonymous panel leaves the texts out. Import one that a facilitator or a reviewer took.";
  const held = new Set(histograms.map(cellKey));
  const missing = round.scope.find((cell) => !held.has(cellKey(cell)));
  return missing ? leftOut(cellKey(missing), round.round) : null;
}
