import type { Bundle } from "../bundle.ts";
import type { Role } from "../member.ts";
import type { Points } from "../points.ts";
import type { CellId } from "../rubric.ts";
import type { ChangeReason, NonScore } from "../score.ts";
import { countedRound } from "./counted-round.ts";
import { historyOf } from "./history.ts";
import { labelledRound, labelsOf } from "./labelled-round.ts";
import { type ImportedOpening, openedIn } from "./opened.ts";
import { importedMembers, unnamedMembers } from "./people.ts";

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
