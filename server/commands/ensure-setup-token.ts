import { readInstallation, storeSetupToken } from "#db/users.ts";
import type { Application } from "../application.ts";
import { randomToken, sha256 } from "../hash.ts";

/**
 * The set-up token of an installation without administrator: the one from the settings, else a new one at the first
 * start. It is known in clear only now; `null` when there is an administrator or it was told before.
 */
export async function ensureSetupToken(app: Application): Promise<string | null> {
  const { hasAdministrator, setupTokenHash } = await readInstallation(app.database.pool);
  if (hasAdministrator) return null;
  const given = app.config.setupToken;
  if (given !== null && sha256(given) === setupTokenHash) return null;
  if (given === null && setupTokenHash !== null) return null;
  const token = given ?? randomToken();
  await storeSetupToken(app.database.pool, sha256(token));
  return token;
}
