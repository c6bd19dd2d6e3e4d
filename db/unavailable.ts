const lostConnection = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/**
 * PostgreSQL's words for "not now": connection lost (08), resources exhausted, a full disk among them (53), an operator
 * stepped in (57), input or output failed (58030), a wait for a lock or an idle transaction grew too long (55P03, 25P03),
 * and the deadlocks and lost races that a repeat resolves (40).
 */
const notNow = /^(08...|40001|40P01|53...|57...|58030|55P03|25P03)$/;

/** Whether work failed because the database cannot do it now: the same request may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return lostConnection.has(code) || notNow.test(code) || isUnavailable(error.cause);
}

const noRoom = "53100";

/** Said by us before PostgreSQL has to say it: it would stop altogether once it cannot write its own log. */
export class DiskFull extends Error {
  readonly code = noRoom;

  constructor() {
    super("The disk is full.");
  }
}

/** Whether work failed because there is no room for what it writes; reading goes on. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === noRoom) || isDiskFull(error.cause);
}

/** Whether the session itself is over, and not only the statement. */
export function isConnectionLost(error: Error): boolean {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    lostConnection.has(code) || ("severity" in error && (error.severity === "FATAL" || error.severity === "PANIC"))
  );
}
