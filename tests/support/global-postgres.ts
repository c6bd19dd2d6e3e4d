import type { TestProject } from "vitest/node";
import { startCluster } from "./test-cluster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which the tests may create databases. */
    postgresUrl: string;
    /** The migrated, empty database that each test's own is cloned from. */
    templateName: string;
  }
}

/** One server for the whole test run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  project.provide("postgresUrl", cluster.url);
  project.provide("templateName", cluster.templateName);
  return cluster.stop;
}
