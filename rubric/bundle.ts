import type { CheckpointView } from "./checkpoint.ts";
import type { Points } from "./points.ts";
import type { Protocol } from "./protocol.ts";
import type { ReviewState } from "./round.ts";
import type { CellId, Policy, ReferenceReading, Rubric } from "./rubric.ts";
import type { NonScore, Score } from "./score.ts";
import type { AuditView, MemberView, PanelView, RosterView, RoundView, SnapshotView } from "./views.ts";

/** One revealed answer: under a member id (named panels) or a code (pseudonymous ones). */
export interface BundleScore extends CellId {
  readonly round: number;
  readonly memberId?: string;
  readonly code?: string;
  readonly value: number | null;
  readonly nonScore: NonScore | "absent" | null;
  readonly rationale: string;
  readonly changeReason: string | null;
  readonly afterSight: boolean;
  readonly version: number;
  readonly submittedAt: string | null;
}

/** One reviewer's swing points of a revealed round: under a member id (named panels) or a code (pseudonymous ones). */
export interface BundlePoints {
  readonly round: number;
  readonly memberId?: string;
  readonly code?: string;
  readonly points: Points;
}

/** Anonymous panels carry histograms instead of scores, and their texts without labels. */
export interface BundleHistogram extends CellId {
  readonly round: number;
  readonly n: number;
  /** `null` below the minimum of scores. */
  readonly counts: readonly number[] | null;
  readonly nonScores: {
    readonly cannotJudge: number;
    readonly abstain: number;
    readonly recused: number;
    readonly absent: number;
  };
  /** By text, so that the order says nothing; `null` in the files of observers, who do not read unlabelled texts. */
  readonly rationales: readonly BareText[] | null;
}

/** A text without a label, with the answer it explains. */
export interface BareText {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
}

/** What a reveal opened, so that a file's reader can hold its answers against the audit chain. */
export interface BundleOpenings {
  /** The key of each answer's commitment, under the label that the answer has in `scores`. None in anonymous panels. */
  readonly openings: readonly (CellId & { readonly round: number; readonly who: string; readonly key: string })[];
  /** The key of the seal on all answers to a cell, for whoever may read all of them. */
  readonly cellKeys: readonly (CellId & { readonly round: number; readonly key: string })[];
}

/** `concord-bundle/1`: all of a panel as its viewer may see it. */
export interface Bundle extends Partial<BundleOpenings> {
  readonly format: "concord-bundle/1";
  readonly synthetic: boolean;
  readonly exportedAt: string;
  readonly panel: Pick<PanelView, "panelId" | "title" | "question" | "round" | "phase" | "version" | "progress">;
  readonly protocol: Protocol;
  readonly protocolHash: string;
  readonly method: { readonly id: string; readonly version: string };
  readonly rubrics: readonly {
    readonly version: number;
    readonly rubric: Rubric;
    readonly policies: readonly Policy[];
    readonly rubricHash: string;
    /** Only for those who may see it. */
    readonly referenceReading?: ReferenceReading;
  }[];
  readonly members: readonly MemberView[];
  /** Facilitators of named and pseudonymous panels. */
  readonly roster?: RosterView;
  readonly rounds: readonly (RoundView & { readonly scope: readonly CellId[] })[];
  readonly scores: readonly BundleScore[];
  readonly histograms: readonly BundleHistogram[];
  /** Absent in files from before points could be given. */
  readonly points?: readonly BundlePoints[];
  readonly snapshots: readonly SnapshotView[];
  readonly audit: AuditView;
  /** The chain's heads as people keep them. Files from before there were checkpoints have none. */
  readonly checkpoints?: readonly CheckpointView[];
  /** The caller's own sheet of a round that is still scoring. */
  readonly ownSheet?: {
    readonly round: number;
    readonly memberId: string;
    readonly state: ReviewState;
    readonly scores: readonly Score[];
    /** Where any were saved in this round. */
    readonly points?: Points;
  };
  /** SHA-256 of the canonical text of everything else. */
  readonly contentHash: string;
}
