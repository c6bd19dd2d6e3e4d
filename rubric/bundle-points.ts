import type { BundlePoints } from "./bundle.ts";
import type { Points } from "./points.ts";
import type { Protocol } from "./protocol.ts";
import { hasWeight } from "./shares.ts";

/** The points of one submitted review, as stored. */
export interface MemberPoints {
  readonly memberId: string;
  readonly code: string | null;
  readonly points: Points;
}

interface RevealedRound extends Pick<Protocol, "identity" | "minScores"> {
  readonly round: number;
}

/**
 * What every member may see of a revealed round's swing points, in files: by member in a named panel; by code in a
 * pseudonymous one, and only where at least the minimum of scores is the number of reviewers whose points count; nothing
 * in an anonymous one. Rows go out in the order given.
 */
export function revealedPointsOf(rows: readonly MemberPoints[], at: RevealedRound): BundlePoints[] {
  const { round } = at;
  switch (at.identity) {
    case "named":
      return rows.map(({ memberId, points }) => ({ round, memberId, points }));
    // A row without a label would be nobody's.
    case "pseudonymous":
      if (rows.filter(({ points }) => hasWeight(points)).length < at.minScores) return [];
      return rows.flatMap(({ code, points }) => (code === null ? [] : [{ round, code, points }]));
    case "anonymous":
      return [];
  }
}
