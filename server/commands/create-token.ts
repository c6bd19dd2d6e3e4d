import { z } from "zod";
import { notifyAccess } from "#db/notify.ts";
import { deleteToken, insertToken } from "#db/sessions.ts";
import type { User } from "#rubric/member.ts";
import { name } from "#rubric/text.ts";
import type { Application } from "../application.ts";
import { newPersonalToken } from "../auth/accounts.ts";
import { sha256 } from "../hash.ts";
import { isId } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound } from "../refusal.ts";
import { write } from "./write.ts";

export const tokenInput = z.strictObject({ name: name(120) });
const lifetimeMs = 90 * 24 * 60 * 60 * 1000;

/** A personal token for scripts, good for 90 days. It is shown this once; only its hash is kept. */
export async function createToken(
  app: Application,
  user: User,
  input: unknown,
): Promise<{ tokenId: string; token: string; expiresAt: string }> {
  const { name: tokenName } = parse(tokenInput, input);
  const token = newPersonalToken();
  const expiresAt = new Date(app.clock().getTime() + lifetimeMs).toISOString();
  const row = { tokenId: app.newId(), userId: user.userId, name: tokenName, tokenHash: sha256(token), expiresAt };
  return write(app, user.userId, async (db) => {
    await insertToken(db, row);
    return { tokenId: row.tokenId, token, expiresAt };
  });
}

export async function revokeToken(app: Application, user: User, input: { tokenId: string }): Promise<void> {
  const isGone = isId(input.tokenId) && (await deleteToken(app.database.pool, user.userId, input.tokenId));
  if (!isGone) throw notFound();
  await notifyAccess(app.database.pool, { userId: user.userId });
}
