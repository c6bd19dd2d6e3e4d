import { checkpointsOf } from "./checkpoint.ts";
import type { Member } from "./member.ts";
import type { Receipt } from "./receipt.ts";
import type { CellConsensus } from "./reconcile.ts";
import { cellKey, type RubricVersion } from "./rubric.ts";
import type {
  AuditPageView,
  AuditView,
  BoardCell,
  BoardView,
  MemberView,
  OwnPoints,
  PanelView,
  PointsView,
  ReceiptCheckView,
  RosterView,
  SheetView,
  Shown,
  SnapshotEntry,
  SnapshotView,
} from "./views.ts";
import type { Sight } from "./visibility.ts";

/**
 * The projector: the only code that turns facts into what a viewer may see. Every function builds a new object field by
 * field, so a column added to a fact reaches nobody until a line here says so.
 */

export interface PanelFacts
  extends Omit<PanelView, "role" | "scores" | "memberId" | "members" | "rubric" | "policies"> {
  readonly rubricVersion: RubricVersion;
  readonly members: readonly (Omit<MemberView, "email" | "code"> & {
    readonly email: string;
    readonly code: string | null;
  })[];
}

export function showPanel(member: Member, facts: PanelFacts): Shown<PanelView> {
  const {
    rubricVersion: { rubric, version, policies },
    protocol,
  } = facts;
  const isFacilitator = member.role === "facilitator";
  return shown({
    panelId: facts.panelId,
    title: facts.title,
    question: facts.question,
    synthetic: facts.synthetic,
    role: member.role,
    scores: member.scores,
    memberId: member.memberId,
    version: facts.version,
    round: facts.round,
    phase: facts.phase,
    scope: facts.scope,
    progress: { submitted: facts.progress.submitted, expected: facts.progress.expected },
    rubric: { ...rubric, version },
    policies,
    protocol,
    members: facts.members.map((one) => ({
      memberId: one.memberId,
      name: one.name,
      role: one.role,
      group: one.group,
      ...(isFacilitator ? { email: one.email } : {}),
      ...(isFacilitator && protocol.identity === "pseudonymous" && one.code !== null ? { code: one.code } : {}),
    })),
    rounds: facts.rounds,
  });
}

export function showSheet(sight: Sight, facts: SheetView): Shown<SheetView> {
  const isOwn = sight.ownScores === "full" && facts.state !== null;
  return shown({
    round: facts.round,
    state: facts.state,
    submitted: facts.submitted,
    submittedAt: facts.submittedAt,
    reopenedReason: facts.reopenedReason,
    hasReceipt: isOwn && facts.hasReceipt,
    scope: facts.scope,
    scores: isOwn ? facts.scores : [],
    earlier: isOwn ? facts.earlier : [],
    incomplete: isOwn ? facts.incomplete : [],
    points: isOwn && facts.points ? ownPoints(facts.points) : null,
    referenceReading: sight.referenceReading === "full" ? facts.referenceReading : null,
  });
}

const noPoints: OwnPoints = { points: {}, version: 0, savedAt: null, earlier: null };

export function showPoints(
  sight: Sight,
  { round, submitted, own }: Pick<PointsView, "round" | "submitted"> & { readonly own: OwnPoints | null },
): Shown<PointsView> {
  const isOwn = sight.ownScores === "full" && own !== null;
  return shown({ round, submitted, ...(isOwn ? ownPoints(own) : noPoints) });
}

function ownPoints({ points, version, savedAt, earlier }: OwnPoints): OwnPoints {
  return { points, version, savedAt, earlier: earlier && { round: earlier.round, points: earlier.points } };
}

/** One's own receipt is of one's own scores. */
export function showReceipt(sight: Sight, receipt: Receipt): Shown<Receipt> | null {
  return sight.ownScores === "full" ? shown(receipt) : null;
}

/** Of one's own receipt, and of what its owner may see anyway. */
export function showReceiptCheck(
  sight: Sight,
  { round, checks, place }: ReceiptCheckView,
): Shown<ReceiptCheckView> | null {
  if (sight.ownScores !== "full") return null;
  return shown({
    round,
    checks: checks.map(({ name, outcome, detail }) => ({ name, outcome, detail })),
    place: place && { seq: place.seq, batch: place.batch },
  });
}

