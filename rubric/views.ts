import type { PanelAgreement } from "./agreement.ts";
import type { Analysis } from "./analysis/analysis.ts";
import type { SecondLook } from "./analysis/second-looks.ts";
import type { CheckpointView } from "./checkpoint.ts";
import type { Role } from "./member.ts";
import type { CellMovement } from "./movement.ts";
import type { Points } from "./points.ts";
import type { Protocol } from "./protocol.ts";
import type { CellConsensus, PolicyConsensus } from "./reconcile.ts";
import type { Phase, ReviewState } from "./round.ts";
import type { CellId, Policy, ReferenceReading, Rubric } from "./rubric.ts";
import type { NonScore, Score } from "./score.ts";

/** The views: what screens, API, exports and mail are made of. Only `view.ts` makes them, cut to their viewer. */

declare const shown: unique symbol;
/** A value that has passed the projector. */
export type Shown<View> = View & { readonly [shown]: true };

export interface Progress {
  readonly submitted: number;
  readonly expected: number;
}

export interface MemberView {
  readonly memberId: string;
  readonly name: string;
  readonly role: Role;
  readonly group: string | null;
  /** For facilitators. */
  readonly email?: string | undefined;
  /** For facilitators of a pseudonymous panel, from round 1 on. */
  readonly code?: string | undefined;
}

export interface PanelView {
  readonly panelId: string;
  readonly title: string;
  readonly question: string;
  readonly synthetic: boolean;
  readonly role: Role;
  /** Whether the caller scores in this panel. */
  readonly scores: boolean;
  readonly memberId: string;
  readonly version: number;
  readonly round: number | null;
  readonly phase: Phase;
  readonly scope: readonly CellId[];
  readonly progress: Progress;
  readonly rubric: Rubric & { readonly version: number };
  readonly policies: readonly Policy[];
  readonly protocol: Protocol;
  readonly members: readonly MemberView[];
  readonly rounds: readonly RoundView[];
}

export interface RoundView {
  readonly round: number;
  readonly rubricVersion: number;
  readonly openedAt: string;
  readonly revealedAt: string | null;
  readonly closedAt: string | null;
}

/** One row of the caller's list of panels. */
export interface PanelListEntry {
  readonly panelId: string;
  readonly title: string;
  readonly question: string;
  readonly synthetic: boolean;
  readonly role: Role;
  readonly version: number;
  readonly round: number | null;
  readonly phase: Phase;
  readonly progress: Progress;
  /** Of the caller's own cells in this round; `null` for someone who does not score in it. */
  readonly own: { readonly state: ReviewState; readonly complete: number; readonly cells: number } | null;
}

/** A reviewer's own sheet for the current round. */
export interface SheetView {
  readonly round: number | null;
  readonly state: ReviewState | null;
  readonly submitted: boolean;
  readonly submittedAt: string | null;
  readonly reopenedReason: string | null;
  /** Whether there is a receipt of this submission. */
  readonly hasReceipt: boolean;
  readonly scope: readonly CellId[];
  readonly scores: readonly Score[];
  /** The caller's own scores of the latest earlier round that had the cell in scope. */
  readonly earlier: readonly Score[];
  /** Each cell of the scope that is not complete, with the sentence that says why. */
  readonly incomplete: readonly (CellId & { readonly sentence: string })[];
  /** `null` where the panel does not ask for points, or the caller does not score in this round. */
  readonly points: OwnPoints | null;
  readonly referenceReading: ReferenceReading | null;
}

/** The caller's own swing points of one round. */
export interface OwnPoints {
  /** Empty where none are given. */
  readonly points: Points;
  /** 0 while none were ever saved in this round. */
  readonly version: number;
  readonly savedAt: string | null;
  /** What the caller gave in the latest earlier round: a proposal, which counts nowhere until it is saved in this one. */
  readonly earlier: { readonly round: number; readonly points: Points } | null;
}

export interface PointsView extends OwnPoints {
  readonly round: number | null;
  readonly submitted: boolean;
}

interface RosterEntry {
  readonly memberId: string;
  readonly name: string;
  readonly state: ReviewState | "not-started";
  readonly submittedAt: string | null;
  /** Cells with an answer, of the round's scope; facilitators only. */
  readonly complete: number | null;
  readonly cells: number;
}

