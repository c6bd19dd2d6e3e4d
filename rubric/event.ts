import type { Role } from "./member.ts";
import type { Step } from "./round.ts";

/**
 * What the audit chain tells. It holds only what every member may see at that moment; who submitted enters with the
 * reveal. Values are texts, whole numbers and booleans, so that a line has one canonical text.
 */
export type AuditEvent =
  | { readonly act: "panel-created"; readonly title: string; readonly question: string; readonly synthetic: boolean }
  | { readonly act: "set-up-changed"; readonly title: string; readonly question: string }
  | { readonly act: "member-invited"; readonly role: Role }
  | {
      readonly act: "member-joined";
      readonly memberId: string;
      readonly name: string;
      readonly role: Role;
      readonly scores: boolean;
    }
  | { readonly act: "member-left"; readonly memberId: string }
  | {
      readonly act: "round-opened";
      readonly round: number;
      readonly cells: number;
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
    }
  | {
      readonly act: "round-closed";
      readonly round: number;
      readonly snapshot: number;
      readonly inputHash: string;
      readonly outputHash: string;
    }
  /** The panel was put back as it was at `backedUpAt`, when its chain ended with line `seq` and this head. */
  | { readonly act: "restored"; readonly backedUpAt: string; readonly seq: number; readonly head: string }
  | {
      readonly act: "deviation";
      readonly step: Step;
      readonly round: number;
      readonly sentence: string;
      readonly reason: string;
    };

/** An event as it stands in the chain: when (database clock, UTC), by whom (a member id, or the system), what. */
export type AuditLine = AuditEvent & { readonly at: string; readonly by: string };