export function showRoster(sight: Sight, facts: RosterView, isFacilitator: boolean): Shown<RosterView> {
  if (sight.roster !== "who") return shown({ round: facts.round, entries: [] });
  const entries = facts.entries.map((entry) => ({
    memberId: entry.memberId,
    name: entry.name,
    // Only facilitators learn that a colleague's draft has begun (rule V2).
    state: !isFacilitator && entry.state === "drafting" ? ("not-started" as const) : entry.state,
    submittedAt: entry.submittedAt,
    complete: isFacilitator ? entry.complete : null,
    cells: entry.cells,
  }));
  return shown({ round: facts.round, entries });
}

export interface BoardFacts extends Pick<BoardView, "version" | "round" | "phase" | "progress"> {
  readonly computedAt: string | null;
  readonly cells: readonly CellConsensus[];
  /** Cells the viewer is recused from while the round is not closed, by `cellKey`. */
  readonly recused: ReadonlySet<string>;
}

export function showBoard(sight: Sight, facts: BoardFacts): Shown<BoardView> {
  const { version, round, phase } = facts;
  const progress = { submitted: facts.progress.submitted, expected: facts.progress.expected };
  if (sight.figures === "-")
    return shown({ version, round, phase, progress, visible: false, reason: sealedReason(sight, facts) });
  const cells = facts.cells.filter((cell) => !facts.recused.has(cellKey(cell))).map(cutCell);
  return shown({ version, round, phase, progress, visible: true, computedAt: facts.computedAt, cells });
}

/** Why there are no figures, and when there will be. */
export function sealedReason({ sealedUntil }: Sight, { progress }: Pick<BoardView, "progress">): string {
  const count = `You see how many have submitted: ${progress.submitted} of ${progress.expected}.`;
  switch (sealedUntil) {
    case "opening":
      return "Round 1 has not opened yet.";
    case "submission":
      return `Sealed until you submit. ${count}`;
    case "reveal":
      return `Sealed for now, and revealed to everyone when the facilitator opens the discussion. ${count}`;
  }
}

export function showSnapshots(facts: readonly SnapshotEntry[]): Shown<{ snapshots: SnapshotEntry[] }> {
  return shown({ snapshots: facts.map(snapshotEntry) });
}

/** A snapshot holds only what every member may see from the close on (see `snapshot.ts`), so it is shown whole. */
export function showSnapshot(facts: SnapshotView): Shown<SnapshotView> {
  return shown({ ...snapshotEntry(facts), input: facts.input, output: facts.output });
}

export function showAudit(facts: AuditView): Shown<AuditView> {
  return shown({
    entries: facts.entries.map(({ seq, line, leaf, batch }) => ({ seq, line, leaf, batch })),
    batches: facts.batches.map(({ batch, count, head }) => ({ batch, count, head })),
  });
}

/** The chain with its heads as people keep them. */
export function showAuditPage(panelId: string, facts: AuditView): Shown<AuditPageView> {
  const { entries, batches } = showAudit(facts);
  return shown({ entries, batches, checkpoints: checkpointsOf(panelId, facts) });
}

/** Below the minimum of scores a cell is words only: no counts, median or spread. */
export function cutCell(cell: CellConsensus | BoardCell): BoardCell {
  const isShown = cell.verdict !== "too-few";
  const { cannotJudge, abstain, recused, absent } = cell.nonScores;
  return {
    policyId: cell.policyId,
    criterionId: cell.criterionId,
    eligible: cell.eligible,
    n: cell.n,
    nonScores: { cannotJudge, abstain, recused, absent },
    counts: isShown ? cell.counts : null,
    median: isShown ? cell.median : null,
    iqr: isShown ? cell.iqr : null,
    verdict: cell.verdict,
    direction: isShown ? cell.direction : null,
    disagreement: isShown ? cell.disagreement : null,
    rule: cell.rule,
  };
}

function snapshotEntry(facts: SnapshotEntry): SnapshotEntry {
  const { version, round, method: by, inputHash, outputHash, createdAt } = facts;
  return { version, round, method: { id: by.id, version: by.version }, inputHash, outputHash, createdAt };
}

/** The brand is made here and nowhere else: whoever holds a `Shown` value holds projector output. */
export function shown<View>(view: View): Shown<View> {
  return view as Shown<View>;
}