export interface RosterView {
  readonly round: number | null;
  readonly entries: readonly RosterEntry[];
}

/** One cell as the board shows it. Below the minimum of scores every figure made from levels is `null`. */
export interface BoardCell extends Omit<CellConsensus, "counts"> {
  readonly counts: readonly number[] | null;
}

export type BoardView = {
  readonly version: number;
  readonly round: number | null;
  readonly phase: Phase;
  readonly progress: Progress;
} & (
  | { readonly visible: false; readonly reason: string }
  | { readonly visible: true; readonly computedAt: string | null; readonly cells: readonly BoardCell[] }
);

/** One reviewer's answer to a cell, under the label the viewer may see. */
export interface CellEntry {
  /** A name, a code, or `null` where texts are unlabelled. */
  readonly label: string | null;
  /** For facilitators of a pseudonymous panel: the name behind the code. */
  readonly name: string | null;
  readonly isOwn: boolean;
  readonly value: number | null;
  readonly nonScore: NonScore | "absent" | null;
  readonly rationale: string;
  readonly changeReason: string | null;
  readonly afterSight: boolean;
}

export type CellView = CellId & {
  readonly version: number;
  readonly round: number | null;
  readonly phase: Phase;
} & (
    | { readonly visible: false; readonly reason: string }
    | {
        readonly visible: true;
        readonly cell: BoardCell;
        /** Every reviewer's answer; empty where the mode gives no row of one person and no unlabelled text. */
        readonly entries: readonly CellEntry[];
        readonly reading: ReferenceReading["cells"][number] | null;
      }
  );

export interface ConsensusCell extends BoardCell {
  readonly settledInRound: number | null;
}

export type ConsensusView = { readonly version: number; readonly round: number | null } & (
  | { readonly visible: false; readonly reason: string }
  | {
      readonly visible: true;
      readonly method: { readonly id: string; readonly version: string };
      readonly parameters: Pick<Protocol, "rule" | "agreeShare" | "opposedBelow" | "minScores"> & {
        readonly quantileType: 2;
      };
      readonly cells: readonly ConsensusCell[];
      readonly policies: readonly PolicyConsensus[];
      /** Reliability of the panel; `null` while the viewer is recused from a cell that it would mix with others. */
      readonly agreement: PanelAgreement | null;
      /** How cells moved between the last two closed rounds that had them. */
      readonly movement: readonly CellMovement[];
      /** Figures over several cells: weights, the order of the policies and what could change it, camps, changes. */
      readonly robustness: Analysis | null;
      /** How far they are, while they are being computed. */
      readonly pending: { readonly done: number; readonly of: number } | null;
      /** Figures about persons: everybody's for facilitators, the own for reviewers, nobody's on anonymous panels. */
      readonly secondLooks: readonly SecondLookView[];
    }
);

export interface SecondLookView extends Omit<SecondLook, "label"> {
  /** A name or a code. */
  readonly label: string;
  readonly isOwn: boolean;
}

export interface SnapshotEntry {
  readonly version: number;
  readonly round: number;
  readonly method: { readonly id: string; readonly version: string };
  readonly inputHash: string;
  readonly outputHash: string;
  readonly createdAt: string;
}

export interface SnapshotView extends SnapshotEntry {
  readonly input: unknown;
  readonly output: unknown;
}

interface AuditEntry {
  readonly seq: number;
  /** The exact text that is hashed. */
  readonly line: string;
  readonly leaf: string;
  readonly batch: number;
}

export interface AuditView {
  readonly entries: readonly AuditEntry[];
  readonly batches: readonly { readonly batch: number; readonly count: number; readonly head: string }[];
}

export interface AuditPageView extends AuditView {
  readonly checkpoints: readonly CheckpointView[];
}

/** What came of holding one's own receipt against the server and the audit chain. */
export interface ReceiptCheckView {
  readonly round: number | null;
  readonly checks: readonly {
    readonly name: string;
    readonly outcome: "holds" | "differs" | "not checkable";
    readonly detail: string | null;
  }[];
  /** Where the chain holds its commitments, from the reveal on. */
  readonly place: { readonly seq: number; readonly batch: number } | null;
}
