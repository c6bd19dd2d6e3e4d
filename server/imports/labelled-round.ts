import type { Bundle, BundleScore } from "#rubric/bundle.ts";
import { byCell } from "#rubric/bundle-answers.ts";
import { snapshotInputSchema } from "#rubric/bundle-schema.ts";
import type {
  AnsweredRound,
  ImportedMember,
  ImportedPoints,
  ImportedReview,
  ImportedScore,
  ImportedTally,
} from "#rubric/imported-panel.ts";
import { type CellId, cellKey } from "#rubric/rubric.ts";
import { changeReasons } from "#rubric/score.ts";
import type { SnapshotCell } from "#rubric/snapshot.ts";

type BundleRound = Bundle["rounds"][number];
/** The member behind the label of a score. */
type Labels = ReadonlyMap<string, string>;

/** Under a member's id in named panels, under a code in pseudonymous ones. */
export function labelsOf({ protocol }: Bundle, members: readonly ImportedMember[]): Labels {
  const isNamed = protocol.identity === "named";
  return new Map(members.map(({ key, code }) => [isNamed ? key : (code ?? ""), key]));
}

/** A round whose answers stand under the labels of their authors. */
export function labelledRound(bundle: Bundle, round: BundleRound, labels: Labels): AnsweredRound {
  const rows = bundle.scores.filter((score) => score.round === round.round);
  return {
    ...round,
    reviews: rows.length > 0 ? reviewsFrom(rows, { bundle, round, labels }) : reviewsFromRoster(bundle, round),
    scores: rows.flatMap((row) => scoreOf(row, labels)),
    withheld: withheldCells(bundle, round).flatMap((cell) => withheldTally(bundle, round, cell) ?? []),
    points: pointsIn(bundle, round, labels),
  };
}

/** Files from before points could be given hold none. */
function pointsIn({ points = [] }: Bundle, { round }: BundleRound, labels: Labels): ImportedPoints[] {
  const ofRound = points.filter((one) => one.round === round);
  return ofRound.map((one) => ({ member: authorOf(one, labels), points: one.points }));
}

/** Cells of the scope to which the bundle holds no answer at all. */
export function withheldCells(bundle: Bundle, { round, scope }: BundleRound): CellId[] {
  const held = byCell(bundle.scores.filter((score) => score.round === round));
  return scope.filter((cell) => !held.has(cellKey(cell)));
}

/** What the snapshot of a closed round tells of a cell with too few scores; `null` where it tells nothing. */
export function withheldTally(bundle: Bundle, { round }: BundleRound, cell: CellId): ImportedTally | null {
  const snapshot = bundle.snapshots.find((one) => one.round === round);
  const input = snapshotInputSchema.safeParse(snapshot?.input).data;
  const found = input?.cells.find((one) => cellKey(one) === cellKey(cell));
  return found && found.counts === null ? tallyFrom(found) : null;
}

/** The numbers of a cell whose levels are not known. */
export function tallyFrom({ policyId, criterionId, n, nonScores }: Omit<SnapshotCell, "reviewers">): ImportedTally {
  const { cannotJudge, abstain, recused } = nonScores;
  return { policyId, criterionId, n, cannotJudge, abstain, recused };
}

interface Setting {
  readonly bundle: Bundle;
  readonly round: BundleRound;
  readonly labels: Labels;
}

function reviewsFrom(rows: readonly BundleScore[], { bundle, round, labels }: Setting): ImportedReview[] {
  const reviews = new Map<string, ImportedReview>();
  for (const row of rows) {
    const member = authorOf(row, labels);
    const entry = rosterEntry(bundle, round, member);
    const isAbsent = row.nonScore === "absent";
    reviews.set(member, {
      member,
      state: isAbsent ? "absent" : "submitted",
      // Of a pseudonymous panel's earlier rounds the record tells only that it was before the reveal.
      submittedAt: isAbsent ? null : (row.submittedAt ?? entry?.submittedAt ?? round.revealedAt),
      complete: entry?.complete ?? null,
    });
  }
  return [...reviews.values()];
}

/** Where every cell of the newest round has too few scores to be shown. */
function reviewsFromRoster({ roster }: Bundle, { round }: BundleRound): ImportedReview[] {
  const entries = roster?.round === round ? roster.entries : [];
  return entries.map(({ memberId, state, submittedAt, complete }) => ({
    member: memberId,
    state: state === "submitted" ? "submitted" : "absent",
    submittedAt,
    complete,
  }));
}

function rosterEntry({ roster }: Bundle, { round }: BundleRound, memberId: string) {
  return roster?.round === round ? roster.entries.find((entry) => entry.memberId === memberId) : undefined;
}

function authorOf({ memberId, code }: Pick<BundleScore, "memberId" | "code">, labels: Labels): string {
  return labels.get(memberId ?? code ?? "") ?? "";
}

function scoreOf(row: BundleScore, labels: Labels): ImportedScore[] {
  const { policyId, criterionId, value, nonScore, rationale, changeReason, afterSight, version } = row;
  if (nonScore === "absent") return [];
  const member = authorOf(row, labels);
  const reason = changeReasons.find((code) => code === changeReason) ?? null;
  return [{ member, policyId, criterionId, value, nonScore, rationale, changeReason: reason, afterSight, version }];
}
