import type { Bundle, BundleHistogram, BundleOpenings, BundlePoints } from "./bundle.ts";
import type { RevealedAnswers } from "./bundle-answers.ts";
import { checkpointsOf } from "./checkpoint.ts";
import type { Member } from "./member.ts";
import { method } from "./reconcile.ts";
import type { Phase, ReviewState } from "./round.ts";
import { type CellId, cellKey, type Policy, type ReferenceReading, type Rubric } from "./rubric.ts";
import { type PanelFacts, showAudit, shown, showPanel, showRoster, showSnapshot } from "./view.ts";
import type { AuditView, RosterView, RoundView, Shown, SnapshotView } from "./views.ts";
import { type Sight, sightOf } from "./visibility.ts";

/** What a bundle is made of. Of a round that is still scoring, only the caller's own sheet is ever loaded. */
export interface BundleFacts {
  readonly exportedAt: string;
  readonly panel: PanelFacts;
  readonly protocolHash: string;
  readonly rubrics: readonly BundleRubric[];
  readonly rounds: readonly (RoundView & { readonly scope: readonly CellId[] })[];
  /** Of the revealed rounds, in their order. */
  readonly answers: readonly RoundAnswers[];
  /** Of the revealed rounds, in their order. */
  readonly points: readonly BundlePoints[];
  readonly snapshots: readonly SnapshotView[];
  readonly audit: AuditView;
  readonly roster: RosterView | null;
  readonly ownSheet: Bundle["ownSheet"] | null;
  /** Cells of the newest round that the caller is recused from, by `cellKey`. */
  readonly recused: ReadonlySet<string>;
}

/** The answers of one revealed round, with what its reveal opened. */
export interface RoundAnswers extends RevealedAnswers, BundleOpenings {
  readonly round: number;
}

interface BundleRubric {
  readonly version: number;
  readonly rubric: Rubric;
  readonly policies: readonly Policy[];
  readonly rubricHash: string;
  readonly referenceReading: ReferenceReading | null;
}

/** Where a panel stands, and where the caller's own review does. */
export interface BundleStand {
  readonly phase: Phase;
  readonly round: number | null;
  readonly review: ReviewState | null;
}

/** What a member may see of the newest round, and so of everything that is not of one earlier round. */
function sightOfPanel(member: Member, at: BundleStand & Pick<PanelFacts, "protocol">): Sight {
  return sightOf({ role: member.role, review: at.review }, at);
}

/**
 * What a member may see of one round: what was revealed stays revealed while the next one is scoring, and of a round that
 * is scoring a file carries nobody's answers, however much of the board is live.
 */
export function sightOfRound(
  member: Member,
  round: number,
  at: BundleStand & Pick<PanelFacts, "protocol">,
): Sight | null {
  const phase = round === at.round ? at.phase : "closed";
  const isRevealed = phase === "discussion" || phase === "closed";
  return isRevealed ? sightOf({ role: member.role, review: null }, { phase, round, protocol: at.protocol }) : null;
}

/** `concord-bundle/1` as this member may take it home; `hash` gives the SHA-256 of a value's canonical text. */
export function showBundle(
  member: Member,
  facts: BundleFacts & Pick<BundleStand, "review">,
  hash: (value: unknown) => string,
): Shown<Bundle> {
  const content = contentOf(member, facts);
  return shown({ ...content, contentHash: hash(content) });
}

