import type { Db } from "../open.ts";

/**
 * For the rest of this transaction: it may take as long as it takes, and values are written in the one form that every
 * PostgreSQL reads alike. A wait for somebody else's lock stays bounded.
 */
export async function withoutLimits(db: Db): Promise<void> {
  await db.run`
    select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true),
      set_config('lock_timeout', '10s', true), set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true),
      set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true),
      set_config('intervalstyle', 'postgres', true)`;
}
