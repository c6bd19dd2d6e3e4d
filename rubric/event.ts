import type { Role } from "./member.ts";
import type { Step } from "./round.ts";
import type { CellId } from "./rubric.ts";

/**
 * What the audit chain tells. It holds only what every member may see at that moment; who submitted enters with the
 * reveal. Values are texts, whole numbers and booleans, so that a line has one canonical text.
 */
export type AuditEvent =
  | ({ readonly act: "panel-created"; readonly panelId: string; readonly synthetic: boolean } & SetUpLine)
  | ({ readonly act: "set-up-changed" } & SetUpLine)
  | { readonly act: "member-invited"; readonly role: Role }
  | {
      readonly act: "member-joined";
      readonly memberId: string;
      readonly name: string;
      readonly role: Role;
      readonly scores: boolean;
      readonly group: string | null;
    }
  | { readonly act: "member-left"; readonly memberId: string }
  | {
      readonly act: "round-opened";
      readonly round: number;
      readonly cells: number;
      /** Of the canonical list of the cells. */
      readonly scopeHash: string;
      readonly rubricVersion: number;
      readonly rubricHash: string;
      readonly protocolHash: string;
    }
  | { readonly act: "review-submitted"; readonly round: number }
  | {
      readonly act: "submission-reopened";
      readonly round: number;
      readonly reason: string;
      readonly boardWasOpen: boolean;
    }
  | {
      readonly act: "round-revealed";
      readonly round: number;
      readonly submitted: number;
      readonly expected: number;
      readonly absent: number;
      /** Named panels: member ids and times. Pseudonymous ones: codes. Anonymous ones: nobody. */
      readonly reviews: readonly { readonly who: string; readonly submittedAt?: string }[];
      /**
       * Binds all answers to a cell as files carry them: an HMAC under a key that only those get who may read them, so that
       * nobody finds out an answer by trying them all.
       */
      readonly cells: readonly (CellId & { readonly seal: string })[];
      /** Of the reference reading, which every member may read from now on. */
      readonly readingHash: string | null;
      /** SHA-256 of the canonical list of the round's revealed swing points; absent in lines from before there were any. */
      readonly pointsHash?: string;
    }
  | {
      /** Named and pseudonymous panels: what one review committed itself to, when it was submitted. */
      readonly act: "review-committed";
      readonly round: number;
      readonly who: string;
      readonly submittedAt?: string;
      readonly commitments: readonly (CellId & { readonly commitment: string })[];
    }
  | {
      /** Anonymous panels: all commitments of a round, sorted by value, so that nothing tells which belong together. */
      readonly act: "round-committed";
      readonly round: number;
      readonly commitments: readonly string[];
    }
  | {
      readonly act: "round-closed";
      readonly round: number;
      readonly snapshot: number;
      readonly inputHash: string;
      readonly outputHash: string;
    }
  | {
      readonly act: "deviation";
      readonly step: Step;
      readonly round: number;
      readonly sentence: string;
      readonly reason: string;
    }
  /** That somebody took a file home. Who did is told in no mode: it would show who is at work. */
  | { readonly act: "exported"; readonly format: string };

interface SetUpLine {
  readonly title: string;
  readonly question: string;
  readonly rubricHash: string;
  readonly protocolHash: string;
}

/** An event as it stands in the chain: when (database clock, UTC), by whom (a member id, or the system), what. */
export type AuditLine = AuditEvent & { readonly at: string; readonly by: string };
