import type { Db } from "#db/open.ts";
import { markClosed } from "#db/rounds.ts";
import { refreshRound } from "../aggregation/refresh.ts";
import { takeSnapshot } from "../aggregation/snapshot.ts";
import { recordEvent } from "../audit.ts";
import type { Move } from "./move-round.ts";

/** Closes a round: final figures and the immutable snapshot of them. */
export async function closeRound(db: Db, { panel, by }: Move, round: number): Promise<void> {
  const { panelId } = panel;
  await refreshRound(db, panel, round);
  await markClosed(db, panelId, round);
  const { version: snapshot, inputHash, outputHash } = await takeSnapshot(db, panel, round);
  await recordEvent(db, { panelId, by }, { act: "round-closed", round, snapshot, inputHash, outputHash });
}
