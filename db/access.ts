import { sql } from "drizzle-orm";
import type { Db } from "./open.ts";

/** The session or personal token that somebody came with, as the database knows it. */
interface HeldCredential {
  readonly userId: string;
  readonly credentialHash: string;
}

interface HeldMembership {
  readonly userId: string;
  readonly panelId: string;
}

export interface HeldAccess {
  readonly credentials: readonly HeldCredential[];
  readonly memberships: readonly HeldMembership[];
}

/**
 * What of this access has ended, in one statement however much is held: credentials that expired, were revoked or belong
 * to a disabled account or to one that has come to owe a second step, and memberships that ended.
 *
 * @param time now; sessions opened before `bornAfter` have reached the end of their longest life
 */
export async function findEndedAccess(
  db: Db,
  held: HeldAccess,
  time: { at: string; bornAfter: string },
): Promise<HeldAccess> {
  const rows = await db
    .select({
      userId: sql<string>`ended.user_id`,
      credentialHash: sql<string | null>`ended.credential_hash`,
      panelId: sql<string | null>`ended.panel_id`,
    })
    .from(sql`(${endedCredentials(held.credentials, time)} union all ${endedMemberships(held.memberships)}) as ended`);
  return {
    credentials: rows.flatMap(({ userId, credentialHash }) =>
      credentialHash === null ? [] : [{ userId, credentialHash }],
    ),
    memberships: rows.flatMap(({ userId, panelId }) => (panelId === null ? [] : [{ userId, panelId }])),
  };
}

function endedCredentials(
  credentials: readonly HeldCredential[],
  { at, bornAfter }: { at: string; bornAfter: string },
) {
  return sql`
    select held."userId" as user_id, held."credentialHash" as credential_hash, null::uuid as panel_id
    from jsonb_to_recordset(${JSON.stringify(credentials)}::jsonb) as held("userId" uuid, "credentialHash" text)
    where not exists (
      select from app_user
      where app_user.user_id = held."userId" and disabled_at is null
        and not exists (select from owes_second_step where owes_second_step.user_id = held."userId") and (
        exists (
          select from session
          where session_hash = held."credentialHash" and session.user_id = held."userId"
            and expires_at > ${at}::timestamptz and created_at > ${bornAfter}::timestamptz
        ) or exists (
          select from personal_token
          where token_hash = held."credentialHash" and personal_token.user_id = held."userId"
            and expires_at > ${at}::timestamptz
        )
      )
    )`;
}

function endedMemberships(memberships: readonly HeldMembership[]) {
  return sql`
    select held."userId", null::text, held."panelId"
    from jsonb_to_recordset(${JSON.stringify(memberships)}::jsonb) as held("userId" uuid, "panelId" uuid)
    where not exists (
      select from member
      where member.panel_id = held."panelId" and member.user_id = held."userId" and left_at is null
    )`;
}
