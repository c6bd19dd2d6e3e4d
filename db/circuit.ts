const failuresInARow = 5;
const unreachedMs = 1_000;
const openMs = 1_000;

/**
 * Spares a database that cannot be reached, and whoever waits for it: after some failures in a row, and a second in which
 * nothing was reached, nobody tries for a second. One cut ends all sessions at once and says nothing of the kind.
 */
export interface Circuit {
  /** @throws Unreachable while nobody is to try */
  requireClosed(): void;
  /** One piece of work is over: did the database answer at all? */
  note(wasReached: boolean): void;
}

export function makeCircuit(now: () => number = () => performance.now()): Circuit {
  let failures = 0;
  let reachedAt = now();
  let opensAgainAt = 0;
  return {
    requireClosed() {
      if (now() < opensAgainAt) throw new Unreachable("The database could not be reached a moment ago.");
    },
    note(wasReached) {
      failures = wasReached ? 0 : failures + 1;
      if (wasReached) reachedAt = now();
      if (failures < failuresInARow || now() - reachedAt < unreachedMs) return;
      failures = 0;
      opensAgainAt = now() + openMs;
    },
  };
}

/** Not sent at all: as if PostgreSQL had said that it cannot be connected to now. */
export class Unreachable extends Error {
  readonly code = "57P03";
}