function contentOf(member: Member, facts: BundleFacts & Pick<BundleStand, "review">): Omit<Bundle, "contentHash"> {
  const stand = {
    phase: facts.panel.phase,
    round: facts.panel.round,
    review: facts.review,
    protocol: facts.panel.protocol,
  };
  const sight = sightOfPanel(member, stand);
  const { panelId, title, question, round, phase, version, progress, protocol, members } = showPanel(
    member,
    facts.panel,
  );
  const isChair = member.role === "facilitator";
  const roundsSeen = facts.rounds.filter((one) => sightOfRound(member, one.round, stand) !== null);
  const answers = facts.answers.flatMap((one) => answersFor(member, one, { ...stand, recused: facts.recused }));
  return {
    format: "concord-bundle/1",
    synthetic: facts.panel.synthetic,
    exportedAt: facts.exportedAt,
    panel: { panelId, title, question, round, phase, version, progress },
    protocol,
    protocolHash: facts.protocolHash,
    method,
    rubrics: facts.rubrics.map((one) => rubricFor(sight, one)),
    members,
    ...(isChair && sight.roster === "who" && facts.roster ? { roster: showRoster(sight, facts.roster, isChair) } : {}),
    rounds: facts.rounds.map(({ scope, ...one }) => ({
      round: one.round,
      rubricVersion: one.rubricVersion,
      openedAt: one.openedAt,
      revealedAt: one.revealedAt,
      closedAt: one.closedAt,
      scope: scope.map(({ policyId, criterionId }) => ({ policyId, criterionId })),
    })),
    scores: answers.flatMap(({ scores }) => scores),
    histograms: answers.flatMap(({ histograms }) => histograms),
    points: facts.points.filter(({ round: of }) => (sightOfRound(member, of, stand)?.scores ?? "-") !== "-"),
    snapshots: facts.snapshots.filter((one) => roundsSeen.some((seen) => seen.round === one.round)).map(showSnapshot),
    audit: auditFor(sight, facts.audit),
    checkpoints: checkpointsOf(panelId, auditFor(sight, facts.audit)),
    openings: answers.flatMap(({ openings }) => openings),
    cellKeys: answers.flatMap(({ cellKeys }) => cellKeys),
    ...(sight.ownScores === "full" && phase === "scoring" && facts.ownSheet ? { ownSheet: facts.ownSheet } : {}),
  };
}

/** The chain, for those whom the table gives it whole. */
export function auditFor(sight: Sight, audit: AuditView): AuditView {
  return sight.audit === "full" ? showAudit(audit) : { entries: [], batches: [] };
}

function rubricFor(
  sight: Sight,
  { version, rubric, policies, rubricHash, referenceReading }: BundleRubric,
): Bundle["rubrics"][number] {
  const isRead = sight.referenceReading === "full" && referenceReading !== null;
  return { version, rubric, policies, rubricHash, ...(isRead ? { referenceReading } : {}) };
}

/** The revealed answers of one round, less what this member may not read. */
function answersFor(
  member: Member,
  answers: RoundAnswers,
  at: BundleStand & Pick<PanelFacts, "protocol"> & Pick<BundleFacts, "recused">,
): (RevealedAnswers & BundleOpenings)[] {
  const sight = sightOfRound(member, answers.round, at);
  if (sight === null) return [];
  const isOpen = answers.round === at.round && at.phase === "discussion";
  const isShown = (cell: CellId) => !(isOpen && at.recused.has(cellKey(cell)));
  return [
    cutAnswers(sight, {
      scores: answers.scores.filter(isShown),
      histograms: answers.histograms.filter(isShown),
      openings: answers.openings.filter(isShown),
      cellKeys: answers.cellKeys.filter(isShown),
    }),
  ];
}

/** Answers less what the table withholds. */
export function cutAnswers(
  sight: Sight,
  { scores, histograms, openings, cellKeys }: Omit<RoundAnswers, "round">,
): Omit<RoundAnswers, "round"> {
  return {
    scores: sight.scores === "-" ? [] : scores,
    histograms: sight.figures === "-" ? [] : histograms.map((one) => histogramFor(sight, one)),
    // A key shows what it opens to whoever guesses right, so it goes only to those who read the whole of it.
    openings: sight.scores === "-" ? [] : openings,
    cellKeys: sight.rationales === "-" ? [] : cellKeys,
  };
}

function histogramFor(sight: Sight, histogram: BundleHistogram): BundleHistogram {
  return sight.rationales === "-" ? { ...histogram, rationales: null } : histogram;
}
