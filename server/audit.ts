import { createHash } from "node:crypto";
import { insertBatch, insertEvent, insertEvents, listUnsealed, readChainEnd, readNow } from "#db/audit.ts";
import type { Database, Db } from "#db/open.ts";
import { lockPanel } from "#db/panels.ts";
import { canonical } from "#rubric/canonical.ts";
import type { AuditEvent } from "#rubric/event.ts";
import { sha256 } from "./hash.ts";

/** Records an act in its own transaction. `by` is a member id; `at` is the transaction's time, where it is known already. */
export async function recordEvent(
  db: Db,
  who: { panelId: string; by: string; at?: string },
  event: AuditEvent,
): Promise<void> {
  const at = who.at ?? (await readNow(db));
  await insertEvent(db, who.panelId, canonical({ ...event, by: who.by, at }));
}

/** Records several events of one act at once. */
export async function recordEvents(
  db: Db,
  { panelId, by, at }: { panelId: string; by: string; at: string },
  events: readonly AuditEvent[],
): Promise<void> {
  await insertEvents(
    db,
    panelId,
    events.map((event) => canonical({ ...event, by, at })),
  );
}

/** Seals a panel's new events into its hash chain as one batch. The caller holds the panel's row. */
export async function sealEvents(db: Db, panelId: string): Promise<void> {
  const [events, end] = await Promise.all([listUnsealed(db, panelId), readChainEnd(db, panelId)]);
  if (events.length === 0) return;
  const batch = end.batch + 1;
  const leaves = events.map((event) => leafOf(event.line));
  const links = events.map((event, index) => ({
    panelId,
    seq: end.seq + index + 1,
    eventId: event.id,
    leaf: leaves[index] ?? "",
    batch,
  }));
  await insertBatch(db, { panelId, batch, count: events.length, head: headOf(end.head, leaves) }, links);
}

/** Seals what waits, in a transaction of its own: a file then tells nothing that its chain does not cover. */
export async function sealWaiting(database: Database, panelId: string): Promise<void> {
  await database.write(async (db) => {
    await lockPanel(db, panelId);
    await sealEvents(db, panelId);
  });
}

/** SHA-256 over a zero byte and the exact text of a line. */
export function leafOf(line: string): string {
  return createHash("sha256")
    .update(Buffer.from([0]))
    .update(line, "utf8")
    .digest("hex");
}

/** A batch's head from the one before (empty for the first) and the batch's leaves. */
export function headOf(previous: string, leaves: readonly string[]): string {
  return sha256(`concord-audit-v1\n${previous}\n${leaves.length}\n${leaves.join("\n")}`);
}
