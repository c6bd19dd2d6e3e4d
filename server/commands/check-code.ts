import { spendRecoveryCode, spendStep } from "#db/second-factors.ts";
import type { Application } from "../application.ts";
import { recoveryCodeHash } from "../auth/recovery-codes.ts";
import { stepsOf } from "../auth/totp.ts";

/** Whether a code is one of the app's, for now, or a recovery code; either way it is used up. */
export async function isCodeRight(
  app: Application,
  { userId, secret }: { userId: string; secret: Uint8Array },
  code: string,
): Promise<boolean> {
  const { pool } = app.database;
  const digits = code.replaceAll(/\s/g, "");
  for (const step of stepsOf(secret, digits, app.clock())) if (await spendStep(pool, userId, step)) return true;
  return spendRecoveryCode(pool, userId, recoveryCodeHash(code));
}
