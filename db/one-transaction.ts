import type { Database, Db } from "./open.ts";
import { makeTogether } from "./together.ts";

/**
 * A database of which everything happens in one transaction that is open already: what is written through it is kept or
 * lost with that transaction, and seen by nobody before.
 */
export function asDatabase(db: Db): Database {
  const together = makeTogether(db);
  return {
    pool: db,
    together,
    writeTogether: together,
    write: (work) => work(db),
    read: (work) => work(db),
    listen: () => Promise.reject(new Error("Inside one transaction nothing is announced.")),
    close: async () => {},
  };
}
