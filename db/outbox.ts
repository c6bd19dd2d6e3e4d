import { desc, eq, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { outboxMail } from "./schema.ts";

export interface OutboxMail {
  readonly mailId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly createdAt: string;
  /** `null` until a mail server has taken it. */
  readonly sentAt: string | null;
}

export type NewMail = Pick<OutboxMail, "mailId" | "recipient" | "subject" | "body">;

export async function insertMail(db: Db, mail: NewMail): Promise<void> {
  await db.insert(outboxMail).values(mail);
}

/** The newest mails first. */
export async function listMail(db: Db, most: number): Promise<OutboxMail[]> {
  return db.select().from(outboxMail).orderBy(desc(outboxMail.createdAt), desc(outboxMail.mailId)).limit(most);
}

export async function markSent(db: Db, mailId: string): Promise<void> {
  await db.update(outboxMail).set({ sentAt: sql`now()` }).where(eq(outboxMail.mailId, mailId));
}
