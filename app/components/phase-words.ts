import type { Protocol } from "#rubric/protocol.ts";
import type { Phase } from "#rubric/round.ts";
import type { Progress } from "#rubric/views.ts";

export function phaseWord(phase: Phase): string {
  switch (phase) {
    case "draft":
      return "Set-up";
    case "scoring":
      return "Scoring";
    case "discussion":
      return "Discussion";
    case "closed":
      return "Closed";
  }
}

/** @example roundWords({ round: 1, phase: "scoring", protocol: { maxRounds: 2 } }) // "Round 1 of 2 · Scoring" */
export function roundWords(at: { round: number | null; phase: Phase; protocol: Pick<Protocol, "maxRounds"> }): string {
  if (at.round === null) return "Set-up · round 1 has not opened";
  return `Round ${at.round} of ${at.protocol.maxRounds} · ${phaseWord(at.phase)}`;
}

export function progressWords({ submitted, expected }: Progress): string {
  return `${submitted} of ${expected} submitted`;
}

/** How people appear, in the words the screens use. */
export function identityWords(identity: Protocol["identity"]): string {
  switch (identity) {
    case "named":
      return "On the record, by name";
    case "pseudonymous":
      return "By code; the facilitator knows who is who";
    case "anonymous":
      return "Without names; nobody but the operator of the server could find out";
  }
}
