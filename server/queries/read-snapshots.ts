import { findSnapshot, listSnapshots, type SnapshotRow } from "#db/snapshots.ts";
import type { Member } from "#rubric/member.ts";
import { showSnapshot, showSnapshots } from "#rubric/view.ts";
import type { Shown, SnapshotEntry, SnapshotView } from "#rubric/views.ts";
import type { Application } from "../application.ts";
import { notFound } from "../refusal.ts";

/** The immutable consensus of each closed round; closed rounds were revealed to every member. */
export async function readSnapshots(app: Application, member: Member): Promise<Shown<{ snapshots: SnapshotEntry[] }>> {
  const rows = await listSnapshots(app.database.pool, member.panelId);
  return showSnapshots(rows.map(entryOf));
}

export async function readSnapshot(
  app: Application,
  member: Member,
  at: { version: number },
): Promise<Shown<SnapshotView>> {
  const isVersion = Number.isInteger(at.version) && at.version >= 1 && at.version <= 1_000_000;
  const row = isVersion ? await findSnapshot(app.database.pool, member.panelId, at.version) : null;
  if (!row) throw notFound();
  return showSnapshot(snapshotOf(row));
}

export function snapshotOf(row: SnapshotRow): SnapshotView {
  return { ...entryOf(row), input: JSON.parse(row.input), output: JSON.parse(row.output) };
}

function entryOf(row: SnapshotRow): SnapshotEntry {
  const { version, round, inputHash, outputHash, createdAt } = row;
  return { version, round, method: { id: row.methodId, version: row.methodVersion }, inputHash, outputHash, createdAt };
}
