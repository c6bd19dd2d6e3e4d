import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { AuditView } from "#rubric/views.ts";
import type { Db } from "./open.ts";
import { auditBatch, auditEvent, auditLink } from "./schema.ts";

/** Inserts an event in the transaction of the act it tells of; a flush seals it into the chain. */
export async function insertEvent(db: Db, panelId: string, line: string): Promise<void> {
  await db.insert(auditEvent).values({ panelId, line });
}

/** Events not sealed yet, in the order they are to be sealed. */
export async function listUnsealed(db: Db, panelId: string): Promise<{ id: number; line: string }[]> {
  return db
    .select({ id: auditEvent.id, line: auditEvent.line })
    .from(auditEvent)
    .leftJoin(auditLink, and(eq(auditLink.panelId, auditEvent.panelId), eq(auditLink.eventId, auditEvent.id)))
    .where(and(eq(auditEvent.panelId, panelId), isNull(auditLink.seq)))
    .orderBy(asc(auditEvent.id));
}

export interface ChainEnd {
  readonly seq: number;
  readonly batch: number;
  readonly head: string;
}

export async function readChainEnd(db: Db, panelId: string): Promise<ChainEnd> {
  const [row] = await db
    .select({
      batch: auditBatch.batch,
      head: auditBatch.head,
      seq: sql<number>`(select coalesce(max(seq), 0) from audit_link where audit_link.panel_id = ${panelId})`,
    })
    .from(auditBatch)
    .where(eq(auditBatch.panelId, panelId))
    .orderBy(desc(auditBatch.batch))
    .limit(1);
  return row ?? { seq: 0, batch: 0, head: "" };
}

export async function insertBatch(
  db: Db,
  batch: typeof auditBatch.$inferInsert,
  links: readonly (typeof auditLink.$inferInsert)[],
): Promise<void> {
  await db.insert(auditBatch).values(batch);
  await db.insert(auditLink).values([...links]);
}

/** The database's clock, so that times in the chain do not depend on which node writes them. */
export async function readNow(db: Db): Promise<string> {
  const [row] = await db.execute<{ now: string }>(sql`select now()::timestamptz(3) as now`);
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
