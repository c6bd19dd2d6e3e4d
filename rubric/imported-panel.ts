import type { Role } from "./member.ts";
import type { Points } from "./points.ts";
import type { CellId } from "./rubric.ts";
import type { ChangeReason, NonScore } from "./score.ts";

/** What an installation has to remember so that it gives the same bundle again. */
export interface ImportPlan {
  readonly createdAt: string;
  readonly members: readonly ImportedMember[];
  readonly rounds: readonly ImportedRound[];
}

export interface ImportedMember {
  /** The member's id in the record; for somebody whom the record does not name, a word of this plan. */
  readonly key: string;
  /** Whether the key is the record's. */
  readonly isNamed: boolean;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly scores: boolean;
  readonly group: string | null;
  readonly code: string | null;
  readonly joinedAt: string;
  readonly leftAt: string | null;
}

export interface ImportedRound {
  readonly round: number;
  readonly rubricVersion: number;
  readonly openedAt: string;
  readonly revealedAt: string | null;
  readonly closedAt: string | null;
  readonly scope: readonly CellId[];
  readonly reviews: readonly ImportedReview[];
  readonly scores: readonly ImportedScore[];
  readonly withheld: readonly ImportedTally[];
  readonly points: readonly ImportedPoints[];
  /** What the reveal opened; the commitments that it opens stand in the chain. */
  readonly openings: readonly ImportedOpening[];
}

/** Less what the reveal opened. */
export type AnsweredRound = Omit<ImportedRound, "openings">;

export interface ImportedReview {
  readonly member: string;
  readonly state: "submitted" | "absent";
  readonly submittedAt: string | null;
  /** How many cells had an answer, where the record tells. */
  readonly complete: number | null;
}

export interface ImportedScore extends CellId {
  readonly member: string;
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
  readonly changeReason: ChangeReason["code"] | null;
  readonly afterSight: boolean;
  readonly version: number;
}

/** What a reviewer gave who is known by a label. */
export interface ImportedPoints {
  readonly member: string;
  readonly points: Points;
}

/** A cell of which only the numbers are known. */
export interface ImportedTally extends CellId {
  readonly n: number;
  readonly cannotJudge: number;
  readonly abstain: number;
  readonly recused: number;
}

/** The keys that a reveal opened under one label; an empty one stands for the cells as a whole. */
export interface ImportedOpening {
  readonly who: string;
  readonly keys: readonly (CellId & { readonly key: string })[];
}
