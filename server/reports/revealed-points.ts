import type { Db } from "#db/open.ts";
import { listPoints } from "#db/points.ts";
import type { BundlePoints } from "#rubric/bundle.ts";
import { revealedPointsOf } from "#rubric/bundle-points.ts";
import { asksForPoints } from "#rubric/points.ts";
import type { Protocol } from "#rubric/protocol.ts";

interface RevealedRound extends Pick<Protocol, "identity" | "minScores"> {
  readonly panelId: string;
  readonly round: number;
}

/** Exactly what every member may see of a revealed round's swing points, in the order that their hash is made of. */
export async function revealedPoints(db: Db, at: RevealedRound): Promise<BundlePoints[]> {
  return asksForPoints(at) ? revealedPointsOf(await listPoints(db, at), at) : [];
}
