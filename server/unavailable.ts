import { isDiskFull, isUnavailable } from "#db/unavailable.ts";
import { Refusal } from "./refusal.ts";

/** What a database that cannot do it now says to a person, as a refusal; every other error stays what it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  if (isDiskFull(error))
    return new Refusal(
      503,
      "The server's disk is full, so nothing is written at the moment and this was not acknowledged. What is there can be read. Tell whoever runs this server.",
      { retryAfterSeconds: 30 },
    );
  if (isUnavailable(error))
    return new Refusal(
      503,
      "The database does not answer at the moment, and what was just sent may not be saved. Try again in a few seconds.",
      { retryAfterSeconds: 2 },
    );
  return error;
}
