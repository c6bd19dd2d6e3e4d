import { and, asc, eq } from "drizzle-orm";
import type { AuditView } from "#rubric/views.ts";
import type { Db } from "./open.ts";
import { auditBatch, auditEvent, auditLink } from "./schema.ts";

/** Inserts an event in the transaction of the act it tells of; a flush seals it into the chain. */
export async function insertEvent(db: Db, panelId: string, line: string): Promise<void> {
  await db.run`insert into audit_event (panel_id, line) values (${panelId}, ${line})`;
}

/** Several events of one act, in their order. */
export async function insertEvents(db: Db, panelId: string, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await db.insert(auditEvent).values(lines.map((line) => ({ panelId, line })));
}

/** Events not sealed yet, in the order they are to be sealed. */
export async function listUnsealed(db: Db, panelId: string): Promise<{ id: number; line: string }[]> {
  return db.run<{ id: number; line: string }>`
    select id, line from audit_event event
    where panel_id = ${panelId} and not exists (
      select from audit_link link where link.panel_id = event.panel_id and link.event_id = event.id)
    order by id`;
}

/** Whether an event waits to be sealed. */
export async function hasUnsealed(db: Db, panelId: string): Promise<boolean> {
  return (await listUnsealed(db, panelId)).length > 0;
}

/** The newest event that tells of a file in this format. */
export async function findExport(db: Db, panelId: string, format: string): Promise<string | null> {
  // Keys stand sorted in a line, so its act comes first and its format last.
  const pattern = `{"act":"exported",%"format":"${format}"}`;
  const [row] = await db.run<{ line: string }>`
    select line from audit_event where panel_id = ${panelId} and line like ${pattern} order by id desc limit 1`;
  return row?.line ?? null;
}

export interface ChainEnd {
  readonly seq: number;
  readonly batch: number;
  readonly head: string;
}

export async function readChainEnd(db: Db, panelId: string): Promise<ChainEnd> {
  const [row] = await db.run<ChainEnd>`
    select batch, head, (select coalesce(max(seq), 0) from audit_link where panel_id = ${panelId}) as seq
    from audit_batch where panel_id = ${panelId} order by batch desc limit 1`;
  return row ?? { seq: 0, batch: 0, head: "" };
}

export async function insertBatch(
  db: Db,
  batch: typeof auditBatch.$inferInsert,
  links: readonly (typeof auditLink.$inferInsert)[],
): Promise<void> {
  await Promise.all([db.insert(auditBatch).values(batch), db.insert(auditLink).values([...links])]);
}

/** The database's clock, so that times in the chain do not depend on which node writes them. */
export async function readNow(db: Db): Promise<string> {
  const [row] = await db.run<{ now: string }>`select now()::timestamptz(3) as now`;
  return row?.now ?? "";
}

/** The sealed chain of a panel. */
export async function readChain(db: Db, panelId: string): Promise<AuditView> {
  const entries = await db
    .select({ seq: auditLink.seq, line: auditEvent.line, leaf: auditLink.leaf, batch: auditLink.batch })
    .from(auditLink)
    .innerJoin(auditEvent, and(eq(auditEvent.panelId, auditLink.panelId), eq(auditEvent.id, auditLink.eventId)))
    .where(eq(auditLink.panelId, panelId))
    .orderBy(asc(auditLink.seq));
  const batches = await db
    .select({ batch: auditBatch.batch, count: auditBatch.count, head: auditBatch.head })
    .from(auditBatch)
    .where(eq(auditBatch.panelId, panelId))
    .orderBy(asc(auditBatch.batch));
  return { entries, batches };
}
