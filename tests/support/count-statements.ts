import type { Db } from "#db/open.ts";
import type { Application } from "#server/application.ts";

const asking = new Set(["run", "select", "selectDistinctOn", "execute"]);

/** The same application, which counts the statements that its reads start. */
export function countingStatements(app: Application): { app: Application; count(): number } {
  let counted = 0;
  const counting = (db: Db): Db =>
    new Proxy(db, {
      get(target, name, receiver) {
        if (typeof name === "string" && asking.has(name)) counted += 1;
        return Reflect.get(target, name, receiver);
      },
    });
  const { database } = app;
  const read: Application["database"]["read"] = (work) => database.read((db) => work(counting(db)));
  return { app: { ...app, database: { ...database, read } }, count: () => counted };
}
