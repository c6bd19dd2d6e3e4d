import { inject } from "vitest";
import { cloneDatabase } from "./test-cluster.ts";

export interface FreshDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of the test's own. */
export function freshDatabase(): Promise<FreshDatabase> {
  return cloneDatabase({ url: inject("postgresUrl") }, inject("templateName"));
}

/** A database without even Concord's tables. */
export function bareDatabase(): Promise<FreshDatabase> {
  return cloneDatabase({ url: inject("postgresUrl") }, "template0");
}

/** The same, on a server whose texts sort as people read them and not by their bytes. */
export function wordyDatabase(): Promise<FreshDatabase> {
  return cloneDatabase({ url: inject("postgresUrl"), collation: "en" }, "template0");
}
